using Mingzhang.Domain.Values;
using Mingzhang.Services.Notifications;
using Mingzhang.Services.People;
using Channels = System.Threading.Channels;

namespace Mingzhang.Web.Identity.Once;

/// <summary>A letter with a code, on its way.</summary>
/// <param name="Customer">Whose address; null = the phone number itself.</param>
/// <param name="Phone">The number that was typed.</param>
/// <param name="Title">Subject of an e-mail.</param>
/// <param name="Text">What it says.</param>
public sealed record CodeLetter(CustomerId? Customer, string Phone, string Title, string Text);

/// <summary>
/// Sends codes by SMS, or by e-mail where there is no SMS, after the page has answered: so the answer takes as long for a number nobody
/// has. A code is nowhere but here in memory; what a stopping process had not sent is asked for again.
/// </summary>
public sealed class CodePost(
    IEnumerable<IMessageChannel> channels, ContactGovernor governor, PersonShelf people, TimeProvider time, ILogger<CodePost> log)
    : BackgroundService
{
    private const int Most = 1000;
    private const int Tries = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    private readonly Channels.Channel<CodeLetter> _queue = Channels.Channel.CreateBounded<CodeLetter>(
        new Channels.BoundedChannelOptions(Most) { FullMode = Channels.BoundedChannelFullMode.DropWrite });

    /// <summary>Whether this house can send a code to a phone or mailbox.</summary>
    public bool IsSetUp => channels.Any(channel => channel.IsSetUp);

    /// <summary>Whether it can send one to a phone; needed where no mailbox is known.</summary>
    public bool ReachesPhones => channels.Any(channel => channel is { IsSetUp: true, Name: "sms" });

    /// <summary>Puts a letter in the queue. A full queue drops it; the person asks again.</summary>
    public void Send(CodeLetter letter) => _ = _queue.Writer.TryWrite(letter);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var letter in _queue.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await SendAsync(letter, stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                CodeLog.NotSent(log, failure.GetType().Name);
            }
        }
    }

    private async Task SendAsync(CodeLetter letter, CancellationToken cancel)
    {
        var person = letter.Customer is { } customer ? people.Find(customer) : null;
        var (phone, email) = (person?.Phone ?? letter.Phone, person?.Email ?? "");
        if (channels.FirstOrDefault(one => one.IsSetUp && (one.Name == "sms" ? phone : email).Length > 0) is not { } channel)
        {
            CodeLog.NotSent(log, "no channel");
            return;
        }

        var id = "once-" + Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(12));
        if (letter.Customer is { } whose)
        {
            _ = await governor.AskAsync(new ContactAsk(whose, NoticeClass.Security, channel.Name, id, "house"));
        }

        var answer = new ChannelAnswer(false, "", false);
        for (var attempt = 0; attempt < Tries && answer is { Taken: false, Final: false }; attempt++)
        {
            if (attempt > 0)
            {
                await Task.Delay(Pause, time, cancel);
            }

            answer = await channel.SendAsync(new Letter(id, channel.Name == "sms" ? phone : email, letter.Title, letter.Text), cancel);
        }

        if (!answer.Taken)
        {
            CodeLog.NotSent(log, answer.Reason);
        }
    }
}

/// <summary>What the post of codes says.</summary>
internal static partial class CodeLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "A code could not be sent: {Reason}. Whoever waits for it asks again.")]
    public static partial void NotSent(ILogger log, string reason);
}
