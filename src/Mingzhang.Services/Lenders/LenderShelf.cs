using System.Data.Common;
using Dapper;
using Mingzhang.Domain.Ledger;
using Mingzhang.Domain.Values;
using Mingzhang.Store;

namespace Mingzhang.Services.Lenders;

/// <summary>The rows of what lenders are told.</summary>
internal static class LenderShelf
{
    private const string Columns =
        "SELECT partition_id AS Partition, line_id AS Id, account_id AS Account, lender AS Lender, day AS Day, loan AS Loan, "
        + "ledger AS Ledger, amount AS Amount, currency AS Currency, tries AS Tries, confirmed AS Confirmed FROM lender_line ";

    private const string Waiting =
        Columns + "WHERE partition_id BETWEEN 0 AND 1023 AND next_at > 0 AND next_at <= @now ORDER BY next_at LIMIT @most";

    private const string OfDay = Columns + "WHERE partition_id BETWEEN 0 AND 1023 AND lender = @lender AND day = @day";

    private const string OfAccount = Columns + "WHERE partition_id = @partition AND account_id = @account ORDER BY day DESC, line_id";

    private const string Moves =
        "SELECT position AS Position, account_id AS Account, sequence AS Sequence, booked_on AS BookedOn FROM journal "
        + "WHERE partition_id BETWEEN 0 AND 1023 AND position > @after ORDER BY position LIMIT @most";

    private const string ToldTo = "SELECT sequence FROM lender_account WHERE partition_id = @partition AND account_id = @account";

    private const string Place =
        "SELECT position FROM lender_day WHERE lender = '' ORDER BY day DESC LIMIT 1";

    private const string Sums =
        "SELECT lender AS Lender, loan AS Loan, ledger AS Ledger, CAST(SUM(amount) AS BIGINT) AS Amount FROM lender_line "
        + "WHERE partition_id = @partition AND account_id = @account GROUP BY lender, loan, ledger";

    private const string Insert =
        "INSERT INTO lender_line (partition_id, line_id, account_id, lender, day, loan, ledger, amount, currency, tries, confirmed, "
        + "next_at) VALUES (@partition, @id, @account, @lender, @day, @loan, @ledger, @amount, @currency, 0, 0, @next) "
        + "ON CONFLICT (partition_id, line_id) DO NOTHING";

    private const string Told =
        "INSERT INTO lender_account (partition_id, account_id, sequence) VALUES (@partition, @account, @sequence) "
        + "ON CONFLICT (partition_id, account_id) DO UPDATE SET sequence = excluded.sequence";

    private const string Answered =
        "UPDATE lender_line SET tries = tries + 1, confirmed = @confirmed, next_at = @next WHERE partition_id = @partition "
        + "AND line_id = @id AND confirmed = 0";

    private const string Done =
        "INSERT INTO lender_day (day, lender, lines, breaks, done_at, position) VALUES (@day, @lender, @lines, @breaks, @at, @position) "
        + "ON CONFLICT (day, lender) DO NOTHING";

    /// <summary>Lines to tell.</summary>
    public static IReadOnlyList<AdvisedLine> Due(DbConnection connection, long now, int most) =>
        [.. connection.Query<Row>(Waiting, new { now, most }).Select(row => row.ToLine())];

    /// <summary>Lines of a lender and day.</summary>
    public static IReadOnlyList<AdvisedLine> Of(DbConnection connection, string lender, DateOnly day) =>
        [.. connection.Query<Row>(OfDay, new { lender, day = day.ToStored() }).Select(row => row.ToLine())];

    /// <summary>Lines of an account, latest day first.</summary>
    public static IReadOnlyList<AdvisedLine> Of(DbConnection connection, AccountId account) =>
        [.. connection.Query<Row>(OfAccount, new { partition = account.PartitionId, account = account.Value }).Select(row => row.ToLine())];

    /// <summary>Journal rows after a position, in its order.</summary>
    public static List<JournalMove> MovesAfter(DbConnection connection, long after, int most) =>
        connection.Query<JournalMove>(Moves, new { after, most }).AsList();

    /// <summary>The row of an account up to which lenders were told; 0 = of none.</summary>
    public static long ToldOf(DbConnection connection, AccountId account) =>
        connection.ExecuteScalar<long?>(ToldTo, new { partition = account.PartitionId, account = account.Value }) ?? 0;

    /// <summary>The journal position after which the next day begins.</summary>
    public static long PlaceOf(DbConnection connection) => connection.ExecuteScalar<long?>(Place) ?? 0;

    /// <summary>What the lenders were told of an account so far, by lender, loan and ledger account.</summary>
    public static Dictionary<(string Lender, string Loan, int Ledger), long> SumsOf(DbConnection connection, AccountId account) =>
        connection.Query<(string Lender, string Loan, long Ledger, long Amount)>(
            Sums, new { partition = account.PartitionId, account = account.Value })
            .ToDictionary(row => (row.Lender, row.Loan, (int)row.Ledger), row => row.Amount);

    /// <summary>Keeps the lines of an account and that they reach up to a sequence.</summary>
    public static void Keep(
        DbConnection connection, DbTransaction transaction, AccountId account, long sequence, IReadOnlyList<AdvisedLine> lines, long next)
    {
        foreach (var line in lines)
        {
            connection.Execute(
                Insert,
                new
                {
                    partition = account.PartitionId, id = line.Id, account = account.Value, lender = line.Lender,
                    day = line.Day.ToStored(), loan = line.Loan, ledger = (int)(line.Ledger ?? default), amount = line.Amount,
                    currency = line.Currency, next,
                },
                transaction);
        }

        connection.Execute(Told, new { partition = account.PartitionId, account = account.Value, sequence }, transaction);
    }

    /// <summary>A lender booked a line, or it is told again at a time.</summary>
    public static void Answer(DbConnection connection, DbTransaction transaction, AdvisedLine line, bool confirmed, long next) =>
        connection.Execute(
            Answered,
            new { partition = line.Account.PartitionId, id = line.Id, confirmed = confirmed ? 1 : 0, next = confirmed ? 0 : next },
            transaction);

    /// <summary>A day is written (no lender), with the position up to which the journal was read, or compared (a lender's).</summary>
    public static void DayDone(
        DbConnection connection, DbTransaction transaction, DateOnly day, string lender, int lines, int breaks, long at,
        long position = 0) =>
        connection.Execute(Done, new { day = day.ToStored(), lender, lines, breaks, at, position }, transaction);

    /// <summary>The last day that was written or compared, or null.</summary>
    public static DateOnly? LastDay(DbConnection connection, string lender) =>
        connection.ExecuteScalar<long?>("SELECT max(day) FROM lender_day WHERE lender = @lender", new { lender }) is { } day
            ? StoreDates.FromStored(day) : null;

    /// <summary>A journal row's place.</summary>
    public sealed record JournalMove
    {
        /// <summary>In the whole journal.</summary>
        public long Position { get; init; }

        /// <summary>Whose.</summary>
        public long Account { get; init; }

        /// <summary>Within the account.</summary>
        public long Sequence { get; init; }

        /// <summary>Its business day, yyyymmdd.</summary>
        public long BookedOn { get; init; }
    }

    private sealed record Row
    {
        public long Partition { get; init; }
        public string Id { get; init; } = "";
        public long Account { get; init; }
        public string Lender { get; init; } = "";
        public long Day { get; init; }
        public string Loan { get; init; } = "";
        public long Ledger { get; init; }
        public long Amount { get; init; }
        public string Currency { get; init; } = "";
        public long Tries { get; init; }
        public long Confirmed { get; init; }

        public AdvisedLine ToLine() => new()
        {
            Id = Id, Account = new AccountId(Account), Lender = Lender, Day = StoreDates.FromStored(Day), Loan = Loan,
            Ledger = Ledger == 0 ? null : (LedgerAccount)Ledger, Amount = Amount, Currency = Currency, Tries = (int)Tries,
            Confirmed = Confirmed == 1,
        };
    }
}
