using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Services.People;
using Mingzhang.Store;

namespace Mingzhang.Services.Progress.Import;

/// <summary>The rows of what people brought; what they say is sealed under the person's key: erasing the person erases it.</summary>
internal static class ImportShelf
{
    private const string Column = "spend_import.line";

    private const string Insert =
        "INSERT INTO spend_import (partition_id, account_id, batch, number, on_day, amount, source, same, line) "
        + "SELECT @partition, @account, @batch, coalesce(max(number), 0) + 1, @day, @amount, @source, @same, @line FROM spend_import "
        + "WHERE partition_id = @partition AND account_id = @account";

    private const string Columns =
        "SELECT number AS Number, batch AS Batch, on_day AS Day, amount AS Amount, source AS Source, line AS Line FROM spend_import "
        + "WHERE partition_id = @partition AND account_id = @account ";

    private const string All = Columns + "ORDER BY on_day DESC, number DESC";

    private const string Between = Columns + "AND on_day >= @since AND on_day <= @until ORDER BY on_day DESC, number DESC";

    private const string Known = "SELECT same FROM spend_import WHERE partition_id = @partition AND account_id = @account";

    private const string LastBatch =
        "SELECT coalesce(max(batch), 0) FROM spend_import WHERE partition_id = @partition AND account_id = @account";

    private const string DropBatch =
        "DELETE FROM spend_import WHERE partition_id = @partition AND account_id = @account AND batch = @batch";

    private const string DropOne =
        "DELETE FROM spend_import WHERE partition_id = @partition AND account_id = @account AND number = @number";

    private const string DropAll =
        "DELETE FROM spend_import WHERE partition_id = @partition AND account_id = @account";

    /// <summary>Keeps the lines that are not there yet as a batch of their own; how many.</summary>
    public static int Keep(
        DbConnection connection, DbTransaction transaction, AccountId account, PersonKey? key, IEnumerable<ImportedLine> lines)
    {
        var known = connection.Query<string>(Known, Place(account), transaction).ToHashSet(StringComparer.Ordinal);
        var batch = connection.ExecuteScalar<long>(LastBatch, Place(account), transaction) + 1;
        var kept = 0;
        foreach (var line in lines)
        {
            var same = SameOf(account, line);
            if (known.Add(same))
            {
                var said = JsonSerializer.Serialize(new Said(line.Merchant, line.What, line.Method, line.Reference));
                kept += connection.Execute(
                    Insert,
                    new
                    {
                        partition = account.PartitionId, account = account.Value, batch, day = line.On.ToStored(), amount = line.Amount,
                        source = line.Source, same,
                        line = key is null ? "p" + said : "s" + Convert.ToBase64String(key.Seal(Column, said)),
                    },
                    transaction);
            }
        }

        return kept;
    }

    /// <summary>Lines of an account between two days, latest first; those of an erased person are gone.</summary>
    public static IReadOnlyList<ImportedLine> Of(
        DbConnection connection, AccountId account, PersonKey? key, DateOnly since, DateOnly until) =>
        [.. connection.Query<Row>(
                Between,
                new
                {
                    partition = account.PartitionId, account = account.Value, since = since.ToStored(), until = until.ToStored(),
                }).Select(row => row.ToLine(key)).OfType<ImportedLine>()];

    /// <summary>All lines of an account, latest first.</summary>
    public static IReadOnlyList<ImportedLine> Of(DbConnection connection, AccountId account, PersonKey? key) =>
        [.. connection.Query<Row>(All, Place(account)).Select(row => row.ToLine(key)).OfType<ImportedLine>()];

    /// <summary>Deletes a batch, a line, or everything; how many lines.</summary>
    public static int Drop(DbConnection connection, DbTransaction transaction, AccountId account, long? batch, long? number) =>
        connection.Execute(
            batch is not null ? DropBatch : number is not null ? DropOne : DropAll,
            new { partition = account.PartitionId, account = account.Value, batch = batch ?? 0, number = number ?? 0 }, transaction);

    private static object Place(AccountId account) => new { partition = account.PartitionId, account = account.Value };

    // Names nobody and nothing: a hash over what makes two lines one.
    private static string SameOf(AccountId account, ImportedLine line) => Convert.ToHexStringLower(SHA256.HashData(
        System.Text.Encoding.UTF8.GetBytes(line.Reference.Length > 0
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{account} {line.Source} {line.Reference} {line.Amount}")
            : string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{account} {line.Source} {line.On:O} {line.Amount} {line.Merchant} {line.What}"))));

    private sealed record Said(string Merchant, string What, string Method, string Reference);

    private sealed record Row
    {
        public long Number { get; init; }
        public long Batch { get; init; }
        public long Day { get; init; }
        public long Amount { get; init; }
        public string Source { get; init; } = "";
        public string Line { get; init; } = "";

        public ImportedLine? ToLine(PersonKey? key)
        {
            try
            {
                var text = Line[0] == 'p' ? Line[1..] : key?.Open(Column, Convert.FromBase64String(Line[1..]));
                return text is null || JsonSerializer.Deserialize<Said>(text) is not { } said ? null
                    : new ImportedLine(StoreDates.FromStored(Day), said.Merchant, said.What, Amount, said.Method, said.Reference, Source)
                    {
                        Number = Number, Batch = Batch,
                    };
            }
            catch (CryptographicException)
            {
                // The person was erased: nobody can read it any more.
                return null;
            }
        }
    }
}
