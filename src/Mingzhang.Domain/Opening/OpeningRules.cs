namespace Mingzhang.Domain.Opening;

/// <summary>Opening, reopening and the due day. One person has one account per product by the account's number.</summary>
internal static class OpeningRules
{
    public static Refusal? Check(AccountState state, OpenAccount command, ProductTerms terms, DateOnly on) => state.Lifecycle switch
    {
        Closed => new AccountAlreadyOpen(),
        Active => new AccountAlreadyOpen(),
        ClosingDown => new AccountAlreadyOpen(),
        NotOpened => command.Product != terms.Code || command.Account.Slot != terms.Slot
            ? new InvalidCommand("account", "the slot of the product", $"Product {terms.Code} has slot {terms.Slot}.")
            : Entry(terms, command.Consents, command.Card, command.Assessment, on)
                ?? (command.DueDay is { } day && terms.StatementDayFor(day) is null ? new DueDayNotOffered(day) : null),
    };

    public static void Unfold(Unfolding u, OpenAccount command)
    {
        var dueDay = u.Terms.Cycles.Count == 0 ? 0 : command.DueDay ?? u.Terms.Cycles[0].DueDays[0];
        var statementDay = u.Terms.StatementDayFor(dueDay) ?? 0;
        var firstOn = Calendar.CycleDates.NextStatement(u.On, statementDay);
        u.Emit(new AccountOpened(command, statementDay, dueDay, firstOn, KeptTerms.Of(u.Terms))
        {
            EffectiveOn = u.On,
        });
    }

    public static Refusal? Check(AccountState state, ReopenAccount command, ProductTerms terms, DateOnly on)
    {
        if (state.Lifecycle is not Closed closed)
        {
            return state.Lifecycle switch
            {
                NotOpened => new AccountNotOpen(),
                ClosingDown { ClosedOn: { } closedOn } => new ClosingInProgress(closedOn),
                Active or ClosingDown or Closed => new AccountAlreadyOpen(),
            };
        }

        var policy = terms.Reopening;
        if (!policy.Allowed || (closed.Forced && !policy.AllowedAfterForcedClosing))
        {
            return new ReopeningNotAllowed();
        }

        var possibleOn = closed.ClosedOn.AddDays(policy.WaitDays);
        return on < possibleOn ? new ReopeningTooEarly(possibleOn) : Entry(terms, command.Consents, command.Card, command.Assessment, on);
    }

    public static void Unfold(Unfolding u, ReopenAccount command) => u.Emit(
        new AccountReopened(command, Calendar.CycleDates.NextStatement(u.On, u.State.Cycle.StatementDay), KeptTerms.Of(u.Terms))
            { EffectiveOn = u.On });

    public static Refusal? Check(AccountState state, ChangeDueDay command, ProductTerms terms, DateOnly on)
    {
        if (Guards.IsActive(state) is { } early)
        {
            return early;
        }

        if (terms.StatementDayFor(command.DueDay) is null)
        {
            return new DueDayNotOffered(command.DueDay);
        }

        var nextOn = state.Cycle.DueDayChangedOn?.AddMonths(terms.MonthsBetweenDueDayChanges);
        return nextOn is { } day && on < day ? new DueDayChangedRecently(day) : null;
    }

    public static void Unfold(Unfolding u, ChangeDueDay command) => u.Emit(
        new DueDayChanged(command, u.Terms.StatementDayFor(command.DueDay) ?? u.State.Cycle.StatementDay) { EffectiveOn = u.On });

    private static Refusal? Entry(ProductTerms terms, ValueList<Consent> consents, BankCard? card, Assessment assessment, DateOnly on)
    {
        if (on < terms.EffectiveFrom)
        {
            return new TermsNotEffective(terms.Version);
        }

        if (terms.RequiredConsents.Find(code => !consents.Any(consent => consent.Code == code)) is { } missing)
        {
            return new ConsentMissing(missing);
        }

        if (card is null || card.LastFour.Length != 4)
        {
            return new BankCardMissing();
        }

        if (!assessment.Approved)
        {
            return new AssessmentDeclined(assessment.FailedCondition);
        }

        if (assessment.Limit.Currency != terms.Currency)
        {
            return new CurrencyMismatch(terms.Currency.ToString(), assessment.Limit.Currency.ToString());
        }

        var inBounds = assessment.Limit >= terms.Limits.Smallest && assessment.Limit <= terms.Limits.Largest;
        return inBounds ? null : new LimitOutOfBounds(terms.Limits.Smallest, terms.Limits.Largest);
    }
}
