using System.Data.Common;
using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Store;

namespace Mingzhang.Services.Certificates;

/// <summary>The rows of certificates.</summary>
internal static class CertificateShelf
{
    private const string Columns =
        "SELECT partition_id AS Partition, sequence AS Sequence, account_id AS Account, kind AS Kind, loan_id AS LoanId, "
        + "from_day AS FromDay, to_day AS ToDay, language AS Language, full_name AS FullName, journal_sequence AS JournalSequence, "
        + "content_hash AS ContentHash, code_hash AS CodeHash, code AS Code, key_id AS KeyId, made_at AS MadeAt, made_by AS MadeBy, "
        + "status AS Status, status_at AS StatusAt, reason AS Reason, checked_to AS CheckedTo FROM certificate ";

    private const string One = Columns + "WHERE partition_id = @partition AND sequence = @sequence";

    private const string ByAccount =
        Columns + "WHERE partition_id = @partition AND account_id = @account ORDER BY sequence DESC LIMIT @most";

    private const string ByKey = Columns + "WHERE partition_id = @partition AND request_key = @key";

    private const string Latest =
        Columns + "WHERE partition_id BETWEEN 0 AND 1023 ORDER BY made_at DESC, partition_id, sequence LIMIT @most";

    private const string ByHash =
        Columns + "WHERE (partition_id, sequence) IN (SELECT partition_id, sequence FROM certificate_file "
        + "WHERE partition_id BETWEEN 0 AND 1023 AND sha256 = @sha256) AND partition_id BETWEEN 0 AND 1023";

    private const string InDoubt =
        Columns + "WHERE partition_id BETWEEN 0 AND 1023 AND status = 1 AND doubted > checked_to "
        + "ORDER BY partition_id, sequence LIMIT @most";

    private const string Doubt =
        "UPDATE certificate SET doubted = @to WHERE partition_id = @partition AND account_id = @account AND status = 1 AND doubted < @to "
        + "AND checked_to < @to";

    private const string Next = "SELECT coalesce(max(sequence), 0) + 1 FROM certificate WHERE partition_id = @partition";

    private const string MadeSince =
        "SELECT count(*) FROM certificate WHERE partition_id = @partition AND customer_id = @customer AND made_at >= @since";

    private const string Insert =
        "INSERT INTO certificate (partition_id, sequence, customer_id, account_id, kind, loan_id, from_day, to_day, language, full_name, "
        + "journal_sequence, content_hash, code_hash, code, key_id, made_at, made_by, request_key, status, status_at, reason, checked_to) "
        + "VALUES (@Partition, @Sequence, @Customer, @Account, @Kind, @LoanId, @FromDay, @ToDay, @Language, @FullName, @JournalSequence, "
        + "@ContentHash, @CodeHash, @Code, @KeyId, @MadeAt, @MadeBy, @Key, 1, 0, '', @JournalSequence)";

    private const string InsertFile =
        "INSERT INTO certificate_file (partition_id, sequence, format, sha256, size, content) "
        + "VALUES (@partition, @sequence, @format, @sha256, @size, @content)";

    private const string AllFiles =
        "SELECT format AS Format, sha256 AS Sha256, size AS Size FROM certificate_file "
        + "WHERE partition_id = @partition AND sequence = @sequence ORDER BY format";

    private const string FileContent =
        "SELECT content FROM certificate_file WHERE partition_id = @partition AND sequence = @sequence AND format = @format";

    private const string Change =
        "UPDATE certificate SET status = @status, status_at = @at, reason = @reason "
        + "WHERE partition_id = @partition AND sequence = @sequence AND status < @status";

    private const string WithdrawKey =
        "UPDATE certificate SET status = 4, status_at = @at WHERE partition_id BETWEEN 0 AND 1023 AND key_id = @keyId AND status = 1 "
        + "AND made_at >= @since";

    private const string Checked =
        "UPDATE certificate SET checked_to = @to WHERE partition_id = @partition AND sequence = @sequence AND checked_to < @to";

    public static CertificateRow? Find(DbConnection connection, CertificateNumber number, DbTransaction? transaction = null) =>
        connection.QueryFirstOrDefault<CertificateRow>(
            One, new { partition = number.Partition, sequence = number.Sequence }, transaction);

    public static CertificateRow? ByRequest(DbConnection connection, int partition, string key, DbTransaction? transaction = null) =>
        connection.QueryFirstOrDefault<CertificateRow>(ByKey, new { partition, key }, transaction);

    public static CertificateRow? ByFile(DbConnection connection, string sha256) =>
        connection.QueryFirstOrDefault<CertificateRow>(ByHash, new { sha256 });

    public static List<CertificateRow> Doubted(DbConnection connection, int most) =>
        connection.Query<CertificateRow>(InDoubt, new { most }).AsList();

    public static void SetDoubted(DbConnection connection, DbTransaction transaction, AccountId account, long to) =>
        connection.Execute(Doubt, new { partition = account.PartitionId, account = account.Value, to }, transaction);

    public static List<CertificateRow> Of(DbConnection connection, AccountId account, int most) => connection.Query<CertificateRow>(
        ByAccount, new { partition = account.PartitionId, account = account.Value, most }).AsList();

    public static List<CertificateRow> All(DbConnection connection, int most) =>
        connection.Query<CertificateRow>(Latest, new { most }).AsList();

    public static long NextOf(DbConnection connection, DbTransaction transaction, int partition) =>
        connection.ExecuteScalar<long>(Next, new { partition }, transaction);

    public static long CountSince(DbConnection connection, CustomerId customer, long since) => connection.ExecuteScalar<long>(
        MadeSince, new { partition = customer.PartitionId, customer = customer.Value, since });

    public static void Add(DbConnection connection, DbTransaction transaction, CertificateRow row) =>
        connection.Execute(Insert, row, transaction);

    public static void AddFile(
        DbConnection connection, DbTransaction transaction, CertificateNumber number, CertificateFile file, byte[] content) =>
        connection.Execute(
            InsertFile,
            new
            {
                partition = number.Partition, sequence = number.Sequence, format = file.Format, sha256 = file.Sha256, size = file.Size,
                content,
            },
            transaction);

    public static List<CertificateFile> Files(DbConnection connection, CertificateNumber number) => connection.Query<CertificateFile>(
        AllFiles, new { partition = number.Partition, sequence = number.Sequence }).AsList();

    public static byte[]? Content(DbConnection connection, CertificateNumber number, string format) =>
        connection.ExecuteScalar<byte[]>(
            FileContent, new { partition = number.Partition, sequence = number.Sequence, format });

    public static bool SetStatus(
        DbConnection connection, DbTransaction transaction, CertificateNumber number, CertificateStatus status, long at, string reason) =>
        connection.Execute(
            Change,
            new { partition = number.Partition, sequence = number.Sequence, status = (int)status, at, reason }, transaction) == 1;

    /// <summary>Those that are valid, signed by a key, and made at a moment or later, are so no more; how many.</summary>
    public static int SetKeyWithdrawn(DbConnection connection, DbTransaction transaction, string keyId, long since, long at) =>
        connection.Execute(WithdrawKey, new { keyId, since, at }, transaction);

    public static void SetChecked(DbConnection connection, DbTransaction transaction, CertificateNumber number, long to) =>
        connection.Execute(Checked, new { partition = number.Partition, sequence = number.Sequence, to }, transaction);
}

/// <summary>A row as it stands in the database.</summary>
internal sealed record CertificateRow
{
    public long Partition { get; init; }
    public long Sequence { get; init; }
    public long Customer { get; init; }
    public long Account { get; init; }
    public long Kind { get; init; }
    public string LoanId { get; init; } = "";
    public long FromDay { get; init; }
    public long ToDay { get; init; }
    public string Language { get; init; } = "";
    public long FullName { get; init; }
    public long JournalSequence { get; init; }
    public string ContentHash { get; init; } = "";
    public byte[] CodeHash { get; init; } = [];
    public byte[] Code { get; init; } = [];
    public string KeyId { get; init; } = "";
    public long MadeAt { get; init; }
    public string MadeBy { get; init; } = "";
    public string Key { get; init; } = "";
    public long Status { get; init; }
    public long StatusAt { get; init; }
    public string Reason { get; init; } = "";
    public long CheckedTo { get; init; }

    public Certificate ToCertificate() => new()
    {
        Number = new CertificateNumber((int)Partition, Sequence), Account = new AccountId(Account), Kind = (CertificateKind)Kind,
        LoanId = LoanId, From = StoreDates.FromStored(FromDay), To = StoreDates.FromStored(ToDay), Chinese = Language == "zh-CN",
        FullName = FullName == 1, JournalSequence = JournalSequence, ContentHash = ContentHash, KeyId = KeyId, MadeAt = MadeAt,
        MadeBy = MadeBy, Status = (CertificateStatus)Status, StatusAt = StatusAt, Reason = Reason,
    };
}
