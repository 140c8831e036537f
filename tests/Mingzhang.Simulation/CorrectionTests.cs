using System.Globalization;
using System.Reflection;
using System.Text;

namespace Mingzhang.Simulation;

/// <summary>T16: a fact that comes late, or is taken back, ends where the same fact on time, or never, would have ended.</summary>
public sealed class CorrectionTests(ITestOutputHelper output)
{
    private Line _line = LendingLines.PayLater;
    private int _refused;
    private int _dependent;

    [Fact]
    public void A_late_fact_equals_the_fact_on_time() => Run(LateCase);

    [Fact]
    public void A_withdrawn_fact_equals_never() => Run(WithdrawnCase);

    [Theory]
    [InlineData("cash-shared")]
    [InlineData("cash-percent")]
    [InlineData("reserve")]
    public void A_late_fact_about_a_loan_equals_the_fact_on_time(string line)
    {
        _line = LendingLines.Named(line);
        Run(LateCase, 40);
    }

    [Theory]
    [InlineData("cash-shared")]
    [InlineData("cash-percent")]
    [InlineData("reserve")]
    public void A_withdrawn_repayment_of_a_loan_equals_never(string line)
    {
        _line = LendingLines.Named(line);
        Run(WithdrawnCase, 40);
    }

    private void Run(Func<int, string?> play, int cases = 300)
    {
        int compared = 0;
        List<string> failures = [];
        int wanted = Knobs.Seeds(cases);
        for (int seed = Knobs.FirstSeed; compared < wanted && failures.Count < Knobs.Failures && seed < Knobs.FirstSeed + (wanted * 4);
            seed++)
        {
            string? answer = play(seed);
            compared += answer is null ? 0 : 1;
            if (answer is { Length: > 0 })
            {
                failures.Add($"MZ_SEED={seed}\n{answer}");
            }
        }

        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{compared} cases compared; skipped: {_refused} refused, {_dependent} changed later answers"));
    }

    private string? LateCase(int seed)
    {
        Random random = new(seed);
        Script script = Quiet(seed, random);
        List<int> candidates = [.. Enumerable.Range(1, script.Steps.Count - 1).Where(i => MayBeLate(script.Steps[i].Command))];
        if (candidates.Count == 0)
        {
            return null;
        }

        Step chosen = script.Steps[candidates[random.Next(candidates.Count)]];
        int most = Math.Max(1, script.Until.DayNumber - chosen.On.DayNumber);
        DateOnly delivered = chosen.On.AddDays(random.Next(3) == 0 ? 1 : 1 + random.Next(most));
        List<Step> others = [.. script.Steps.Where(s => s != chosen)];
        List<Step> onTime = [.. others.Where(s => s.On <= chosen.On), chosen, .. others.Where(s => s.On > chosen.On)];
        List<Step> late = [.. others.Where(s => s.On <= delivered), new Step(delivered, chosen.Command), .. others.Where(s =>
            s.On > delivered)];
        DateOnly until = script.Until > delivered ? script.Until : delivered;
        return Compare(onTime, late, chosen, chosen, until,
            $"late: {chosen.On:yyyy-MM-dd} {Words.Of(chosen.Command)} delivered {delivered:yyyy-MM-dd}");
    }

    private string? WithdrawnCase(int seed)
    {
        Random random = new(seed);
        Script script = Quiet(seed, random);
        List<int> candidates = [.. Enumerable.Range(1, script.Steps.Count - 1).Where(i => MayBeWithdrawn(script.Steps[i].Command))];
        if (candidates.Count == 0)
        {
            return null;
        }

        Step chosen = script.Steps[candidates[random.Next(candidates.Count)]];
        DateOnly day = chosen.On.AddDays(random.Next(Math.Max(1, script.Until.DayNumber - chosen.On.DayNumber)));
        AccountCommand withdrawal = chosen.Command is ReceiveRepayment repayment && random.Next(2) == 0
            ? new ReturnRepayment(repayment.RepaymentId, "bank") { EffectiveOn = day }
            : new ReverseFact(0, "wrong") { EffectiveOn = day };
        List<Step> never = [.. script.Steps.Where(s => s != chosen)];
        List<Step> withdrawn = [.. script.Steps.Where(s => s.On <= day), new Step(day, withdrawal), .. script.Steps.Where(s => s.On > day)];
        return Compare(never, withdrawn, withdrawn.Single(s => s.Command == withdrawal), chosen, script.Until,
            $"withdrawn {day:yyyy-MM-dd}: {chosen.On:yyyy-MM-dd} {Words.Of(chosen.Command)} by {withdrawal.GetType().Name}");
    }

    private Script Quiet(int seed, Random random) => Generator.Make(seed, h => h with
    {
        KeepRefused = false, Busy = Math.Min(h.Busy, 12), Closes = random.Next(3) == 0 ? h.Closes : 0, WriteOffs = random.Next(4) == 0
            ? h.WriteOffs : 0,
    }, _line);

    private static bool MayBeLate(AccountCommand command) => command is CapturePurchase or ConfirmReceipt or ReleaseHold
        or PostOfflinePurchase or ReceiveRefund
        or ReceiveRepayment or ConfirmDisbursement or SetLimit or GrantTemporaryLimit or SetSceneLimit or OpenDispute or ResolveDispute;

    private static bool MayBeWithdrawn(AccountCommand command) => command is ReceiveRepayment or ReceiveRefund or SetLimit
        or PostOfflinePurchase;

    /// <summary>Plays both; null = nothing to compare, empty = equal, else the difference.</summary>
    private string? Compare(List<Step> straight, List<Step> bent, Step special, Step fact, DateOnly until, string title)
    {
        string story = new Script(bent, until) + title + "\n";
        try
        {
            CoreAccount? a = Play(straight, until, null, fact, out bool _, out bool changedA);
            CoreAccount? b = Play(bent, until, special, fact, out bool refused, out bool changedB);
            if (refused)
            {
                _refused++;
                return null;
            }

            if (changedA || changedB || a is null || b is null)
            {
                _dependent++;
                return null;
            }

            string difference = Difference(a, b, until);
            return difference.Length == 0 ? "" : story + difference;
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            return $"{story}the core threw {problem.GetType().Name}: {problem.Message}";
        }
    }

    /// <summary>Plays steps; tells whether the special step was refused, and whether another step was.</summary>
    private CoreAccount? Play(List<Step> steps, DateOnly until, Step? special, Step fact, out bool refused, out bool others)
    {
        CoreAccount core = new() { Line = _line };
        (refused, others) = (false, false);
        long sequence = 0;
        foreach (Step step in steps)
        {
            core.PassTo(step.On);
            AccountCommand command = step.Command is ReverseFact r ? r with { Sequence = sequence } : step.Command;
            Decision decision = core.Decide(command, step.On);
            if (decision is Refused)
            {
                refused |= ReferenceEquals(step, special);
                others |= !ReferenceEquals(step, special);
            }

            sequence = ReferenceEquals(step, fact) ? core.State.Version : sequence;
        }

        core.PassTo(until);
        return core;
    }

    private static string Difference(CoreAccount a, CoreAccount b, DateOnly until)
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
        for (int n = 0; n < 12 && text.Length == 0; n++)
        {
            DateOnly day = first.AddDays(days * n / 11);
            AccountState? x = AccountCorrector.AsOf(a.History, a.Line.Book, day, until);
            AccountState? y = AccountCorrector.AsOf(b.History, a.Line.Book, day, until);
            States(text, string.Create(CultureInfo.InvariantCulture, $"as of {day:yyyy-MM-dd}"), Plain(x, day), Plain(y, day));
        }

        return text.ToString();
    }

    private static AccountState? Plain(AccountState? state, DateOnly day) => state is null ? null : state.AccruedTo(day) with
    {
        Version = 0, AsOf = day, Bills = state.Bills.Map(b => b with { Version = 1 }),
        LoanRequests = state.LoanRequests.Map(r => r with { Fact = r.Fact with { Disclosure = null } }),
        Loans = state.AccruedTo(day).Loans.Map(l => l with { CostTable = "" }),
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
