using System.Globalization;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Closing;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.Purchases;
using Mingzhang.Engine;
using Mingzhang.Services.Reading;

namespace Mingzhang.Services.Leaving;

/// <summary>What is known about where a closing was asked for.</summary>
/// <param name="Hash">Hash of the device; empty = not known, such as by phone.</param>
/// <param name="IsNew">Whether the person was first seen with it within the last days.</param>
public sealed record LeaveDevice(string Hash, bool IsNew)
{
    /// <summary>Not known.</summary>
    public static LeaveDevice None { get; } = new("", false);
}

/// <summary>Looks at a closing the moment it is asked for, and opens a case for what is unusual (R096, R097).</summary>
public sealed class LeaveWatch(CreditHouse house, LeaveShelf shelf, LeaveBook book, TimeProvider time)
{
    /// <summary>Looks at an account whose closing was just asked for; returns the cases opened now.</summary>
    /// <param name="view">The account before it was asked for, with its history.</param>
    /// <param name="device">Where from.</param>
    public async Task<IReadOnlyList<LeaveCase>> LookAsync(AccountView view, LeaveDevice device)
    {
        var rules = book.On(view.Today);
        var open = shelf.Cases(view.State.Id).Where(one => one.State == "open").Select(one => one.Rule).ToHashSet(StringComparer.Ordinal);
        var found = new List<LeaveCase>();
        foreach (var rule in rules.Watch.Where(rule => !open.Contains(rule.Code)))
        {
            if (Found(rule, view, device) is { } detail)
            {
                found.Add(new LeaveCase(
                    view.State.Id, 0, rule.Code, rules.Version, detail, rule.RaisesTo, Now(), view.Today, "open", "", ""));
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
    private string? Found(WatchRule rule, AccountView view, LeaveDevice device)
    {
        var since = Now() - (long)(rule.Unit == "minutes" ? TimeSpan.FromMinutes(rule.Within) : TimeSpan.FromDays(rule.Within))
            .TotalMicroseconds;
        var from = view.Today.AddDays(-rule.Within);
        return rule.Code switch
        {
            "burst" => Count(shelf.RequestsSince(since), rule.Bound, "closings"),
            "after-draw" => Draw(rule, view, from),
            "new-device" => device.IsNew ? "device first used within " + Words(rule) : null,
            "one-device" => device.Hash.Length == 0 ? null : Count(shelf.CustomersOf(device.Hash, since), rule.Bound, "customers"),
            "cycle" => Count(Cycles(view, from), rule.Bound, "closings and reopenings"),
            _ => null,
        };
    }

    /// <summary>The use of a day range: loans paid out and purchases authorised, against a floor and a share of the limit.</summary>
    private static string? Draw(WatchRule rule, AccountView view, DateOnly from)
    {
        var used = view.History.SelectMany(entry => entry.Events).Where(one => one.EffectiveOn > from).Sum(one => one switch
        {
            LoanDisbursed e => e.Loan.Principal.MinorUnits,
            PurchaseAuthorised e => e.Fact.Amount.MinorUnits,
            OfflinePurchaseTaken e => e.Fact.Amount.MinorUnits,
            // The rest: no use of the limit.
            _ => 0L,
        });
        var limit = view.State.Lifecycle is ClosingDown closing ? closing.LimitBefore : view.State.TotalLimit;
        return used >= rule.Bound && (Int128)used * 1_000_000 >= (Int128)limit.MinorUnits * rule.Ppm
            ? string.Create(CultureInfo.InvariantCulture, $"used {used} of {limit.MinorUnits} minor units within {Words(rule)}") : null;
    }

    // The one that is asked for now is not in the history yet.
    private static long Cycles(AccountView view, DateOnly from) => 1 + view.History.SelectMany(entry => entry.Events)
        .Count(one => one is ClosingRequested or AccountReopened && one.EffectiveOn > from);

    private static string? Count(long found, long bound, string what) =>
        found >= bound ? string.Create(CultureInfo.InvariantCulture, $"{found} {what}") : null;

    private static string Words(WatchRule rule) => string.Create(CultureInfo.InvariantCulture, $"{rule.Within} {rule.Unit}");

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
}
