using System.Globalization;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Closing;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Purchases;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Notifications;
using Mingzhang.Services.Reading;

namespace Mingzhang.Services.Leaving;

/// <summary>A closing by the house that was announced to the person.</summary>
/// <param name="Number">Of the step it was written down as.</param>
/// <param name="On">When it was announced.</param>
/// <param name="From">From when the house may close.</param>
/// <param name="Reason">As the person read it.</param>
public sealed record Announcement(long Number, DateOnly On, DateOnly From, string Reason)
{
    /// <summary>Its id in the ledger's command.</summary>
    public string Id => string.Create(CultureInfo.InvariantCulture, $"notice-{On:yyyyMMdd}-{Number}");
}

/// <summary>Closing and freezing by the house (R122): first the notice with its reason, then a time to object, then two people.</summary>
public sealed class PassiveDesk(CreditHouse house, LeaveShelf shelf, LeaveBook book, NoticeDesk notices, TimeProvider time)
{
    private const string Kind = "closing-announced";
    private const int ValidDays = 180;
    private const int LongestReason = 200;

    /// <summary>Days since the account was last used or opened.</summary>
    public static int UnusedDays(AccountView view) => view.Today.DayNumber - view.History.SelectMany(entry => entry.Events)
        .Where(one => one is PurchaseAuthorised or LoanDisbursed).Select(one => one.EffectiveOn).Append(view.State.OpenedOn).Max()
        .DayNumber;

    /// <summary>Whether an account counts as long unused by the rules of the day.</summary>
    public bool IsUnused(AccountView view) => UnusedDays(view) >= book.On(view.Today).Passive.DisuseDays;

    /// <summary>The announcement that holds on an account: the latest one, not older than half a year; null = none.</summary>
    public Announcement? Find(AccountView view)
    {
        var rules = book.On(view.Today).Passive;
        return shelf.StepsOf(view.State.Id).Where(one => one.Step == "announce" && one.Day.AddDays(ValidDays) >= view.Today)
            .Select(one => new Announcement(one.Number, one.Day, one.Day.AddDays(rules.ForceNoticeDays), one.Shown)).LastOrDefault();
    }

    /// <summary>
    /// Tells the person that the house means to close, why, and from when; a second one is not made while one holds. The reason has 1 to
    /// 200 characters.
    /// </summary>
    public async Task<Announcement?> AnnounceAsync(AccountView view, string reason, string staff)
    {
        if (reason.Trim().Length is 0 or > LongestReason || view.State.Lifecycle is not (Active or ClosingDown { Forced: false }))
        {
            return null;
        }

        if (Find(view) is { } known)
        {
            return known;
        }

        var from = view.Today.AddDays(book.On(view.Today).Passive.ForceNoticeDays);
        var at = time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
        await house.WriteAsync((connection, transaction) =>
        {
            LeaveShelf.Add(connection, transaction, view.State.Id, new ClosingStepTaken(
                0, "announce", at, view.Today, "", "", "", "console", staff, "", view.Terms.Closing.NoticeVersion, "",
                LeaveDesk.HashOf(reason.Trim()), reason.Trim()));
            notices.Tell(
                connection, transaction, view.State.Id.Customer, view.State.Id, Kind,
                string.Create(CultureInfo.InvariantCulture, $"{view.State.Id}-{view.Today:yyyyMMdd}"),
                new Dictionary<string, string>
                {
                    ["reason"] = reason.Trim(), ["from"] = from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                });
            return 0;
        });
        return Find(view);
    }
}
