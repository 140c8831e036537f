using System.Security.Cryptography;
using System.Text;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Versions;
using Mingzhang.Engine;

namespace Mingzhang.Services.Versions;

/// <summary>
/// Runs shadow runs one after the other, outside of requests. What each was asked, by whom, and what it found is kept in the house,
/// beside the proposals it speaks for; a run that was cut off by the end of its server is asked for again.
/// </summary>
public sealed class ShadowJobs(CreditHouse house, TimeProvider time) : IDisposable
{
    private const int Listed = 20;

    /// <summary>How long an asker waits for the answer before being told that it runs.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(2);

    /// <summary>How often a run gives a sign of life.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    /// <summary>After so long without one it is taken for cut off.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Task> _running = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly CancellationTokenSource _end = new();

    /// <summary>A run by its name, or null.</summary>
    public ShadowState? Find(string id) => ShadowShelf.Find(house, id) is { } state ? AsOfNow(state) : null;

    /// <summary>The latest runs, the newest first.</summary>
    /// <param name="most">How many.</param>
    public IReadOnlyList<ShadowState> Last(int most) => [.. ShadowShelf.Last(house, most).Select(AsOfNow)];

    /// <summary>
    /// The run of a version: begun unless the same was asked for on this business day and is done or under way. Answers after two seconds
    /// at most, done or not.
    /// </summary>
    /// <param name="json">The version's text.</param>
    /// <param name="proposed">What it says.</param>
    /// <param name="question">How far, and how customers pay.</param>
    /// <param name="by">Login of the member of staff.</param>
    public async Task<ShadowState> StartAsync(string json, ProductTerms proposed, ShadowQuestion question, string by)
    {
        var on = house.BusinessDate;
        var text = Encoding.UTF8.GetBytes(FormattableString.Invariant($"{on:yyyyMMdd} {question.Bills} {question.Payer} {json}"));
        var id = Convert.ToHexStringLower(SHA256.HashData(text))[..20];
        if (Find(id) is { } known && (known.Found is not null || known.Runs))
        {
            return known;
        }

        var now = time.GetUtcNow();
        var asked = new ShadowAsked(id, proposed.Code, proposed.Version, json, question, on, now, by);
        Task run;
        lock (_lock)
        {
            if (!_running.TryGetValue(id, out run!))
            {
                _running[id] = run = Task.Run(() => RunAsync(proposed, new ShadowState(asked, now, 0, 0, null, null)));
            }
        }

        await Task.WhenAny(run, Task.Delay(Wait, time));
        return Find(id) ?? new ShadowState(asked, now, 0, 0, null, null) { Runs = true };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
        _one.Dispose();
    }

    private ShadowState AsOfNow(ShadowState state) => state with
    {
        Runs = state is { Found: null, Broken: null } && time.GetUtcNow() - state.SeenAt < Patience,
    };

    private async Task RunAsync(ProductTerms proposed, ShadowState state)
    {
        try
        {
            state = await AliveAsync(state);
            while (!await _one.WaitAsync(Beat, _end.Token))
            {
                state = await AliveAsync(state);
            }

            try
            {
                state = await LookAsync(proposed, state);
            }
            finally
            {
                _ = _one.Release();
            }

            _ = await AliveAsync(state);
        }
        catch (Exception broken) when (broken is not OperationCanceledException && !_end.IsCancellationRequested)
        {
            // Told on the page; asked for again, it runs again.
            _ = await AliveAsync(state with { Broken = broken.Message });
        }
        finally
        {
            lock (_lock)
            {
                _ = _running.Remove(state.Asked.Id);
            }
        }
    }

    private async Task<ShadowState> LookAsync(ProductTerms proposed, ShadowState state)
    {
        var run = new ShadowRun(house);
        state = await AliveAsync(state with { Accounts = await run.CountAsync(proposed.Code) });
        var totals = new ShadowTotals(proposed.Currency, Listed);
        var looked = 0L;
        await foreach (var line in run.OverAsync(proposed, state.Asked.Question, _end.Token))
        {
            totals.Add(line);
            looked++;
            if (time.GetUtcNow() - state.SeenAt > Beat)
            {
                state = await AliveAsync(state with { Looked = looked });
            }
        }

        return state with { Looked = looked, Found = totals.Found };
    }

    private async Task<ShadowState> AliveAsync(ShadowState state)
    {
        var seen = state with { SeenAt = time.GetUtcNow() };
        _ = await ShadowShelf.PutAsync(house, seen);
        return seen;
    }
}
