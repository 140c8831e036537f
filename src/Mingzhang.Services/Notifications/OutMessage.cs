using Mingzhang.Domain.Values;

namespace Mingzhang.Services.Notifications;

/// <summary>Where a message stands.</summary>
public enum MessageState
{
    /// <summary>Waits for its time: the first try, a morning, or another try.</summary>
    Waiting,

    /// <summary>The channel took it.</summary>
    Sent,

    /// <summary>Tried often enough; staff may send it again.</summary>
    Dead,

    /// <summary>Never to be sent: too late, turned off, or no address.</summary>
    Dropped,
}

/// <summary>A notice on its way over one channel. It holds neither text nor address: both are found when it is sent.</summary>
public sealed record OutMessage
{
    /// <summary>The notice's id and the channel; the channel's name of it too.</summary>
    public required string Id { get; init; }

    /// <summary>To whom.</summary>
    public required CustomerId Customer { get; init; }

    /// <summary>Of which notice.</summary>
    public required string NoticeId { get; init; }

    /// <summary>Its kind.</summary>
    public required string Kind { get; init; }

    /// <summary>email or sms.</summary>
    public required string Channel { get; init; }

    /// <summary>Where it stands.</summary>
    public MessageState State { get; init; }

    /// <summary>Tries so far.</summary>
    public int Attempts { get; init; }

    /// <summary>When to go on, microseconds since 1970 UTC; 0 = nothing to do.</summary>
    public long NextAt { get; init; }

    /// <summary>When it was made.</summary>
    public long MadeAt { get; init; }

    /// <summary>When the channel took it, 0 = not yet.</summary>
    public long SentAt { get; init; }

    /// <summary>What the channel or the governor said last; no personal data.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Changes so far.</summary>
    public long Version { get; init; }
}

/// <summary>Whom a message reaches, from the people store; never kept with the message.</summary>
public sealed record Recipient(string Name, string MaskedName, string Phone, string Email);

/// <summary>Finds addresses.</summary>
public interface IAddressBook
{
    /// <summary>The person's addresses; null when nobody is known.</summary>
    Recipient? Find(CustomerId customer);

    /// <summary>Writes the person's e-mail address; empty takes it away. False when nobody is known.</summary>
    Task<bool> ChangeEmailAsync(CustomerId customer, string email);
}

/// <summary>A message in words with its address, for a channel.</summary>
/// <param name="Id">Stable: the channel may get it twice and deliver it once.</param>
/// <param name="To">Address or number.</param>
/// <param name="Title">Subject.</param>
/// <param name="Body">Text.</param>
public sealed record Letter(string Id, string To, string Title, string Body);

/// <summary>What a channel answered.</summary>
/// <param name="Taken">It has the message.</param>
/// <param name="Reason">Why not; no address in it.</param>
/// <param name="Final">Another try cannot help.</param>
public sealed record ChannelAnswer(bool Taken, string Reason, bool Final)
{
    /// <summary>It has it.</summary>
    public static ChannelAnswer Done { get; } = new(true, "", false);
}

/// <summary>A way to a person.</summary>
public interface IMessageChannel
{
    /// <summary>email or sms.</summary>
    string Name { get; }

    /// <summary>Whether there is such a way here.</summary>
    bool IsSetUp { get; }

    /// <summary>Sends; an answer that is missing is a try that may have arrived, and is sent again under the same id.</summary>
    Task<ChannelAnswer> SendAsync(Letter letter, CancellationToken cancel);
}

/// <summary>A sandbox's channel: nothing leaves the house, what would have is seen on the console's page of messages.</summary>
public sealed class ShownChannel(string name) : IMessageChannel
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public bool IsSetUp => true;

    /// <inheritdoc/>
    public Task<ChannelAnswer> SendAsync(Letter letter, CancellationToken cancel) => Task.FromResult(ChannelAnswer.Done);
}
