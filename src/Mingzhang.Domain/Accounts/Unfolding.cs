namespace Mingzhang.Domain.Accounts;

/// <summary>A decision being made: emits events one by one, each folded in at once, so that the next step sees it.</summary>
internal sealed class Unfolding(AccountState state, ProductTerms terms, DateOnly on)
{
    private readonly List<AccountEvent> _events = [];

    /// <summary>The state with everything emitted so far.</summary>
    public AccountState State { get; private set; } = state;

    /// <summary>The terms that hold.</summary>
    public ProductTerms Terms { get; } = terms;

    /// <summary>The economic date of the command.</summary>
    public DateOnly On { get; } = on;

    /// <summary>What the person's debts were when it was decided; null where nobody looked.</summary>
    public ExposureProof? Exposure { get; init; }

    /// <summary>The account's currency.</summary>
    public Currency Currency => State.Currency;

    /// <summary>What was emitted.</summary>
    public ValueList<AccountEvent> Events => ValueList.From(_events);

    /// <summary>Emits an event.</summary>
    public void Emit(AccountEvent happened)
    {
        if (happened is LoanEvent or DebtReplanned or OverdueChargePosted
            && TablePosting.Of(State, happened) is not InTable and var verdict)
        {
            throw new BrokenInvariantException($"52: {happened.GetType().Name} posts what its cost table does not list: {verdict}");
        }

        _events.Add(happened);
        State = AccountEvolver.Evolve(State, happened);
    }

    /// <summary>The state as one more journal entry, with its next date.</summary>
    public AccountState Finish(long sequence) => State with { Version = sequence, NextDate = NextDates.Of(State, Terms) };
}
