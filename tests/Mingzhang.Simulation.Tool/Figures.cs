using System.Globalization;
using System.Numerics;
using System.Text;
using Mingzhang.Oracle;

namespace Mingzhang.Simulation;

/// <summary>A day's figures as text lines, so that both sides compare by their words.</summary>
public sealed record Figures(IReadOnlyDictionary<string, string> Lines)
{
    public static Figures Of(CoreAccount core, DateOnly day)
    {
        AccountState s = core.State;
        AccountState today = s.AccruedTo(day);
        Dictionary<string, string> lines = [];
        lines["life"] = LifeOf(s);
        lines["owed"] = Text(s.PostedBalance().MinorUnits + s.AccruedInterest(core.Line.Core,
            day).MinorUnits + s.AccruedCharge(core.Line.Core, day).MinorUnits);
        lines["revolving"] = Text(today.RevolvingAccrual.Numerator);
        lines["overdue"] = Text(today.OverdueAccrual.Numerator);
        lines["available"] = Text(s.Available(day, null).MinorUnits);
        foreach (SceneTerms scene in core.Line.Core.Scenes)
        {
            long used = s.SceneLimits.Any(l => l.Scene == scene.Code) || s.Occupied(scene.Code).MinorUnits != 0 ? s.Available(day,
                scene.Code).MinorUnits : 0;
            lines["pool " + scene.Code] = Text(used);
        }

        lines["dpd"] = Text(s.DaysPastDue(day));
        lines["spend-away"] = s.Lifecycle is not Closed && s.Restrictions.Any(r => r.Permissions.Contains(Permission.Spend)) ? "yes" : "no";
        lines["credit"] = Text(s.CreditBalance.MinorUnits);
        if (s.LatestBill() is { } b && s.Lifecycle is not Closed)
        {
            (long opening, long debits, long credits) = (b.Opening.MinorUnits, b.Debits.MinorUnits, b.Credits.MinorUnits);
            lines["bill"] = Text($"{b.IssuedOn:yyyy-MM-dd} due {b.DueOn:yyyy-MM-dd} {opening}+{debits}-{credits}={b.Closing.MinorUnits}");
            lines["missing"] = Text(b.Shortfall.MinorUnits);
        }

        if (core.Line != LendingLines.PayLater)
        {
            LoanFigureLines.Add(lines, s, core.Line.Core, day);
        }

        foreach ((int account, long amount) in core.Ledger)
        {
            if (amount != 0)
            {
                lines["ledger " + Text(account)] = Text(amount);
            }
        }

        return new Figures(lines);
    }

    public static string LifeOf(AccountState s) =>
        s.Lifecycle switch { NotOpened => "none", Active => "active", ClosingDown => "closing", _ => "closed" };

    public static Figures Of(DayFigures f, Line line)
    {
        Dictionary<string, string> lines = new()
        {
            ["life"] = f.Lifecycle,
            ["owed"] = Text(f.Owed),
            ["revolving"] = Text(f.RevolvingNumerator),
            ["overdue"] = Text(f.OverdueNumerator),
            ["available"] = Text(f.Available),
            ["dpd"] = Text(f.DaysPastDue),
            ["spend-away"] = f.SpendAway && f.Lifecycle != "closed" ? "yes" : "no",
            ["credit"] = Text(f.Credit),
        };
        foreach ((string scene, BigInteger pool) in f.ScenePools)
        {
            lines["pool " + scene] = Text(pool);
        }

        if (f.Latest is { } b && f.Lifecycle != "closed")
        {
            lines["bill"] = Text($"{b.IssuedOn:yyyy-MM-dd} due {b.DueOn:yyyy-MM-dd} {b.Opening}+{b.Debits}-{b.Credits}={b.Closing}");
            lines["missing"] = Text(f.Missing);
        }

        if (line != LendingLines.PayLater)
        {
            LoanFigureLines.Add(lines, f);
        }

        foreach ((int account, BigInteger amount) in f.Ledger)
        {
            if (amount != 0)
            {
                lines["ledger " + Text(account)] = Text(amount);
            }
        }

        return new Figures(lines);
    }

    /// <summary>Lines that differ; empty = equal.</summary>
    public string Against(Figures core)
    {
        StringBuilder text = new();
        foreach (string name in Lines.Keys.Union(core.Lines.Keys).Order(StringComparer.Ordinal))
        {
            string mine = Lines.GetValueOrDefault(name, "-");
            string theirs = core.Lines.GetValueOrDefault(name, "-");
            if (mine != theirs)
            {
                _ = text.Append(CultureInfo.InvariantCulture, $"  {name}: rules {mine}, core {theirs}\n");
            }
        }

        return text.ToString();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Text(BigInteger number) => number.ToString(CultureInfo.InvariantCulture);
}
