using System.Globalization;
using Dapper;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Corrections;
using Mingzhang.Domain.Purchases;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Reading;

namespace Mingzhang.Services.Leaving;

/// <summary>
/// Looks once a business day for lines that the rules would have staff freeze or close (R122): long unused, or used unusually. A hit is a
/// case for a person to decide; nothing happens to the account by it.
/// </summary>
/// <remarks>
/// Of every active line the entries of the longest rule's days are read once a day. A house that does not want that leaves
/// <c>propose</c> empty.
/// </remarks>
public sealed class ProposeDesk(CreditHouse house, AccountReader reader, LeaveShelf shelf, LeaveBook book, TimeProvider time)
{
    private const int Page = 100;

    private const string Active =
        "SELECT account_id FROM account WHERE partition_id BETWEEN 0 AND 1023 AND status = 'active' "
        + "AND (partition_id, account_id) > (@partition, @account) ORDER BY partition_id, account_id LIMIT @most";

    private DateOnly _day;
    private AccountId? _after;
    private bool _done;

    /// <summary>Looks at the next page of today's accounts; how many were looked at, 0 = today is done.</summary>
    public async Task<int> GoOnAsync(CancellationToken cancel)
    {
        var today = house.BusinessDate;
        if (today != _day)
        {
            (_day, _after, _done) = (today, null, false);
        }

        if (_done || book.On(today).Propose.Count == 0)
        {
            return 0;
        }

        var page = Next();
        foreach (var account in page)
        {
            cancel.ThrowIfCancellationRequested();
            if (await reader.FindAsync(account) is { } view)
            {
                await LookAsync(view);
            }

            _after = account;
        }

        _done = page.Count < Page;
        return page.Count;
    }

    /// <summary>Looks at one account; returns the cases opened now. A rule says the same once in its days.</summary>
    public async Task<IReadOnlyList<LeaveCase>> LookAsync(AccountView view)
    {
        var rules = book.On(view.Today);
        var known = shelf.Cases(view.State.Id);
        var found = new List<LeaveCase>();
        foreach (var rule in view.State.Lifecycle is Active ? rules.Propose : [])
        {
            if (!known.Any(one => one.Rule == rule.Code && (one.State == "open" || one.Day.AddDays(rule.Days) > view.Today))
                && Found(rule, view) is { } detail)
            {
                found.Add(new LeaveCase(
                    view.State.Id, 0, rule.Code, rules.Version, detail, "", time.GetUtcNow().ToUnixTimeMilliseconds() * 1000, view.Today,
                    "open", "", ""));
            }
        }

        if (found.Count > 0)
        {
            await house.WriteAsync((connection, transaction) =>
            {
                found.ForEach(one => LeaveShelf.Add(connection, transaction, one));
                return 0;
            });
        }

        return found;
    }

    /// <summary>What a rule finds, in words that name no person; null when nothing.</summary>
    private static string? Found(ProposeRule rule, AccountView view) => rule.Code switch
    {
        "disuse" => view.TotalDebt.IsZero && PassiveDesk.UnusedDays(view) is var days && days >= rule.Days
            ? string.Create(CultureInfo.InvariantCulture, $"unused for {days} days, nothing owed") : null,
        "one-merchant" => Heaviest(rule, view, bought => bought.Merchant),
        "one-day" => Heaviest(rule, view, bought => bought.On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        "failed-payments" => Payments(rule, view, static one => one is PaymentFailed or AccountCorrected { Request: ReturnRepayment }
            ? 0 : null, "payments failed or returned"),
        "in-and-out" => Payments(rule, view, static one => one is CreditBalanceReturned paid ? paid.Fact.Amount.MinorUnits : null,
            "over-payments sent back"),
        _ => null,
    };

    /// <summary>Payments of a kind that reach the rule's count and, where it names one, its share of the limit.</summary>
    private static string? Payments(ProposeRule rule, AccountView view, Func<AccountEvent, long?> read, string what)
    {
        var since = view.Today.AddDays(-rule.Days);
        var limit = view.State.TotalLimit.MinorUnits;
        var found = Since(view, since).Where(one => one.EffectiveOn > since).Select(read)
            .OfType<long>().ToList();
        return found.Count >= rule.Count && (Int128)found.Sum() * 1_000_000 >= (Int128)limit * rule.Ppm
            ? string.Create(
                CultureInfo.InvariantCulture, $"{found.Count} {what}, {found.Sum()} minor units, limit {limit}, within {rule.Days} days")
            : null;
    }

    /// <summary>The heaviest group of purchases that reaches the rule's count and share of the limit.</summary>
    private static string? Heaviest(ProposeRule rule, AccountView view, Func<Bought, string> by)
    {
        var since = view.Today.AddDays(-rule.Days);
        var limit = view.State.TotalLimit.MinorUnits;
        var heaviest = Since(view, since).Select(Read).OfType<Bought>().Where(one => one.On > since)
            .GroupBy(by).Select(group => (Count: group.Count(), Sum: group.Sum(one => one.Minor)))
            .Where(group => group.Count >= rule.Count && (Int128)group.Sum * 1_000_000 >= (Int128)limit * rule.Ppm)
            .OrderByDescending(group => group.Sum).FirstOrDefault();
        return heaviest.Count == 0 ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"{heaviest.Count} purchases of {heaviest.Sum} minor units, limit {limit}, within {rule.Days} days");
    }

    // What was booked up to a day did not happen after it.
    private static IEnumerable<AccountEvent> Since(AccountView view, DateOnly since) =>
        view.Latest.TakeWhile(entry => entry.BookedOn > since).SelectMany(entry => entry.Events);

    private static Bought? Read(AccountEvent happened) => happened switch
    {
        PurchaseAuthorised e => new Bought(e.EffectiveOn, e.Fact.Merchant, e.Fact.Amount.MinorUnits),
        OfflinePurchaseTaken e => new Bought(e.EffectiveOn, e.Fact.Merchant, e.Fact.Amount.MinorUnits),
        // The rest: no purchase.
        _ => null,
    };

    private List<AccountId> Next()
    {
        using var connection = house.OpenReadOnly();
        return
        [
            .. connection.Query<long>(
                    Active, new { partition = _after?.PartitionId ?? -1, account = _after?.Value ?? 0, most = Page })
                .Select(id => new AccountId(id)),
        ];
    }

    private sealed record Bought(DateOnly On, string Merchant, long Minor);
}
