using System.Runtime.CompilerServices;

namespace Mingzhang.Domain.Accounts;

/// <summary>A decision being made: emits events one by one, each folded in at once, so that the next step sees it.</summary>
internal sealed class Unfolding(AccountState state, ProductTerms terms, DateOnly on)
{
    private const int Usual = 4;

    private Few _first;
    private List<AccountEvent>? _more;
    private int _count;
    private bool _ownsState;

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
    public ValueList<AccountEvent> Events => _more is null
        ? ValueList.Create<AccountEvent>(_first[.._count])
        : ValueList.Create<AccountEvent>([.. _first[..Usual], .. _more]);

    /// <summary>Emits an event.</summary>
    public void Emit(AccountEvent happened)
    {
        if (happened is LoanEvent or DebtReplanned or OverdueChargePosted
            && TablePosting.Of(State, happened) is not InTable and var verdict)
        {
            throw new BrokenInvariantException($"52: {happened.GetType().Name} posts what its cost table does not list: {verdict}");
        }

        Keep(happened);
        var after = AccountEvolver.Evolve(State, happened);

        // These two bring a state along that belongs to the event.
        _ownsState = happened is not (AccountCorrected or AccountForked) && (_ownsState || !ReferenceEquals(after, State));
        State = after;
    }

    /// <summary>The state as one more journal entry, with its next date. Nothing may be emitted afterwards.</summary>
    public AccountState Finish(long sequence)
    {
        var next = NextDates.Of(State, Terms);
        return _ownsState ? State.Numbered(sequence, next) : State with { Version = sequence, NextDate = next };
    }

    private void Keep(AccountEvent happened)
    {
        if (_count < Usual)
        {
            _first[_count++] = happened;
        }
        else
        {
            (_more ??= []).Add(happened);
        }
    }

    [InlineArray(Usual)]
    private struct Few
    {
        private AccountEvent _event;
    }
}
