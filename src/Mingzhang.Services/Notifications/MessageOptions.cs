namespace Mingzhang.Services.Notifications;

/// <summary>How patiently messages are sent.</summary>
public sealed record MessageOptions
{
    /// <summary>After a try that failed: the next one. Each further one waits twice as long. Default a minute.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest wait between tries. Default six hours.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromHours(6);

    /// <summary>Tries until a message is dead and waits for staff. Default 8, about two hours.</summary>
    public int MostAttempts { get; init; } = 8;
}
