using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Corrections;
using Mingzhang.Domain.Disclosure;
using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Values;
using Mingzhang.Domain.Versions;
using Mingzhang.Engine;

namespace Mingzhang.Services.Reading;

/// <summary>An account with everything a page or an explanation asks of it.</summary>
/// <param name="State">As it stands today, every day up to it passed.</param>
/// <param name="Terms">The terms it runs under.</param>
/// <param name="Today">The business date of the account.</param>
/// <param name="Book">All terms.</param>
/// <param name="History">Accepted entries, by sequence.</param>
public sealed record AccountView(
    AccountState State, ProductTerms Terms, DateOnly Today, TermsBook Book, IReadOnlyList<HistoryEntry> History)
{
    /// <summary>The accepted entries from the latest back; as many are read as are looked at, where the reader can.</summary>
    public IEnumerable<HistoryEntry> Latest { get => field ?? History.Reverse(); init; }

    /// <summary>Unpaid items and what accrued, as it would be posted today.</summary>
    public Money TotalDebt => State.TotalDebt(Terms, Today);

    /// <summary>Available limit of the general pool.</summary>
    public Money Available => State.Available(Today, null);

    /// <summary>Unpaid and billed, disputed items left out, without what still accrues.</summary>
    public Money Billed => SumOf(static item => item.BilledOn is not null);

    /// <summary>Unpaid and not yet billed; rows of loans and plans that are not yet due are not in it.</summary>
    public Money Unbilled => SumOf(static item => item.BilledOn is null && !item.Scheduled);

    /// <summary>What is payable today: everything due and accrued, and on a loan line what settles every loan.</summary>
    public Money Payable => Explainer.Payable(State, Terms, Today);

    /// <summary>What is due of all loans and plans today, penalties included.</summary>
    public Money DueOnLoans => State.Loans.Sum(State.Currency, loan => State.DueNow(loan, Today));

    /// <summary>A loan or plan row by row; null when the account never had it.</summary>
    public LoanExplanation? Loan(string id) => Explainer.Loan(State, History, Book, Terms, Today, id);

    /// <summary>Loans and plans that were settled, latest first.</summary>
    public IReadOnlyList<(string Id, DateOnly On)> SettledLoans =>
    [
        .. History.SelectMany(entry => entry.Events).OfType<LoanSettled>()
            .Where(settled => !State.Loans.Any(loan => loan.Id == settled.LoanId))
            .Select(settled => (settled.LoanId, settled.EffectiveOn)).Distinct().OrderByDescending(one => one.EffectiveOn),
    ];

    private Money SumOf(Func<DueItem, bool> keep) =>
        State.Items.Sum(State.Currency, item => !item.Disputed && keep(item) ? item.Unpaid : Money.Zero(State.Currency));
}

/// <summary>Reads accounts for pages, the API and the command line; asks the core, never computes beside it.</summary>
public sealed class AccountReader(CreditHouse house)
{
    private long _entriesRead;

    /// <summary>Entries of histories that were read for views since the start.</summary>
    public long EntriesRead => Interlocked.Read(ref _entriesRead);

    /// <summary>The account today; null when it was never opened.</summary>
    public async Task<AccountView?> FindAsync(AccountId account) =>
        await GlanceAsync(account) is not { } view ? null : view with
        {
            History = new LazyHistory(() => Until(account, view.State.Version)),
            Latest = new HistoryTail(view.State.Version, (after, upTo) => Counted(house.History(account, after, upTo))),
        };

    /// <summary>What belongs to the state that was read, whatever was booked since.</summary>
    private IReadOnlyList<HistoryEntry> Until(AccountId account, long version) =>
        Counted([.. house.History(account).TakeWhile(entry => entry.Sequence <= version)]);

    private IReadOnlyList<HistoryEntry> Counted(IReadOnlyList<HistoryEntry> entries)
    {
        Interlocked.Add(ref _entriesRead, entries.Count);
        return entries;
    }

    /// <summary>The account today without its history, which grows with its age; null when it was never opened.</summary>
    public async Task<AccountView?> GlanceAsync(AccountId account)
    {
        if (await house.ReadAsync(account) is not { Lifecycle: not NotOpened } state)
        {
            return null;
        }

        var today = house.BusinessDateOf(account);
        var terms = house.Terms.Find(state.Product, state.Terms.Version)!;
        return new AccountView(Explainer.RunAhead(state, terms, today).State, terms, today, house.Terms, []);
    }

    /// <summary>The account as it was on a day, by what was known on another; null when it was not open then.</summary>
    public AccountView? AsOf(AccountId account, DateOnly on, DateOnly knownOn)
    {
        var history = house.History(account);
        return AccountCorrector.AsOf(history, house.Terms, on, knownOn) is not { Lifecycle: not NotOpened } state
            ? null
            : new AccountView(
                state, house.Terms.Find(state.Product, state.Terms.Version)!, on, house.Terms,
                [.. history.Where(entry => entry.BookedOn <= knownOn)]);
    }

    /// <summary>What a command would do now, without doing it: the same decision on the same state.</summary>
    public async Task<Decision> TryAsync(AccountId account, AccountCommand command)
    {
        var today = house.BusinessDateOf(account);
        var state = await house.ReadAsync(account);
        if (Terms(state, command) is not { } terms)
        {
            return new Refused(command is OpenAccount or ReopenAccount ? new TermsNotEffective(Version(command)) : new AccountNotOpen());
        }

        state = state is null ? AccountState.Empty(account, terms.Currency) : Explainer.RunAhead(state, terms, today).State;
        if (AccountCorrector.NeedsHistory(command, today))
        {
            return AccountCorrector.Decide(state, house.History(account), command, house.Terms, today);
        }

        if (command is MoveToVersion move && VersionMove.Check(state, move, house.Terms) is { } refusal)
        {
            return new Refused(refusal);
        }

        var trace = default(NoTrace);
        var person = ExposureGate.Concerns(state, command) ? await house.PersonAsync(state) : null;
        return AccountDecider.Decide(state, command, terms, today, ref trace, person);
    }

    /// <summary>How much the owner may still borrow on an account, and why; null when the house knows no rules about persons.</summary>
    public async Task<ExposureExplanation?> ExposureAsync(AccountView view) =>
        ExposureExplainer.Of(view.State, view.Terms, await house.PersonAsync(view.State), view.Today);

    /// <summary>Everything a command would change, when it is a correction; null when it is none or would be refused.</summary>
    public async Task<CorrectionPreview?> PreviewAsync(AccountId account, AccountCommand command)
    {
        var today = house.BusinessDateOf(account);
        if (!AccountCorrector.NeedsHistory(command, today) || await house.ReadAsync(account) is not { Lifecycle: not NotOpened } state)
        {
            return null;
        }

        state = Explainer.RunAhead(state, house.Terms.Find(state.Product, state.Terms.Version)!, today).State;
        var answer = CorrectionPreviewer.Preview(state, house.History(account), command, house.Terms, today);
        return answer is CorrectionPreviewed previewed ? previewed.Preview : null;
    }

    private static int Version(AccountCommand command) => command switch
    {
        OpenAccount open => open.TermsVersion,
        ReopenAccount reopen => reopen.TermsVersion,
        // The rest: commands that name no version.
        _ => 0,
    };

    private ProductTerms? Terms(AccountState? state, AccountCommand command) => command switch
    {
        OpenAccount open => house.Terms.Find(open.Product, open.TermsVersion),
        ReopenAccount reopen when state is not null => house.Terms.Find(state.Product, reopen.TermsVersion),
        // The rest: commands that run under the version the account keeps.
        _ => state is null or { Lifecycle: NotOpened } ? null : house.Terms.Find(state.Product, state.Terms.Version),
    };
}
