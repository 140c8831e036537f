using System.Data.Common;
using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Access;
using Mingzhang.Services.Reading;

namespace Mingzhang.Services.Entitlements;

/// <summary>
/// Keeps the permission store: works out what is behind, looks for what differs from the ledger, and repairs what is safe to repair
/// (decision 0022). Restoring is working out anew, so doing it twice is doing it once (R153).
/// </summary>
public sealed class EntitlementDesk(CreditHouse house, AccountReader reader, AccessDesk access, TimeProvider time)
{
    /// <summary>What waits longer is late, and counted. 5 seconds.</summary>
    public static readonly TimeSpan Late = TimeSpan.FromSeconds(5);

    /// <summary>The difference that only staff may end: the books and a display disagree.</summary>
    public const string Figures = "figures";

    private const int Page = 256;
    private const int LongestDetail = 200;

    /// <summary>All rows are read for other access rules when the rules change, and so often besides.</summary>
    private static readonly TimeSpan BetweenRules = TimeSpan.FromMinutes(5);

    private AccountId _checked;
    private (string Rules, long At) _decided = ("", 0);

    /// <summary>Of an account; null before the follower has seen it.</summary>
    public Entitlement? Find(AccountId account)
    {
        using var connection = house.OpenReadOnly();
        return EntitlementShelf.Find(connection, account);
    }

    /// <summary>Works one out at once when it is behind and no stage was told to stand still; as it stands then.</summary>
    public async Task<Entitlement?> FreshAsync(AccountId account)
    {
        var kept = Find(account);
        if (kept is { IsFresh: true } || kept is { Hold.Length: > 0 } && kept.HeldUntil > Now())
        {
            return kept;
        }

        // Nobody noted the account yet: it was opened a moment ago.
        if (kept is null && await house.ReadAsync(account) is { } state)
        {
            await house.WriteAsync((connection, transaction) =>
            {
                EntitlementShelf.Mark(connection, transaction, [new EntitlementMark(account, state.Version, Now(), false, true)]);
                return 0;
            });
            kept = Find(account);
        }

        if (kept is not null)
        {
            await RefreshAsync(kept);
        }

        return Find(account);
    }

    /// <summary>Works out those that are behind, whose day came, or that were decided with other access rules; returns how many.</summary>
    public async Task<int> RefreshAsync(CancellationToken cancel)
    {
        List<Entitlement> late;
        using (var connection = house.OpenReadOnly())
        {
            late = [.. EntitlementShelf.Behind(connection, Now(), Page)];
            late.AddRange(EntitlementShelf.Due(connection, house.BusinessDate, Page));
            late.AddRange(DecidedOtherwise(connection));
        }

        await RefreshAsync([.. late.DistinctBy(one => one.Account)], cancel);
        return late.Count;
    }

    /// <summary>Looks at the next accounts in order and at what has waited too long; returns how many differed.</summary>
    public async Task<int> CheckAsync(CancellationToken cancel)
    {
        IReadOnlyList<Entitlement> page;
        IReadOnlyList<Entitlement> waiting;
        using (var connection = house.OpenReadOnly())
        {
            page = EntitlementShelf.Next(connection, _checked, Page);
            waiting = EntitlementShelf.Behind(connection, 0, Page);
        }

        var now = Now();
        var found = new List<UseFault>();
        foreach (var one in waiting.Where(one => one.Granted > 0 && now - one.WantedAt > Late.Ticks / 10))
        {
            found.Add(new UseFault(one.Account, now, "lag", $"knows {one.Granted}, has to know {one.Wanted}", 0));
        }

        foreach (var one in page)
        {
            cancel.ThrowIfCancellationRequested();
            if (await LookAsync(one) is { } fault)
            {
                found.Add(fault);
            }
        }

        _checked = page.Count < Page ? default : page[^1].Account;
        if (found.Count > 0)
        {
            await KeepAsync(found);
        }

        return found.Count;
    }

    /// <summary>Staff have looked at figures that differed: they are worked out anew from the ledger, and the difference is over.</summary>
    public async Task ResolveAsync(AccountId account)
    {
        if (Find(account) is { } one)
        {
            await RefreshAsync(one);
        }

        await house.WriteAsync((connection, transaction) =>
        {
            FaultShelf.Close(connection, transaction, [(account, Now())], "");
            return 0;
        });
    }

    /// <summary>Differences of an account, latest first.</summary>
    public IReadOnlyList<UseFault> Faults(AccountId account, int most)
    {
        using var connection = house.OpenReadOnly();
        return FaultShelf.Of(connection, account, most);
    }

    /// <summary>The latest differences.</summary>
    public IReadOnlyList<UseFault> Faults(int most)
    {
        using var connection = house.OpenReadOnly();
        return FaultShelf.Last(connection, most);
    }

    /// <summary>How well repaid accounts became usable, latest day first (R161).</summary>
    public IReadOnlyList<UseDay> Days(int most)
    {
        using var connection = house.OpenReadOnly();
        return EntitlementShelf.Days(connection, most);
    }

    /// <summary>Rows that have waited too long by now.</summary>
    public long Stuck()
    {
        using var connection = house.OpenReadOnly();
        return EntitlementShelf.Stuck(connection, Now() - (Late.Ticks / 10));
    }

    /// <summary>Lets a stage of one account stand still for a while; the permission store then really lags (sandbox).</summary>
    /// <param name="account">Whose.</param>
    /// <param name="stage">mark, refresh, rules or repair.</param>
    /// <param name="during">How long.</param>
    public Task HoldAsync(AccountId account, string stage, TimeSpan during) => house.WriteAsync((connection, transaction) =>
    {
        EntitlementShelf.Hold(connection, transaction, account, stage, Now() + (during.Ticks / 10));
        return 0;
    });

    /// <summary>Writes figures that are not the ledger's, as a fault of a store would (sandbox).</summary>
    public async Task SpoilAsync(AccountId account, Func<EntitlementFigures, EntitlementFigures> spoil)
    {
        if (Find(account) is { } one)
        {
            await house.WriteAsync((connection, transaction) =>
            {
                EntitlementShelf.Put(
                    connection, transaction, [new EntitlementGrant(account, one.Granted, spoil(one.Figures), one.Rules, Now())]);
                return 0;
            });
        }
    }

    private IEnumerable<Entitlement> DecidedOtherwise(DbConnection connection)
    {
        var rules = access.Stamp(house.BusinessDate);
        if (_decided.Rules == rules && time.GetElapsedTime(_decided.At) < BetweenRules)
        {
            return [];
        }

        var others = EntitlementShelf.DecidedOtherwise(connection, rules, Page);
        _decided = others.Count == 0 ? (rules, time.GetTimestamp()) : ("", 0);
        return others.Where(one => one.Hold != "rules" || one.HeldUntil <= Now());
    }

    private Task RefreshAsync(Entitlement kept) => RefreshAsync([kept], CancellationToken.None);

    /// <summary>Works rows out anew and writes them in one transaction.</summary>
    private async Task RefreshAsync(IReadOnlyList<Entitlement> rows, CancellationToken cancel)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var book = access.Book;
        var fresh = new List<Fresh>(rows.Count);
        foreach (var kept in rows)
        {
            cancel.ThrowIfCancellationRequested();
            fresh.Add(await WorkOutAsync(kept, book));
        }

        await house.WriteAsync((connection, transaction) =>
        {
            Write(connection, transaction, fresh);
            return 0;
        });
    }

    private async Task<Fresh> WorkOutAsync(Entitlement kept, AccessBook book)
    {
        var view = await reader.GlanceAsync(kept.Account);
        if (view is not null && await access.ReviewAsync(view, book, kept.EverOverdue))
        {
            view = await reader.GlanceAsync(kept.Account);
        }

        var figures = view is null ? EntitlementFigures.None : EntitlementRules.Of(view);
        var cleared = kept.Repaid && figures.Due == 0;
        var usable = view is not null && (!cleared || Explainer.Use(view.State, view.Terms, view.Today, null, null).Usable);
        var grant = new EntitlementGrant(
            kept.Account, view?.State.Version ?? kept.Wanted, figures, book.Stamp(house.BusinessDate), Now());

        // A row that was never worked out waited for the house to start, and nobody had used it yet.
        var waited = kept.IsFresh || kept.Granted == 0 ? 0 : Math.Max(0, grant.At - kept.WantedAt);
        return new Fresh(kept, grant, cleared, usable, waited);
    }

    private void Write(DbConnection connection, DbTransaction transaction, List<Fresh> rows)
    {
        EntitlementShelf.Put(connection, transaction, rows.Select(one => one.Grant));
        EntitlementShelf.Count(connection, transaction, rows.GroupBy(one => one.Kept.Account.PartitionId).Select(of => (of.Key, new UseDay(
            house.BusinessDate, of.Count(one => one.Cleared), of.Count(one => one is { Cleared: true, Usable: false }), of.Count(),
            of.Sum(one => one.Waited), of.Max(one => one.Waited)))));
        FaultShelf.Add(connection, transaction, rows.Where(one => one.Waited > Late.Ticks / 10).Select(late => new UseFault(
            late.Kept.Account, late.Kept.WantedAt + (Late.Ticks / 10), "lag", $"to {late.Grant.Version} after {late.Waited} us",
            late.Grant.At)));
        var unended = FaultShelf.Unended(connection, transaction, Figures);
        FaultShelf.Close(
            connection, transaction,
            rows.Where(one => unended.Contains(one.Kept.Account)).Select(over => (over.Kept.Account, over.Grant.At)), Figures);
    }

    private async Task<UseFault?> LookAsync(Entitlement kept)
    {
        if (await reader.GlanceAsync(kept.Account) is not { } view || kept.Figures.NextOn <= view.Today
            || EntitlementRules.Difference(kept, EntitlementRules.Of(view), view.State.Version) is not { } difference)
        {
            return null;
        }

        // Between reading the one and the other it may have been worked out anew.
        return Find(kept.Account) is { } again && again.Granted == kept.Granted && again.GrantedAt == kept.GrantedAt && again.IsFresh
            ? new UseFault(kept.Account, Now(), difference.Kind, difference.Detail, 0) : null;
    }

    private async Task KeepAsync(List<UseFault> found)
    {
        await house.WriteAsync((connection, transaction) =>
        {
            FaultShelf.Add(connection, transaction, found.Select(fault => fault with
            {
                Detail = fault.Detail.Length > LongestDetail ? fault.Detail[..LongestDetail] : fault.Detail,
            }));
            return 0;
        });
        foreach (var fault in found.Where(fault => fault.Kind is "permission" or "limit"))
        {
            if (Find(fault.Account) is { } kept && (kept.Hold.Length == 0 || kept.HeldUntil <= Now()))
            {
                await RefreshAsync(kept);
            }
        }
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;

    private sealed record Fresh(Entitlement Kept, EntitlementGrant Grant, bool Cleared, bool Usable, long Waited);
}
