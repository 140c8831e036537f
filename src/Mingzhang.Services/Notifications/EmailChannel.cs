using System.Net;
using System.Net.Mail;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Mingzhang.Services.Notifications;

/// <summary>A mail server.</summary>
/// <param name="Host">Its name.</param>
/// <param name="Port">Its port.</param>
/// <param name="Secure">Whether the line is encrypted (STARTTLS) before anything is said; without it nothing is sent.</param>
/// <param name="User">Log-in; empty = none.</param>
/// <param name="Password">Its secret.</param>
/// <param name="From">The sender's address.</param>
public sealed record MailServer(string Host, int Port, bool Secure, string User, string Password, string From)
{
    /// <inheritdoc/>
    public override string ToString() => $"mail server {Host}";
}

/// <summary>E-mail over SMTP. The message's id stands in its Message-ID, so that a copy is known as one.</summary>
public sealed class EmailChannel(MailServer? server, TimeSpan patience) : IMessageChannel
{
    /// <inheritdoc/>
    public string Name => "email";

    /// <inheritdoc/>
    public bool IsSetUp => server is not null;

    /// <inheritdoc/>
    public async Task<ChannelAnswer> SendAsync(Letter letter, CancellationToken cancel)
    {
        if (server is null)
        {
            return new ChannelAnswer(false, "no mail server", Final: true);
        }

        if (!MailAddress.TryCreate(letter.To, out var to))
        {
            return new ChannelAnswer(false, "the address is none", Final: true);
        }

        using var client = new SmtpClient(server.Host, server.Port) { EnableSsl = server.Secure };
        if (server.User.Length > 0)
        {
            client.Credentials = new NetworkCredential(server.User, server.Password);
        }

        using var mail = new MailMessage(new MailAddress(server.From), to)
        {
            Subject = OneLine(letter.Title), SubjectEncoding = Encoding.UTF8, Body = letter.Body, BodyEncoding = Encoding.UTF8,
            IsBodyHtml = false,
        };
        mail.Headers.Add("Message-ID", $"<{Hash(letter.Id)}@{mail.From!.Host}>");
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        soon.CancelAfter(patience);
        try
        {
            await client.SendMailAsync(mail, soon.Token);
            return ChannelAnswer.Done;
        }
        catch (SmtpFailedRecipientException refused)
        {
            return new ChannelAnswer(false, $"refused {(int)refused.StatusCode}", Final: (int)refused.StatusCode >= 500);
        }
        catch (Exception cause) when (cause is SmtpException or IOException or SocketException
            || (cause is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return new ChannelAnswer(
                false, cause is SmtpException smtp ? $"mail server {(int)smtp.StatusCode}" : "mail server not reached", Final: false);
        }
    }

    private static string Hash(string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))[..32];

    private static string OneLine(string text) => string.Concat(text.Where(letter => !char.IsControl(letter)));
}
