namespace Mingzhang.Simulation;

/// <summary>Agreements and waivers.</summary>
public sealed partial class Generator
{
    private readonly List<string> _helped = [];

    private void ReliefDay(ReliefTerms terms)
    {
        if (Rare(8))
        {
            Waive();
        }

        foreach (Loan loan in _core.State.Loans.Where(l => l.IsCash).ToList())
        {
            if (Rare(4))
            {
                Agree(terms, loan.Id);
            }
        }

        if (_line.Core.Loan is null && Rare(_core.State.DaysPastDue(_day) > 0 ? 30 : 6))
        {
            Agree(terms, null);
        }

        if (_helped.Count > 0 && Rare(5))
        {
            Do(new EndRelief(Any(_helped), Chance(50) ? Actor.Borrower : Actor.Staff, "r") { EffectiveOn = _day });
        }
    }

    private void Waive()
    {
        AccountState s = _core.State;
        Loan? loan = s.Loans.Count > 0 && Chance(80) ? Any(s.Loans.ToList()) : null;
        List<WaivedPart> parts = [];
        foreach (Component component in new[] { Component.Principal, Component.Interest, Component.OverdueCharge, Component.Fee })
        {
            Money owed = s.Items.Sum(Sample.Cny, i => i.LoanId == loan?.Id && i.Component == component ? i.Unpaid : Sample.Fen(0));
            Money grown = component == Component.Interest && loan is null ? s.AccruedInterest(_line.Core, _day)
                : component == Component.OverdueCharge && loan is null ? s.AccruedCharge(_line.Core, _day) : Sample.Fen(0);
            if ((owed + grown).IsPositive && Chance(component == Component.Principal && !_line.Core.Relief!.WaivesPrincipal ? 3 : 60))
            {
                parts.Add(new WaivedPart(component, PartOf(owed + grown)));
            }
        }

        if (parts.Count > 0)
        {
            string id = Rare(20) && _helped.Count > 0 ? Any(_helped) : Id("w");
            Do(new WaiveDebt(id, Rare(20) ? "none" : loan?.Id, [.. parts], "r") { EffectiveOn = _day });
        }
    }

    private void Agree(ReliefTerms terms, string? loan)
    {
        ReliefKind kind = Any([ReliefKind.Deferral, ReliefKind.ReAge, ReliefKind.ReAmortise, ReliefKind.Replan]);
        AccountState s = _core.State;
        if (s.CreditBalance.IsPositive || (s.Disputes.Count > 0 && !_habits.WildDisputes) || s.Purchases.Any(p => p.Held.IsPositive))
        {
            return;
        }

        string id = Rare(30) && _helped.Count > 0 ? Any(_helped) : Id("h");
        _helped.Add(id);
        if (Chance(30))
        {
            Do(new RequestRelief(id, kind, Rare(20) ? "none" : loan, "r") { EffectiveOn = _day });
        }

        ReliefPlan plan = Wished(kind, loan);
        if (Chance(terms.Offer(kind) is { SelfService: true } ? 30 : 95))
        {
            Do(new OfferRelief(id, plan, "r") { EffectiveOn = _day });
        }

        if (Chance(90))
        {
            CostConfirmation? seen = Rare(20) ? null : Rare(20) ? new CostConfirmation("other", 60) : Rare(20)
                ? new CostConfirmation(CostTables.Shown, 4) : CostTables.Read;
            Do(new AcceptRelief(id, Rare(30) ? Wished(kind, loan) : plan, seen) { EffectiveOn = _day });
        }
    }

    private ReliefPlan Wished(ReliefKind kind, string? loan)
    {
        bool laidOut = kind is ReliefKind.ReAge or ReliefKind.Replan;
        int count = !laidOut ? 0 : loan is null && kind == ReliefKind.ReAge ? 0 : Rare(20) ? 61 : 1 + _random.Next(Chance(50) ? 6 : 24);
        return new ReliefPlan(
            kind, loan, kind == ReliefKind.Deferral ? 1 + _random.Next(Chance(3) ? 4 : 3) : 0,
            kind == ReliefKind.Deferral && loan is not null && Chance(40), count,
            laidOut && loan is not null && Chance(50) ? _day.AddDays(1 + _random.Next(30)) : null,
            kind == ReliefKind.Replan && loan is not null && Chance(50) ? 100 + _random.Next(200) : null);
    }
}
