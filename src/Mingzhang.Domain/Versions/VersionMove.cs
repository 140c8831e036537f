namespace Mingzhang.Domain.Versions;

/// <summary>Moving a running account to another version: what the account allows, what the book allows, and which day.</summary>
/// <remarks>
/// What is worse for the customer, or cannot be told, needs consent or a notice of <see cref="NoticeDays"/> days; until then the customer
/// may leave on the old terms. Contracts of running loans and plans keep their price (docs/rules/versions.md).
/// </remarks>
public static class VersionMove
{
    /// <summary>Days of notice before worse terms hold without consent. Sample parameter: the notice that the central bank asks of card
    /// issuers before a new rate, 45 calendar days (unsourced here).</summary>
    public const int NoticeDays = 45;

    /// <summary>Null, or why the versions do not allow it: the part of the check that needs the book.</summary>
    /// <param name="state">The account.</param>
    /// <param name="command">The move.</param>
    /// <param name="book">All versions.</param>
    public static Refusal? Check(AccountState state, MoveToVersion command, TermsBook book)
    {
        if (state.Lifecycle is NotOpened)
        {
            return new AccountNotOpen();
        }

        if (book.Find(state.Product, command.Version) is not { } terms || book.Find(state.Product, state.Terms.Version) is not { } kept)
        {
            return new TermsNotEffective(command.Version);
        }

        return command.Terms != KeptTerms.Of(terms)
            ? new InvalidCommand("terms", "what the account keeps of the version", "take it from the version in the book")
            : command.From < terms.EffectiveFrom
                ? new VersionChangeRefused($"version {terms.Version} begins on {terms.EffectiveFrom:yyyy-MM-dd}", terms.EffectiveFrom)
                {
                    RuleZh = $"第 {terms.Version} 版自 {terms.EffectiveFrom:yyyy-MM-dd} 起生效",
                }
            : command.Basis == MoveBasis.NotWorse && TermsComparison.NeedsConsent(TermsComparison.Of(kept, terms))
                ? new VersionChangeRefused("some terms are worse: it takes the customer's consent, or notice", null)
                {
                    RuleZh = "部分条款变差，须经客户同意或提前通知",
                }
            : VersionFit.Check(state, terms);
    }

    /// <summary>The first day on which a move may take over.</summary>
    public static DateOnly FirstOn(AccountState state, DateOnly from, MoveBasis basis, DateOnly bookedOn)
    {
        var least = bookedOn.AddDays(basis == MoveBasis.Notice ? NoticeDays : 1);
        var earliest = from > least ? from : least;
        var day = state.Cycle.NextStatementOn;
        if (state.Cycle.StatementDay == 0 || day == DateOnly.MaxValue)
        {
            return earliest;
        }

        while (day < earliest)
        {
            day = Calendar.CycleDates.StatementInNextMonth(day, state.Cycle.StatementDay);
        }

        return day;
    }

    internal static Refusal? Check(AccountState state, MoveToVersion command)
    {
        if (Guards.IsActive(state) is { } early)
        {
            return early;
        }

        return command.Version <= state.Terms.Version
                ? new VersionChangeRefused($"the account runs under version {state.Terms.Version}; it moves to a later one only", null)
                {
                    RuleZh = $"账户现为第 {state.Terms.Version} 版，只能变更至更新的版本",
                }
            : state.NextVersion is { } booked
                ? new VersionChangeRefused($"a move to version {booked.Terms.Version} is booked", booked.On)
                {
                    RuleZh = $"已预约变更至第 {booked.Terms.Version} 版",
                }
            : command.Basis == MoveBasis.Consent ? Guards.Id("consentId", command.ConsentId)
            : null;
    }

    internal static void Unfold(Unfolding u, MoveToVersion command) =>
        u.Emit(new VersionMoveBooked(command, FirstOn(u.State, command.From, command.Basis, u.On)) { EffectiveOn = u.On });

    /// <summary>The day has come: from now on the account keeps the other version.</summary>
    internal static void PassDay(Unfolding u)
    {
        if (u.State.NextVersion is { } next && next.On <= u.On)
        {
            u.Emit(new VersionMoved(u.State.Terms.Version, next.Terms) { EffectiveOn = u.On });
        }
    }
}
