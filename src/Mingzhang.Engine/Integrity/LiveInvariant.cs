using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Corrections;
using Mingzhang.Domain.Ledger;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Values;
using Mingzhang.Store;

namespace Mingzhang.Engine.Integrity;

/// <summary>A rule that is looked at in the running house, account by account.</summary>
/// <param name="Number">Its number in docs/reliability.md; stable.</param>
/// <param name="Sentence">What holds.</param>
/// <param name="Check">Null when it holds, else what was found, with numbers. It may throw on a damaged account; that counts as
/// found.</param>
public sealed record LiveInvariant(int Number, string Sentence, Func<AccountEvidence, string?> Check);

/// <summary>One row of an account with what it did.</summary>
/// <param name="Row">The journal row.</param>
/// <param name="Before">The state before it.</param>
/// <param name="After">The state after it.</param>
/// <param name="Events">What happened; empty for a refusal.</param>
/// <param name="Postings">Its entry as stored.</param>
public sealed record EvidenceStep(
    JournalRow Row, AccountState Before, AccountState After, ValueList<AccountEvent> Events, IReadOnlyList<Posting> Postings);

/// <summary>All that is kept of one account, read once and folded anew for all invariants.</summary>
/// <param name="Account">Which.</param>
/// <param name="Rows">Its journal rows by sequence, refusals among them.</param>
/// <param name="Steps">The same, folded from the first.</param>
/// <param name="Kept">Its row for lists, read before the rows; null when it has none yet.</param>
/// <param name="Snapshot">Its snapshot, read before the rows, or null.</param>
/// <param name="Book">All terms.</param>
/// <param name="Today">The account's business date, read after the rows.</param>
public sealed record AccountEvidence(
    AccountId Account, IReadOnlyList<JournalRow> Rows, IReadOnlyList<EvidenceStep> Steps, AccountRow? Kept, StoredSnapshot? Snapshot,
    TermsBook Book, DateOnly Today)
{
    /// <summary>The account as its rows make it.</summary>
    public AccountState State => Steps[^1].After;

    /// <summary>The state after a sequence, or null.</summary>
    public AccountState? At(long sequence) => sequence >= 1 && sequence <= Steps.Count ? Steps[(int)sequence - 1].After : null;

    /// <summary>The accepted entries.</summary>
    public IReadOnlyList<HistoryEntry> History =>
    [
        .. Steps.Where(step => step.Row.Kind != RowKind.Refused)
            .Select(step => new HistoryEntry(step.Row.Sequence, step.Row.BookedOn, step.Events)),
    ];

    /// <summary>The terms of a state.</summary>
    public ProductTerms TermsOf(AccountState state) => Book.Find(state.Product, state.Terms.Version)
        ?? throw new BrokenInvariantException($"terms {state.Product} v{state.Terms.Version} are not in the book");

    /// <summary>The first finding of a check over all steps.</summary>
    internal string? First(Func<EvidenceStep, string?> check)
    {
        foreach (var step in Steps)
        {
            if (check(step) is { } found)
            {
                return $"sequence {step.Row.Sequence}: {found}";
            }
        }

        return null;
    }
}
