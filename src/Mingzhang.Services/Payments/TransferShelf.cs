using System.Data.Common;
using System.Text.Json;
using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Store;

namespace Mingzhang.Services.Payments;

/// <summary>The rows of transfers.</summary>
internal static class TransferShelf
{
    private const int AtOnce = 500;

    private const string Columns =
        "SELECT partition_id AS Partition, transfer_id AS Id, account_id AS Account, purpose AS Purpose, subject AS Subject, "
        + "token AS Token, source AS Source, amount AS Amount, currency AS Currency, partly AS Partly, pay_for AS PayFor, "
        + "state AS State, booked AS Booked, moved AS Moved, "
        + "reference AS Reference, reason AS Reason, asked_on AS AskedOn, asked_at AS AskedAt, moved_on AS MovedOn, "
        + "known_on AS KnownOn, tries AS Tries, next_at AS NextAt, version AS Version, mandate AS Mandate "
        + "FROM transfer ";

    private const string One = Columns + "WHERE partition_id = @partition AND transfer_id = @id";

    private const string Several = Columns + "WHERE partition_id BETWEEN 0 AND 1023 AND transfer_id IN @ids";

    private const string OfAccount =
        Columns + "WHERE partition_id = @partition AND account_id = @account ORDER BY asked_at DESC, transfer_id LIMIT @most";

    private const string Waiting =
        Columns + "WHERE partition_id BETWEEN 0 AND 1023 AND next_at > 0 AND next_at <= @now ORDER BY next_at LIMIT @most";

    private const string OfDay =
        Columns + "WHERE partition_id BETWEEN 0 AND 1023 AND moved_on = @day AND state IN ('done', 'returned')";

    private const string Silent =
        "SELECT count(*) FROM transfer WHERE partition_id BETWEEN 0 AND 1023 AND next_at > 0 AND state = 'sent' AND tries >= @tries";

    private const string Insert =
        "INSERT INTO transfer (partition_id, transfer_id, account_id, purpose, subject, token, source, amount, currency, partly, pay_for, "
        + "state, booked, moved, reference, reason, asked_on, asked_at, moved_on, known_on, tries, next_at, version, mandate) VALUES "
        + "(@Partition, @Id, @Account, @Purpose, @Subject, @Token, @Source, @Amount, @Currency, @Partly, @PayFor, @State, @Booked, "
        + "@Moved, @Reference, @Reason, @AskedOn, @AskedAt, "
        + "@MovedOn, @KnownOn, @Tries, @NextAt, 0, @Mandate) ON CONFLICT (partition_id, transfer_id) DO NOTHING";

    private const string Update =
        "UPDATE transfer SET state = @State, booked = @Booked, moved = @Moved, reference = @Reference, reason = @Reason, "
        + "moved_on = @MovedOn, known_on = @KnownOn, tries = @Tries, next_at = @NextAt, version = version + 1 "
        + "WHERE partition_id = @Partition AND transfer_id = @Id AND version = @Version";

    private const string AddStep =
        "INSERT INTO transfer_step (partition_id, transfer_id, number, at, step, detail) SELECT @partition, @id, "
        + "coalesce(max(number), 0) + 1, @at, @step, @detail FROM transfer_step WHERE partition_id = @partition AND transfer_id = @id";

    private const string AllSteps =
        "SELECT number AS Number, at AS At, step AS Step, detail AS Detail FROM transfer_step WHERE partition_id = @partition "
        + "AND transfer_id = @id ORDER BY number";

    /// <summary>One, or null.</summary>
    public static Transfer? Find(DbConnection connection, string id, DbTransaction? transaction = null) =>
        Transfer.PartitionOf(id) is { } partition
            ? connection.QueryFirstOrDefault<Row>(One, new { partition, id }, transaction)?.ToTransfer() : null;

    /// <summary>Those of so many names that there are, by name.</summary>
    public static Dictionary<string, Transfer> FindAll(DbConnection connection, IEnumerable<string> ids) => ids.Chunk(AtOnce)
        .SelectMany(some => connection.Query<Row>(Several, new { ids = some }))
        .Select(row => row.ToTransfer()).ToDictionary(transfer => transfer.Id, StringComparer.Ordinal);

    /// <summary>The latest of an account.</summary>
    public static IReadOnlyList<Transfer> Of(DbConnection connection, AccountId account, int most) =>
        [.. connection.Query<Row>(OfAccount, new { partition = account.PartitionId, account = account.Value, most })
            .Select(row => row.ToTransfer())];

    /// <summary>How many were asked about so often without an end.</summary>
    public static long Unanswered(DbConnection connection, int tries) => connection.ExecuteScalar<long>(Silent, new { tries });

    /// <summary>Those to go on with.</summary>
    public static IReadOnlyList<Transfer> Due(DbConnection connection, long now, int most) =>
        [.. connection.Query<Row>(Waiting, new { now, most }).Select(row => row.ToTransfer())];

    /// <summary>Those whose money moved on a day.</summary>
    public static IReadOnlyList<Transfer> MovedOn(DbConnection connection, DateOnly day) =>
        [.. connection.Query<Row>(OfDay, new { day = day.ToStored() }).Select(row => row.ToTransfer())];

    /// <summary>What happened to one, in order.</summary>
    public static IReadOnlyList<TransferStep> Steps(DbConnection connection, string id) =>
        [.. connection.Query<StepRow>(AllSteps, new { partition = Transfer.PartitionOf(id) ?? 0, id })
            .Select(row => new TransferStep((int)row.Number, row.At, row.Step, row.Detail))];

    /// <summary>Writes a new one; false when it stands there already.</summary>
    public static bool Add(DbConnection connection, DbTransaction transaction, Transfer transfer) =>
        connection.Execute(Insert, Row.Of(transfer), transaction) == 1;

    /// <summary>Writes a changed one; false when somebody else has changed it since it was read.</summary>
    public static bool Put(DbConnection connection, DbTransaction transaction, Transfer transfer) =>
        connection.Execute(Update, Row.Of(transfer), transaction) == 1;

    /// <summary>Adds what happened.</summary>
    public static void Step(DbConnection connection, DbTransaction transaction, Transfer transfer, long at, string step, string detail) =>
        connection.Execute(AddStep, new { partition = transfer.Account.PartitionId, id = transfer.Id, at, step, detail }, transaction);

    private sealed record StepRow
    {
        public long Number { get; init; }
        public long At { get; init; }
        public string Step { get; init; } = "";
        public string Detail { get; init; } = "";
    }

    private sealed record Row
    {
        public long Partition { get; init; }
        public string Id { get; init; } = "";
        public long Account { get; init; }
        public string Purpose { get; init; } = "";
        public string Subject { get; init; } = "";
        public string Token { get; init; } = "";
        public string Source { get; init; } = "";
        public long Amount { get; init; }
        public string Currency { get; init; } = "";
        public long Partly { get; init; }
        public string PayFor { get; init; } = "";
        public string Mandate { get; init; } = "";
        public string State { get; init; } = "";
        public long Booked { get; init; }
        public long Moved { get; init; }
        public string Reference { get; init; } = "";
        public string Reason { get; init; } = "";
        public long AskedOn { get; init; }
        public long AskedAt { get; init; }
        public long MovedOn { get; init; }
        public long KnownOn { get; init; }
        public long Tries { get; init; }
        public long NextAt { get; init; }
        public long Version { get; init; }

        public static Row Of(Transfer t) => new()
        {
            Partition = t.Account.PartitionId, Id = t.Id, Account = t.Account.Value, Purpose = TransferWords.Of(t.Purpose),
            Subject = t.Subject, Token = t.Token, Source = t.Source, Amount = t.Amount.MinorUnits, Currency = t.Amount.Currency.ToString(),
            Partly = t.Partly ? 1 : 0, PayFor = t.PayFor is null ? "" : JsonSerializer.Serialize(t.PayFor), Mandate = t.Mandate,
            State = TransferWords.Of(t.State), Booked = t.Booked ? 1 : 0, Moved = t.Moved, Reference = t.Reference,
            Reason = t.Reason, AskedOn = t.AskedOn.ToStored(), AskedAt = t.AskedAt, MovedOn = t.MovedOn?.ToStored() ?? 0,
            KnownOn = t.KnownOn?.ToStored() ?? 0, Tries = t.Tries,
            NextAt = t.NextAt, Version = t.Version,
        };

        public Transfer ToTransfer() => new()
        {
            Id = Id, Account = new AccountId(Account), Purpose = TransferWords.PurposeOf(Purpose), Subject = Subject, Token = Token,
            Source = Source, Amount = Money.Of(Amount, Domain.Values.Currency.Parse(Currency)), Partly = Partly == 1,
            Mandate = Mandate, PayFor = PayFor.Length == 0 ? null : JsonSerializer.Deserialize<PayFor>(PayFor),
            State = TransferWords.StateOf(State),
            Booked = Booked == 1, Moved = Moved, Reference = Reference, Reason = Reason, AskedOn = StoreDates.FromStored(AskedOn),
            AskedAt = AskedAt, MovedOn = Day(MovedOn), KnownOn = Day(KnownOn), Tries = (int)Tries, NextAt = NextAt,
            Version = Version,
        };

        private static DateOnly? Day(long stored) => stored == 0 ? null : StoreDates.FromStored(stored);
    }
}

/// <summary>How purposes and states are written.</summary>
public static class TransferWords
{
    /// <summary>repay, auto-repay, pay-out or pay-back.</summary>
    public static string Of(TransferPurpose purpose) => purpose switch
    {
        TransferPurpose.Repay => "repay", TransferPurpose.AutoRepay => "auto-repay", TransferPurpose.PayOut => "pay-out",
        TransferPurpose.PayBack => "pay-back",
        _ => throw new ArgumentOutOfRangeException(nameof(purpose)),
    };

    /// <summary>asked, sent, done, failed, refused or returned.</summary>
    public static string Of(TransferState state) => state.ToString().ToLowerInvariant();

    internal static TransferPurpose PurposeOf(string word) =>
        Enum.GetValues<TransferPurpose>().First(purpose => Of(purpose) == word);

    internal static TransferState StateOf(string word) => Enum.Parse<TransferState>(word, ignoreCase: true);
}
