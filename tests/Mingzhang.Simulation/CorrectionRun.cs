using System.Globalization;
using System.Reflection;
using System.Text;

namespace Mingzhang.Simulation;

/// <summary>Plays bent histories against straight ones and counts what it saw.</summary>
public sealed class CorrectionRun(Line line, PlantedBug? bug = null)
{
    private int _compared;
    private int _refused;
    private int _dependent;
    private int _farthest;
    private int _relief;

    /// <summary>Cases whose two histories could be compared.</summary>
    public int Compared => _compared;

    /// <summary>Days between the earliest fact and its correction, at most.</summary>
    public int Farthest => _farthest;

    /// <summary>What it saw.</summary>
    public string Summary => string.Create(CultureInfo.InvariantCulture,
        $"{line.Name}: {_compared} cases compared, {_relief} about relief, up to {_farthest} days back; skipped {_refused} refused, "
        + $"{_dependent} that changed later answers");

    /// <summary>Every bend of one seed; the difference of the first that differs, or null.</summary>
    public string? Play(int seed, int bends = 12)
    {
        Random random = new(seed);
        Script script = Generator.Make(seed, h => h with
        {
            KeepRefused = false,
            Months = seed % 16 == 0 ? 24 : h.Months,
            Busy = Math.Min(h.Busy, 12),
            Closes = random.Next(3) == 0 ? h.Closes : 0,
            WriteOffs = random.Next(4) == 0 ? h.WriteOffs : 0,
        }, line);
        Bender bender = new(script, random);
        for (int n = 0; n < bends; n++)
        {
            if (bender.Next(n) is { } bend && Compare(bend, n == 0 && seed % 8 == 0 ? 12 : 2) is { Length: > 0 } answer)
            {
                return $"MZ_SEED={seed}\n{answer}";
            }
        }

        return null;
    }

    /// <summary>Plays both; empty or null = nothing differs.</summary>
    private string? Compare(Bend bend, int looks)
    {
        try
        {
            CoreAccount? bent = Play(bend.Bent, bend, bug);
            CoreAccount? straight = bent is null ? null : Play(bend.Straight, bend, null);
            if (bent is null || straight is null)
            {
                return null;
            }

            _ = Interlocked.Increment(ref _compared);
            _ = bend.Fact.Command is AcceptRelief or EndRelief or WaiveDebt ? Interlocked.Increment(ref _relief) : 0;
            _farthest = Math.Max(_farthest, bend.Days);
            string difference = Difference(straight, bent, bend.Until, looks);
            return difference.Length == 0 ? "" : $"{new Script(bend.Bent, bend.Until) { Line = line }}{bend.Title}\n{difference}";
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            return $"{new Script(bend.Bent, bend.Until) { Line = line }}{bend.Title}\nthe core threw {problem}";
        }
    }

    /// <summary>Plays steps; null when one is refused, so that there is nothing to compare.</summary>
    private CoreAccount? Play(List<Step> steps, Bend bend, PlantedBug? fault)
    {
        CoreAccount core = new() { Line = line, Bug = fault };
        long sequence = 0;
        foreach (Step step in steps)
        {
            core.PassTo(step.On);
            AccountCommand command = step.Command switch
            {
                ReverseFact r => r with { Sequence = sequence },
                AmendFact a => a with { Sequence = sequence },
                // The rest: steps that name nothing by its sequence.
                _ => step.Command,
            };
            if (core.Decide(command, step.On) is Refused)
            {
                _ = ReferenceEquals(step, bend.Special) ? Interlocked.Increment(ref _refused) : Interlocked.Increment(ref _dependent);
                return null;
            }

            sequence = ReferenceEquals(step, bend.Fact) ? core.State.Version : sequence;
        }

        core.PassTo(bend.Until);
        return core;
    }

    private string Difference(CoreAccount a, CoreAccount b, DateOnly until, int looks)
    {
        StringBuilder text = new();
        States(text, "state", Plain(a.State, until), Plain(b.State, until));
        foreach (int account in a.Ledger.Keys.Union(b.Ledger.Keys))
        {
            long x = a.Ledger.GetValueOrDefault(account);
            long y = b.Ledger.GetValueOrDefault(account);
            if (x != y)
            {
                _ = text.Append(CultureInfo.InvariantCulture, $"  ledger {account}: straight {x}, corrected {y}\n");
            }
        }

        DateOnly first = a.History[0].BookedOn;
        int days = until.DayNumber - first.DayNumber;
        for (int n = 1; n <= looks && text.Length == 0; n++)
        {
            DateOnly day = first.AddDays(days * n / looks);
            AccountState? x = AccountCorrector.AsOf(a.History, line.Book, day, until);
            AccountState? y = AccountCorrector.AsOf(b.History, line.Book, day, until);
            States(text, string.Create(CultureInfo.InvariantCulture, $"as of {day:yyyy-MM-dd}"), Plain(x, day), Plain(y, day));
        }

        return text.ToString();
    }

    private static AccountState? Plain(AccountState? state, DateOnly day) => state is null ? null : state.AccruedTo(day) with
    {
        Version = 0, AsOf = day, Bills = state.Bills.Map(b => b with { Version = 1 }),
        LoanRequests = state.LoanRequests.Map(r => r with { Fact = r.Fact with { Disclosure = null } }),
        Loans = state.AccruedTo(day).Loans.Map(l => l with { CostTable = "" }),
        Reliefs = state.Reliefs.Map(r => r with { CostTable = "" }),
        Purchases = state.Purchases.Map(p => p with { Plan = p.Plan is { } plan ? plan with { Disclosure = null } : null }),
    };

    private static void States(StringBuilder text, string name, AccountState? a, AccountState? b)
    {
        if (a == b)
        {
            return;
        }

        foreach (PropertyInfo property in typeof(AccountState).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            object? x = a is null ? null : property.GetValue(a);
            object? y = b is null ? null : property.GetValue(b);
            if (!Equals(x, y))
            {
                _ = text.Append(CultureInfo.InvariantCulture,
                    $"  {name} {property.Name}:\n    straight  {Show(x)}\n    corrected {Show(y)}\n");
            }
        }
    }

    private static string Show(object? value) => value is System.Collections.IEnumerable many and not string
        ? "[" + string.Join("; ", many.Cast<object>()) + "]"
        : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null";
}
