using Dapper;
using Mingzhang.Domain.Ledger;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Store;

namespace Mingzhang.Web.Console;

/// <summary>One line of the trial balance, minor units.</summary>
[method: ExplicitConstructor]
public sealed record TrialLine(string Currency, long Ledger, long Debit, long Credit)
{
    /// <summary>The ledger account.</summary>
    public LedgerAccount Account => (LedgerAccount)Ledger;

    /// <summary>Minor units as money.</summary>
    public Money Amount(long minor) => Money.Of(minor, Domain.Values.Currency.Parse(Currency));
}

/// <summary>What a ledger account moved on a day.</summary>
[method: ExplicitConstructor]
public sealed record LedgerDay(long BookedOn, string Currency, long Debit, long Credit);

/// <summary>An entry that touches a ledger account.</summary>
public sealed record LedgerEntry(long Position, AccountId Account, long Sequence, DateOnly BookedOn, IReadOnlyList<Posting> Postings);

/// <summary>Reads the book: sums by ledger account, the days behind a sum, the entries behind a day.</summary>
public sealed class Ledgers(CreditHouse house)
{
    private const string Trial =
        "SELECT currency AS Currency, ledger AS Ledger, CAST(sum(debit) AS BIGINT) AS Debit, "
        + "CAST(sum(credit) AS BIGINT) AS Credit FROM ledger_day "
        + "WHERE partition_id BETWEEN 0 AND 1023 GROUP BY currency, ledger ORDER BY currency, ledger";

    private const string Days =
        "SELECT booked_on AS BookedOn, currency AS Currency, CAST(sum(debit) AS BIGINT) AS Debit, "
        + "CAST(sum(credit) AS BIGINT) AS Credit FROM ledger_day "
        + "WHERE partition_id BETWEEN 0 AND 1023 AND ledger = @ledger GROUP BY booked_on, currency ORDER BY booked_on DESC LIMIT 200";

    private const string Entries =
        "SELECT position AS Position, account_id AS Account, sequence AS Sequence, booked_on AS BookedOn, postings AS Postings "
        + "FROM journal WHERE partition_id BETWEEN 0 AND 1023 AND booked_on = @day AND length(postings) > 1 ORDER BY position LIMIT 2000";

    /// <summary>The trial balance of everything booked.</summary>
    public IReadOnlyList<TrialLine> Balance()
    {
        using var connection = house.OpenReadOnly();
        return [.. connection.Query<TrialLine>(Trial)];
    }

    /// <summary>The days of a ledger account, latest first.</summary>
    public IReadOnlyList<LedgerDay> DaysOf(LedgerAccount ledger)
    {
        using var connection = house.OpenReadOnly();
        return [.. connection.Query<LedgerDay>(Days, new { ledger = (int)ledger })];
    }

    /// <summary>The entries of a day that touch a ledger account.</summary>
    public IReadOnlyList<LedgerEntry> EntriesOf(LedgerAccount ledger, DateOnly day)
    {
        using var connection = house.OpenReadOnly();
        return
        [
            .. connection.Query<(long Position, long Account, long Sequence, long BookedOn, byte[] Postings)>(
                    Entries, new { day = day.ToStored() })
                .Select(row => new LedgerEntry(
                    row.Position, new AccountId(row.Account), row.Sequence, StoreDates.FromStored(row.BookedOn),
                    PostingCodec.Read(row.Postings)))
                .Where(entry => entry.Postings.Any(posting => posting.Account == ledger)),
        ];
    }
}
