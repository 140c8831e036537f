namespace Mingzhang.Payments;

/// <summary>The machine's clock, some time ahead.</summary>
internal sealed class Later(TimeSpan by) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
}
