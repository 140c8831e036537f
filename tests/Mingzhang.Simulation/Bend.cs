namespace Mingzhang.Simulation;

/// <summary>One correction of a history: the history as it should have been, and as it came.</summary>
/// <param name="Straight">The right facts on time.</param>
/// <param name="Bent">The same with one fact late, wrong or too many, and its correction.</param>
/// <param name="Special">The late fact or the correction among the bent steps.</param>
/// <param name="Fact">The fact it is about; a correction names it by its sequence.</param>
/// <param name="Until">Both are played up to here.</param>
/// <param name="Title">What was bent.</param>
/// <param name="Days">How far back it reaches.</param>
public sealed record Bend(List<Step> Straight, List<Step> Bent, Step Special, Step Fact, DateOnly Until, string Title, int Days);

/// <summary>Bends a history: late, withdrawn, replaced, another price since some day.</summary>
public sealed class Bender(Script script, Random random)
{
    private static readonly Func<Bender, Bend?>[] Ways = [b => b.Late(), b => b.Withdrawn(), b => b.Replaced(), b => b.Repriced()];

    /// <summary>A bend in one of the four ways; null when the history offers none.</summary>
    public Bend? Next(int way) => Ways[way % Ways.Length](this);

    private Bend? Late()
    {
        if (Any(command => FactKinds.MayBeLate(command)) is not { } chosen)
        {
            return null;
        }

        DateOnly delivered = Later(chosen.On, 1);
        List<Step> others = Without(chosen);
        return new Bend(
            Placed(others, chosen.On, chosen), Placed(others, delivered, chosen with { On = delivered }, out Step special), special, chosen,
            Latest(delivered), $"late: {Words.Of(chosen.Command)} of {chosen.On:yyyy-MM-dd} on {delivered:yyyy-MM-dd}",
            delivered.DayNumber - chosen.On.DayNumber);
    }

    private Bend? Withdrawn()
    {
        if (Any(command => FactKinds.MayBeReversed(command)) is not { } chosen)
        {
            return null;
        }

        DateOnly day = Later(chosen.On, 0);
        AccountCommand withdrawal = chosen.Command is ReceiveRepayment repayment && random.Next(2) == 0
            ? new ReturnRepayment(repayment.RepaymentId, "bank") { EffectiveOn = day }
            : new ReverseFact(0, "wrong") { EffectiveOn = day };
        return new Bend(
            Without(chosen), Placed([.. script.Steps], day, new Step(day, withdrawal), out Step special), special, chosen, Latest(day),
            $"withdrawn on {day:yyyy-MM-dd}: {Words.Of(chosen.Command)} of {chosen.On:yyyy-MM-dd}", day.DayNumber - chosen.On.DayNumber);
    }

    private Bend? Replaced()
    {
        if (Any(command => FactKinds.MayBeReversed(command) && Changed(command) is not null) is not { } chosen)
        {
            return null;
        }

        AccountCommand right = Changed(chosen.Command)!;
        DateOnly opened = script.Steps[0].On;
        DateOnly moved = chosen.On.AddDays(random.Next(-60, 40));
        bool moves = random.Next(2) == 0 && FactKinds.MayBeLate(right) && moved > opened && moved <= script.Until && moved != chosen.On;
        right = moves ? right with { EffectiveOn = moved } : right;
        DateOnly day = Later(moves && moved > chosen.On ? moved : chosen.On, 0);
        List<Step> straight = moves
            ? Placed(Without(chosen), moved, new Step(moved, right))
            : [.. script.Steps.Select(step => ReferenceEquals(step, chosen) ? new Step(chosen.On, right) : step)];
        AmendFact amendment = new(0, right, "typed wrongly") { EffectiveOn = day };
        return new Bend(
            straight, Placed([.. script.Steps], day, new Step(day, amendment), out Step special), special, chosen, Latest(day),
            $"on {day:yyyy-MM-dd} {Words.Of(right)} of {right.EffectiveOn:yyyy-MM-dd} "
            + $"for {Words.Of(chosen.Command)} of {chosen.On:yyyy-MM-dd}",
            day.DayNumber - (right.EffectiveOn < chosen.On ? right.EffectiveOn : chosen.On).DayNumber);
    }

    private Bend? Repriced()
    {
        List<string> loans = [.. script.Steps.Select(step => step.Command).OfType<ConfirmDisbursement>().Select(c => c.LoanId).Distinct()];
        DateOnly from = script.Steps[0].On.AddDays(random.Next(Math.Max(1, script.Until.DayNumber - script.Steps[0].On.DayNumber)));
        string? loan = loans.Count > 0 ? loans[random.Next(loans.Count)] : null;
        if (loan is not null && random.Next(2) == 0)
        {
            from = script.Steps.First(step => step.Command is ConfirmDisbursement c && c.LoanId == loan).On;
        }

        int ppm = 1 + random.Next(600);
        Step chosen = new(from, new SetPrice(loan, ppm, random.Next((ppm * 3 / 2) + 1), "recorded wrongly") { EffectiveOn = from });
        DateOnly delivered = Later(from, 1);
        List<Step> others = [.. script.Steps];
        return new Bend(
            Placed(others, from, chosen), Placed(others, delivered, chosen with { On = delivered }, out Step special), special, chosen,
            Latest(delivered), $"{Words.Of(chosen.Command)} since {from:yyyy-MM-dd} on {delivered:yyyy-MM-dd}",
            delivered.DayNumber - from.DayNumber);
    }

    private AccountCommand? Changed(AccountCommand command) => command switch
    {
        ReceiveRepayment c => c with { Sources = [new RepaymentSource("card", Other(c.Sources.Sum(Sample.Cny, s => s.Amount)))] },
        ReceiveRefund c => c with { Amount = Other(c.Amount) },
        PostOfflinePurchase c => c with { Amount = Other(c.Amount) },
        CapturePurchase c => c with { Amount = Other(c.Amount) },
        AuthorisePurchase c => c with { Amount = Other(c.Amount), Merchant = "other" },
        SetLimit c => c with { Total = Other(c.Total) },
        GrantTemporaryLimit c => c with { Limit = c.Limit with { Amount = Other(c.Limit.Amount) } },
        ReturnCreditBalance c => c with { Amount = Other(c.Amount) },
        WaiveDebt c => c with { Parts = c.Parts.Map(part => part with { Amount = Other(part.Amount) }) },
        EndRelief c => c with { By = c.By == Actor.Staff ? Actor.Borrower : Actor.Staff },
        ConfirmDisbursement c => c with { Reference = "other" },
        StartPlan c => c with { Amount = c.Amount is { } amount ? Other(amount) : null, Disclosure = CostTables.Read },
        // The rest: nothing in them that people type wrongly.
        _ => null,
    };

    private Money Other(Money amount) => Sample.Fen(random.Next(4) switch
    {
        0 => amount.MinorUnits * 10,
        1 => Math.Max(1, amount.MinorUnits / 10),
        2 => amount.MinorUnits + 1,
        _ => 1 + random.NextInt64(amount.MinorUnits * 2),
    });

    private Step? Any(Func<AccountCommand, bool> which)
    {
        List<Step> candidates = [.. script.Steps.Skip(1).Where(step => which(step.Command))];
        List<Step> relief = [.. candidates.Where(step => step.Command is AcceptRelief or EndRelief or WaiveDebt)];
        if (relief.Count > 0 && random.Next(4) == 0)
        {
            return relief[random.Next(relief.Count)]; // there are few of them, and much follows from each
        }

        int among = random.Next(6) == 0 ? Math.Min(3, candidates.Count) : candidates.Count;
        return among == 0 ? null : candidates[random.Next(among)];
    }

    // Often the next day, else any day up to the end: up to 24 months later.
    private DateOnly Later(DateOnly day, int least) => random.Next(8) switch
    {
        0 or 1 => day.AddDays(least),
        2 => day.AddDays(Math.Max(least, script.Until.DayNumber - day.DayNumber)),
        _ => day.AddDays(least + random.Next(Math.Max(1, script.Until.DayNumber - day.DayNumber))),
    };

    private DateOnly Latest(DateOnly day) => script.Until > day ? script.Until : day;

    private List<Step> Without(Step step) => [.. script.Steps.Where(other => !ReferenceEquals(other, step))];

    private static List<Step> Placed(List<Step> steps, DateOnly day, Step step) => Placed(steps, day, step, out _);

    private static List<Step> Placed(List<Step> steps, DateOnly day, Step step, out Step placed)
    {
        placed = step;
        return [.. steps.Where(other => other.On <= day), step, .. steps.Where(other => other.On > day)];
    }
}
