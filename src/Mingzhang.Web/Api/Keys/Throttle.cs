using System.Threading.RateLimiting;
using Mingzhang.Web.Hosting;

namespace Mingzhang.Web.Api;

/// <summary>A token bucket per key: <c>MZ_RATE</c> requests at once, refilled every second (default 200, 1 to 100,000).</summary>
internal sealed class Throttle(WebSettings settings) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(key =>
    {
        var rate = settings.Rate;
        return RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = rate, TokensPerPeriod = rate, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0,
        });
    });

    /// <summary>Null, or the answer to a key that asks too often.</summary>
    public ApiAnswer? Check(Caller caller)
    {
        using var lease = _limiter.AttemptAcquire(caller.KeyId);
        if (lease.IsAcquired)
        {
            return null;
        }

        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        return Problems.Answer(HttpProblem.TooMany) with { RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) };
    }

    /// <inheritdoc/>
    public void Dispose() => _limiter.Dispose();
}
