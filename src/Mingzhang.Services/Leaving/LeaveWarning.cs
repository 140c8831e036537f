using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Billing;
using Mingzhang.Services.Reading;

namespace Mingzhang.Services.Leaving;

/// <summary>A factor of the early-warning score with what was found.</summary>
/// <param name="Factor">Which.</param>
/// <param name="Found">Days, per cent, bills or 1.</param>
/// <param name="Points">What it adds, at most the factor's most.</param>
public sealed record WarningPart(WarningFactor Factor, long Found, int Points);

/// <summary>The early-warning score of an account (R098): a sample model whose every point is explained.</summary>
/// <param name="Model">Name and version.</param>
/// <param name="Points">Sum of the parts.</param>
/// <param name="Level">The level it reaches, with its action.</param>
/// <param name="Parts">Factors that add something, heaviest first.</param>
public sealed record WarningScore(string Model, int Points, WarningLevel Level, IReadOnlyList<WarningPart> Parts);

/// <summary>Works the early-warning score out. Integers only: the same account gets the same score everywhere.</summary>
/// <example>12 days past due, 95 per cent of the limit used: 36 + 15 = 51 points, orange.</example>
public sealed class LeaveWarning(LeaveBook book, LeaveShelf shelf)
{
    private const int FullUse = 80;
    private const int LastBills = 6;
    private const int SignalDays = 90;

    /// <summary>The score of an account as it stands.</summary>
    public WarningScore Of(AccountView view)
    {
        var model = book.On(view.Today).Warning;
        var parts = model.Factors.Select(factor => (Factor: factor, Found: Found(factor.Code, view)))
            .Select(one => new WarningPart(
                one.Factor, one.Found, (int)Math.Min(one.Factor.Most, checked(one.Found * one.Factor.Points))))
            .Where(part => part.Points > 0).OrderByDescending(part => part.Points).ToList();
        var points = parts.Sum(part => part.Points);
        var level = model.Levels.Where(one => one.From <= points).MaxBy(one => one.From) ?? model.Levels[0];
        return new WarningScore($"{model.Code}:{model.Version}", points, level, parts);
    }

    private long Found(string factor, AccountView view) => factor switch
    {
        "days-past-due" => view.State.DaysPastDue(view.Today),
        "used-share" => Math.Max(0, Share(view) - FullUse),
        "minimum-only" => Rolled(view),
        "relief" => view.State.Reliefs.Any(one => one.IsActive) ? 1 : 0,
        "hardship" => shelf.Signals(view.State.Id)
            .Any(one => one.Kind == LeaveReasons.Hardship && one.Day.AddDays(SignalDays) >= view.Today) ? 1 : 0,
        _ => 0,
    };

    /// <summary>Per cent of the limit that is used, down to the whole; 0 without a limit.</summary>
    private static long Share(AccountView view)
    {
        var (limit, available) = (view.State.TotalLimit.MinorUnits, view.Available.MinorUnits);
        return limit <= 0 ? 0 : (long)((Int128)(limit - available) * 100 / limit);
    }

    /// <summary>How many of the last six bills were not paid in full by their due day.</summary>
    private static long Rolled(AccountView view)
    {
        var events = view.History.SelectMany(entry => entry.Events).ToList();
        var latest = events.OfType<StatementIssued>().Select(one => one.Bill.IssuedOn).Distinct().OrderDescending().Take(LastBills);
        return latest.Count(issued => events.OfType<BillRolled>().Any(one => one.BillIssuedOn == issued));
    }
}
