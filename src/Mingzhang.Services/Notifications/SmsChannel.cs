using System.Net.Sockets;
using System.Text.Json;
using Mingzhang.Channel;

namespace Mingzhang.Services.Notifications;

/// <summary>A gateway for SMS.</summary>
/// <param name="Address">Where messages are posted.</param>
/// <param name="Secret">Shared with it.</param>
public sealed record SmsGateway(Uri Address, string Secret)
{
    /// <inheritdoc/>
    public override string ToString() => $"gateway {Address.Host}";
}

/// <summary>
/// SMS over HTTP: <c>POST {"id","phone","text"}</c>, signed as messages to the bank are (<see cref="ChannelSignature"/>). The gateway
/// answers 2xx when it has the message, also for an id it had before; 4xx when it never will (408 and 429 apart); anything else is tried
/// again.
/// </summary>
public sealed class SmsChannel(SmsGateway? gateway, TimeSpan patience, TimeProvider time) : IMessageChannel, IDisposable
{
    private const int Timeout = 408;
    private const int TooMany = 429;

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false })
    {
        Timeout = patience,
    };

    /// <inheritdoc/>
    public string Name => "sms";

    /// <inheritdoc/>
    public bool IsSetUp => gateway is not null;

    /// <inheritdoc/>
    public async Task<ChannelAnswer> SendAsync(Letter letter, CancellationToken cancel)
    {
        if (gateway is null)
        {
            return new ChannelAnswer(false, "no gateway", Final: true);
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(new { id = letter.Id, phone = letter.To, text = letter.Body });
        using var request = new HttpRequestMessage(HttpMethod.Post, gateway.Address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add(ChannelSignature.Header, ChannelSignature.Of(
            gateway.Secret, time.GetUtcNow(), "POST", gateway.Address.AbsolutePath, body));
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            var status = (int)response.StatusCode;
            return response.IsSuccessStatusCode ? ChannelAnswer.Done
                : new ChannelAnswer(false, $"gateway {status}", Final: status is >= 400 and < 500 and not (Timeout or TooMany));
        }
        catch (Exception cause) when (cause is HttpRequestException or IOException or SocketException
            || (cause is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return new ChannelAnswer(false, "gateway not reached", Final: false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();
}
