namespace Mingzhang.Domain.Relief;

/// <summary>Agreements for a customer who cannot pay as agreed: asked for, offered, accepted with the cost table read, kept, broken or
/// called off (docs/rules/relief.md).</summary>
internal static class ReliefRules
{
    /// <summary>Days in which agreements are counted.</summary>
    public const int Year = 365;

    private const int LongestReason = 500;

    private static ValueList<Permission> Use { get; } =
        [Permission.Spend, Permission.Borrow, Permission.Convert, Permission.TemporaryLimit];

    public static Refusal? Check(AccountState state, RequestRelief command, ProductTerms terms, DateOnly on)
    {
        var early = Guards.Id("reliefId", command.ReliefId) ?? Guards.IsOpen(state) ?? Reason(command.Reason);
        if (early is not null)
        {
            return early;
        }

        if (terms.Relief?.Offer(command.Wish) is null)
        {
            return new ReliefNotOffered(command.Wish);
        }

        if (LoanRules.IsUsed(state, command.ReliefId, on))
        {
            return new ReliefExists(command.ReliefId);
        }

        if (command.LoanId is { } id && !state.Loans.Any(loan => loan.Id == id && loan.IsCash))
        {
            return new LoanUnknown(id);
        }

        return state.Items.Count == 0 ? new ReliefDoesNotFit(ReliefMismatch.NothingOwed) : null;
    }

    public static void Unfold(Unfolding u, RequestRelief command) =>
        u.Emit(new ReliefRequested(command, AnswerBy(u)) { EffectiveOn = u.On });

    public static Refusal? Check(AccountState state, OfferRelief command, ProductTerms terms, DateOnly on)
    {
        var known = state.Reliefs.Find(relief => relief.Id == command.ReliefId);
        return Guards.Id("reliefId", command.ReliefId) ?? Guards.IsOpen(state) ?? Reason(command.Reason)
            ?? (known is { IsActive: true } || (known is null && LoanRules.IsUsed(state, command.ReliefId, on))
                ? new ReliefExists(command.ReliefId)
                : ReliefChecks.Of(state, terms, command.Plan, on));
    }

    public static void Unfold(Unfolding u, OfferRelief command) =>
        u.Emit(new ReliefOffered(command, AnswerBy(u)) { EffectiveOn = u.On });

    public static Refusal? Check(AccountState state, AcceptRelief command, ProductTerms terms, DateOnly on)
    {
        var early = Guards.Id("reliefId", command.ReliefId) ?? Guards.IsOpen(state) ?? Agreed(state, command, terms, on)
            ?? ReliefChecks.Of(state, terms, command.Plan, on);
        if (early is not null)
        {
            return early;
        }

        return ReliefQuotes.Of(state, terms, command.Plan, on) is { } quote
            ? LoanCostTables.Check(quote.Contract, command.Disclosure, terms, terms.Relief!.ReadingSeconds, on)
            : new ReliefDoesNotFit(ReliefMismatch.NoSchedule);
    }

    public static void Unfold(Unfolding u, AcceptRelief command)
    {
        if (!ReliefChecks.Begins(u.State, u.Terms, command, u.On))
        {
            return;
        }

        var (plan, daysBefore) = (command.Plan, u.State.DaysPastDue(u.On));
        var offer = u.Terms.Relief?.Offer(plan.Kind);
        PostGrown(u, plan);
        var moves = plan.LoanId is null && plan.Kind is ReliefKind.Deferral or ReliefKind.ReAge;
        var laid = moves ? null : ReliefRows.Of(u.State, u.Terms, command.ReliefId, plan, u.On);
        var billed = moves && plan.LoanId is null ? Billed(u.State) : [];
        var loan = u.State.Loans.Find(other => other.Id == plan.LoanId);
        u.Emit(new ReliefStarted(command, new ReliefAgreement(
            command.ReliefId, ReliefStage.Active, plan, u.On, null, EndsOn(u, plan, laid), offer?.BureauCode ?? 0, laid?.Loan.Id,
            loan is null ? [] : ReliefRows.Before(u.State, loan), loan?.Rate ?? Rate.PerDay(0), command.Disclosure?.CostTable ?? "",
            billed.Map(item => item.Id)))
        {
            EffectiveOn = u.On,
        });
        if (laid is not null)
        {
            u.Emit(laid with { EffectiveOn = u.On });
        }
        else if (billed.Count > 0)
        {
            u.Emit(new BillsMoved(
                command.ReliefId, billed.Map(item => item.Id), billed.Sum(u.Currency, item => item.Unpaid), plan.Kind == ReliefKind.ReAge)
            {
                EffectiveOn = u.On,
            });
        }

        if (offer is { StopsUse: true })
        {
            u.Emit(new RestrictedByRule(new Restriction(
                Stop(command.ReliefId), Use, RestrictionReason.ReliefRuns, u.On, null, null)) { EffectiveOn = u.On });
        }

        DelinquencyRules.CureWhatIsMet(u, daysBefore);
    }

    public static Refusal? Check(AccountState state, EndRelief command) => Guards.IsOpen(state) ?? Reason(command.Reason)
        ?? (state.Reliefs.Any(relief => relief.Id == command.ReliefId) ? null : new ReliefUnknown(command.ReliefId));

    public static void Unfold(Unfolding u, EndRelief command)
    {
        if (u.State.Reliefs.Find(relief => relief.Id == command.ReliefId) is { } relief)
        {
            End(u, relief, command, command.By == Actor.Borrower ? ReliefEnding.CalledOff : ReliefEnding.Declined);
        }
    }

    /// <summary>What days do: applications and offers lapse, agreements end when their time is over, or break.</summary>
    public static void PassDay(Unfolding u)
    {
        foreach (var relief in u.State.Reliefs)
        {
            if (relief.ExpiresOn <= u.On)
            {
                u.Emit(new ReliefEnded(relief.Id, null, ReliefEnding.Lapsed) { EffectiveOn = u.On });
            }
            else if (relief.EndsOn <= u.On)
            {
                Close(u, relief, null, ReliefEnding.Completed);
            }
            else if (relief is { IsActive: true, DebtId: { } debt } && u.Terms.Relief is { BreakAfterDays: > 0 } terms
                && DaysLate(u.State, debt, u.On) > terms.BreakAfterDays)
            {
                End(u, relief, null, ReliefEnding.Broken);
            }
        }
    }

    /// <summary>Agreements whose debt is paid are done, and what was only asked or offered has lost its object; written-off debt has no
    /// agreement.</summary>
    public static void CompleteWhatIsPaid(Unfolding u)
    {
        foreach (var relief in u.State.Reliefs)
        {
            var debtGone = relief.DebtId is { } debt && !u.State.Loans.Any(loan => loan.Id == debt);
            if (u.State.Items.Count == 0 || debtGone)
            {
                Close(u, relief, null, relief.IsActive ? ReliefEnding.Completed : ReliefEnding.Lapsed);
            }
            else if (relief.IsActive && u.State.Items.Any(item => item.WrittenOff && IsOf(relief, item)))
            {
                Close(u, relief, null, ReliefEnding.Declined);
            }
        }
    }

    private static bool IsOf(ReliefAgreement relief, DueItem item) =>
        relief.DebtId is { } debt ? item.LoanId == debt : relief.MovedItems.Any(id => id == item.Id);

    /// <summary>What stands on bills and may move: neither disputed nor written off.</summary>
    public static ValueList<DueItem> Billed(AccountState state) =>
        state.Items.Where(item => item is { BilledOn: not null, Scheduled: false, Disputed: false, WrittenOff: false });

    private static void End(Unfolding u, ReliefAgreement relief, EndRelief? fact, ReliefEnding how)
    {
        if (relief.IsActive)
        {
            GoBack(u, relief);
        }

        Close(u, relief, fact, how);
    }

    private static void GoBack(Unfolding u, ReliefAgreement relief)
    {
        if (u.State.Loans.Find(loan => loan.Id == relief.DebtId) is { } loan)
        {
            LoanRepayment.PostPenalties(u, loan.Id);
            u.Emit(ReliefRows.Back(u.State, relief, loan, u.On) with { EffectiveOn = u.On });
            return;
        }

        var waiting = u.State.Items.Where(item => item.BilledOn is null && relief.MovedItems.Any(id => id == item.Id));
        if (waiting.Count > 0 && u.State.LatestBill() is { } bill)
        {
            u.Emit(new BillsReturned(
                relief.Id, waiting.Map(item => item.Id), bill.IssuedOn, bill.DueOn >= u.On ? bill.DueOn : u.On) { EffectiveOn = u.On });
        }
    }

    private static void Close(Unfolding u, ReliefAgreement relief, EndRelief? fact, ReliefEnding how)
    {
        u.Emit(new ReliefEnded(relief.Id, fact, how) { EffectiveOn = u.On });
        if (u.State.Restrictions.Any(restriction => restriction.Id == Stop(relief.Id)))
        {
            u.Emit(new RestrictionEnded(Stop(relief.Id)) { EffectiveOn = u.On });
        }
    }

    private static void PostGrown(Unfolding u, ReliefPlan plan)
    {
        if (plan.LoanId is { } id)
        {
            if (u.State.Loans.Any(loan => loan.Id == id))
            {
                LoanRepayment.PostPenalties(u, id);
            }
        }
        else if (plan.Kind != ReliefKind.Deferral)
        {
            BillingRules.PostAccruals(u);
        }
    }

    private static DateOnly? EndsOn(Unfolding u, ReliefPlan plan, DebtReplanned? laid) => plan.Kind switch
    {
        ReliefKind.Deferral or ReliefKind.ReAge when plan.LoanId is null => u.State.Cycle.NextStatementOn,
        ReliefKind.Deferral when laid is not null => laid.Rows[plan.InterestOnly ? plan.Months : 0].DueOn,
        _ => null,
    };

    /// <summary>Days past due of the debt of an agreement; of a plan of bills those of the account.</summary>
    public static int DaysLate(AccountState state, string debt, DateOnly on) =>
        state.Loans.Any(loan => loan.Id == debt && loan.IsCash) ? LoanDays.PastDue(state, on, debt) : state.DaysPastDue(on);

    private static Refusal? Agreed(AccountState state, AcceptRelief command, ProductTerms terms, DateOnly on)
    {
        var known = state.Reliefs.Find(relief => relief.Id == command.ReliefId);
        var alone = terms.Relief?.Offer(command.Plan.Kind) is { SelfService: true };
        return known switch
        {
            { Stage: ReliefStage.Active } => new ReliefExists(command.ReliefId),
            { Stage: ReliefStage.Offered } when known.Plan != command.Plan =>
                new ReliefOutOfBounds("plan", "what was offered", "与机构提供的方案一致"),
            { Stage: ReliefStage.Offered } => null,
            null when LoanRules.IsUsed(state, command.ReliefId, on) => new ReliefExists(command.ReliefId),
            _ => alone ? null : terms.Relief?.Offer(command.Plan.Kind) is null
                ? new ReliefNotOffered(command.Plan.Kind)
                : new ReliefNeedsOffer(command.Plan.Kind),
        };
    }

    private static Refusal? Reason(string? reason) => reason is { Length: >= 1 and <= LongestReason }
        ? null
        : new InvalidCommand("reason", "1 to 500 characters", "Say why in a sentence.");

    private static DateOnly AnswerBy(Unfolding u) => u.On.AddDays(u.Terms.Relief?.AnswerDays ?? 1);

    private static string Stop(string reliefId) => $"relief-{reliefId}";
}
