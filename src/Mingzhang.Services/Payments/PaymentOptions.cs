namespace Mingzhang.Services.Payments;

/// <summary>How patiently transfers are followed.</summary>
public sealed record PaymentOptions
{
    /// <summary>After an answer is missing: the first question. Each further one waits twice as long. Default 2 seconds.</summary>
    public TimeSpan FirstQuestion { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest wait between questions. Default a minute.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Questions until an order the bank does not know is made void, so that it can never be done. Default 3.</summary>
    public int QuestionsBeforeVoid { get; init; } = 3;

    /// <summary>How long whoever began a transfer may work on it before another takes it up. Default 30 seconds.</summary>
    public TimeSpan Hold { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Where the bank sends notices; null = it is only asked.</summary>
    public string? NoticeTo { get; init; }
}
