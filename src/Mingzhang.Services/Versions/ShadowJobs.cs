using System.Security.Cryptography;
using System.Text;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Versions;
using Mingzhang.Engine;

namespace Mingzhang.Services.Versions;

/// <summary>A shadow run beside the requests: how far it is, and what it found.</summary>
public sealed class ShadowJob
{
    private long _looked;

    internal ShadowJob(string id, ProductTerms proposed, DateOnly on) => (Id, Proposed, On) = (id, proposed, on);

    /// <summary>Its name: from the version's text and the business day, so that the same question is asked once.</summary>
    public string Id { get; }

    /// <summary>The version that is tried.</summary>
    public ProductTerms Proposed { get; }

    /// <summary>The business day it began on.</summary>
    public DateOnly On { get; }

    /// <summary>Live accounts of the product; 0 while they are counted.</summary>
    public long Accounts { get; internal set; }

    /// <summary>Accounts looked at so far.</summary>
    public long Looked => Interlocked.Read(ref _looked);

    /// <summary>What it found; null while it runs, or when it broke off.</summary>
    public ShadowTotals? Totals { get; internal set; }

    /// <summary>Why it broke off; null = it did not.</summary>
    public string? Broken { get; internal set; }

    internal Task Ended { get; set; } = Task.CompletedTask;

    internal void One() => Interlocked.Increment(ref _looked);
}

/// <summary>Runs shadow runs one after the other, outside of requests. The latest results are kept until the host ends: they are worked out
/// from the books as they stood, and can be worked out again.</summary>
public sealed class ShadowJobs(CreditHouse house, TimeProvider time) : IDisposable
{
    private const int Kept = 20;
    private const int Listed = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, ShadowJob> _jobs = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly CancellationTokenSource _end = new();

    /// <summary>A run by its name, or null.</summary>
    public ShadowJob? Find(string id)
    {
        lock (_lock)
        {
            return _jobs.GetValueOrDefault(id);
        }
    }

    /// <summary>The run of a version: begun unless the same was asked for today. Answers after two seconds at most, done or not.</summary>
    /// <param name="json">The version's text.</param>
    /// <param name="proposed">What it says.</param>
    public async Task<ShadowJob> StartAsync(string json, ProductTerms proposed)
    {
        var on = house.BusinessDate;
        var text = Encoding.UTF8.GetBytes(FormattableString.Invariant($"{on:yyyyMMdd} {json}"));
        var id = Convert.ToHexStringLower(SHA256.HashData(text))[..20];
        ShadowJob? job;
        lock (_lock)
        {
            if (!_jobs.TryGetValue(id, out job) || job.Broken is not null)
            {
                job = new ShadowJob(id, proposed, on);
                _jobs[id] = job;
                var begun = job;
                job.Ended = Task.Run(() => RunAsync(begun));
                Forget();
            }
        }

        await Task.WhenAny(job.Ended, Task.Delay(Patience, time));
        return job;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
        _one.Dispose();
    }

    private async Task RunAsync(ShadowJob job)
    {
        try
        {
            await _one.WaitAsync(_end.Token);
            try
            {
                var run = new ShadowRun(house);
                job.Accounts = await run.CountAsync(job.Proposed.Code);
                var totals = new ShadowTotals(job.Proposed.Currency, Listed);
                await foreach (var line in run.OverAsync(job.Proposed, new ShadowQuestion(3, ShadowPayer.Minimum), _end.Token))
                {
                    totals.Add(line);
                    job.One();
                }

                job.Totals = totals;
            }
            finally
            {
                _ = _one.Release();
            }
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            // Told on the page; asked for again, it runs again.
            job.Broken = broken.Message;
        }
    }

    private void Forget()
    {
        foreach (var old in _jobs.Values.Where(job => job.Totals is not null).OrderByDescending(job => job.On).Skip(Kept).ToList())
        {
            _ = _jobs.Remove(old.Id);
        }
    }
}
