using System.Globalization;

namespace Mingzhang.Simulation;

/// <summary>Golden cases as an accountant reads them: tests/Cases/*.case. MZ_UPDATE=1 writes the figures anew.</summary>
public sealed class CaseTests
{
    public static readonly string Folder = Find();

    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Folder, "*.case").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_figures_are_those_of_the_case(string name)
    {
        string path = Path.Combine(Folder, name + ".case");
        List<string> written = [];
        List<string> wrong = [];
        CoreAccount core = new();
        List<Step> steps = [];
        foreach (string line in File.ReadAllLines(path))
        {
            if (line.Length == 0 || line[0] == '#')
            {
                written.Add(line);
                continue;
            }

            string[] sides = line.Split('|');
            CaseLine step = new(sides[0].TrimEnd());
            core.PassTo(step.Day);
            if (step.Command(core) is { } command)
            {
                Decision decision = core.Decide(command, step.Day);
                Assert.True(decision is Accepted, $"{line}: {decision}");
                steps.Add(new Step(step.Day, command));
            }

            string expected = sides.Length < 2 ? "" : sides[1].Trim();
            string actual = string.Join(' ', expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(f => Figure(f,
                core.State, step.Day)));
            wrong.AddRange(expected == actual ? [] : [$"{sides[0].TrimEnd()}\n  case {expected}\n  core {actual}"]);
            written.Add(sides.Length < 2 ? line : $"{sides[0]}| {actual}");
        }

        if (Environment.GetEnvironmentVariable("MZ_UPDATE") == "1")
        {
            File.WriteAllText(path, string.Join('\n', written) + "\n");
        }
        else
        {
            Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        }

        if (steps.TrueForAll(s => s.Command.EffectiveOn == s.On && s.Command is not ReturnRepayment))
        {
            Assert.Null(new Script(steps, core.State.AsOf.AddDays(40)).Difference());
        }
    }

    private static string Figure(string asked, AccountState s, DateOnly day)
    {
        string name = asked.Split('=')[0];
        Bill? bill = s.LatestBill();
        string value = name switch
        {
            "owed" => Yuan(s.PostedBalance() + s.AccruedInterest(Sample.Core, day) + s.AccruedCharge(Sample.Core, day)),
            "interest" => Yuan(s.AccruedInterest(Sample.Core, day)),
            "charge" => Yuan(s.AccruedCharge(Sample.Core, day)),
            "available" => Yuan(s.Available(day, null)),
            "credit" => Yuan(s.CreditBalance),
            "dpd" => s.DaysPastDue(day).ToString(CultureInfo.InvariantCulture),
            "spend" => s.Restrictions.Any(r => r.Permissions.Contains(Permission.Spend)) ? "no" : "yes",
            "life" => s.Lifecycle switch { NotOpened => "none", Active => "active", ClosingDown => "closing", _ => "closed" },
            "bill" => $"{Yuan(bill!.Opening)}+{Yuan(bill.Debits)}-{Yuan(bill.Credits)}={Yuan(bill.Closing)}",
            "due" => bill!.DueOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            "minimum" => Yuan(bill!.Minimum),
            "missing" => Yuan(bill!.Shortfall),
            "version" => bill!.Version.ToString(CultureInfo.InvariantCulture),
            _ => throw new InvalidOperationException($"no figure is called {name}"),
        };
        return $"{name}={value}";
    }

    private static string Yuan(Money money) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{(money.IsNegative ? "-" : "")}{Math.Abs(money.MinorUnits) / 100:#,0}.{Math.Abs(money.MinorUnits) % 100:00}");

    private static string Find()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Mingzhang.slnx")))
        {
            at = at.Parent;
        }

        return Path.Combine(at!.FullName, "tests", "Cases");
    }
}
