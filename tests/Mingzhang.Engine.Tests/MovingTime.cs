namespace Mingzhang.Engine.Tests;

/// <summary>Machine time that a test moves.</summary>
internal sealed class MovingTime : TimeProvider
{
    public static DateTimeOffset Start { get; } = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    public DateTimeOffset Now { get; set; } = Start;

    public override DateTimeOffset GetUtcNow() => Now;
}
