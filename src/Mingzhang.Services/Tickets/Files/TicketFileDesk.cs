using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Tickets;
using Mingzhang.Engine;
using Mingzhang.Services.Tickets.Clocks;
using Mingzhang.Store;

namespace Mingzhang.Services.Tickets.Files;

/// <summary>The table of files.</summary>
public static class TicketFileMigrations
{
    /// <summary>In order of version.</summary>
    public static IReadOnlyList<Migration> All { get; } =
    [
        new("ticket-files", 1, """
            CREATE TABLE ticket_file (
                partition_id INTEGER NOT NULL,
                sequence     INTEGER NOT NULL,
                number       INTEGER NOT NULL,
                name         TEXT    NOT NULL,  -- the person's; written by ITicketText
                type         TEXT    NOT NULL,
                size         INTEGER NOT NULL,  -- bytes
                sha256       TEXT    NOT NULL,
                content      BLOB    NOT NULL,  -- the person's; written by ITicketText
                sent_by      TEXT    NOT NULL,
                at           INTEGER NOT NULL,  -- microseconds since 1970 UTC by the clock of the house
                PRIMARY KEY (partition_id, sequence, number)
            );
            """),
    ];
}

/// <summary>Files of tickets: in the database, never in a folder that a web server serves.</summary>
public sealed class TicketFileDesk(CreditHouse house, TicketDesk tickets, ITicketText texts)
{
    private const string All =
        "SELECT number AS Number, name AS Name, type AS Type, size AS Size, sha256 AS Sha256, sent_by AS SentBy, at AS At "
        + "FROM ticket_file WHERE partition_id = @partition AND sequence = @sequence ORDER BY number";

    private const string Content =
        "SELECT content FROM ticket_file WHERE partition_id = @partition AND sequence = @sequence AND number = @number";

    private const string Insert =
        "INSERT INTO ticket_file (partition_id, sequence, number, name, type, size, sha256, content, sent_by, at) VALUES (@partition, "
        + "@sequence, @number, @name, @type, @size, @sha256, @content, @by, @at)";

    /// <summary>
    /// Adds a file. Refused: 811 (neither PNG, JPEG nor PDF), 812 (above 3 MB), 813 (ten stand there), 801 (the ticket is closed). The same
    /// content twice is once.
    /// </summary>
    public async Task<(TicketFile? File, Refusal? Refusal)> AddAsync(Ticket ticket, string by, string? name, byte[] content, string key)
    {
        if (content.Length > FileTypes.Largest)
        {
            return (null, new FileTooLarge(FileTypes.Largest / 1024 / 1024));
        }

        return FileTypes.Of(content) is { } type
            ? await KeepAsync(ticket, by, FileTypes.Neutral(name, type), type, content, key) : (null, new FileNotAccepted());
    }

    /// <summary>
    /// Adds lines that the house itself wrote, such as those of a bureau report that differ: plain text, never what somebody sent as a
    /// file. Refused with 813 and 801.
    /// </summary>
    public Task<(TicketFile? File, Refusal? Refusal)> AddLinesAsync(Ticket ticket, string by, string name, string lines, string key) =>
        KeepAsync(ticket, by, name, "text/plain", Encoding.UTF8.GetBytes(lines), key);

    private async Task<(TicketFile? File, Refusal? Refusal)> KeepAsync(
        Ticket ticket, string by, string name, string type, byte[] content, string key)
    {
        if (ticket.State == TicketState.Closed)
        {
            return (null, new TicketStateForbids(ticket.Number.ToString(), TicketWords.Of(ticket.State)));
        }

        var sha256 = Convert.ToHexStringLower(SHA256.HashData(content));
        var (file, added) = await house.WriteAsync((connection, transaction) =>
        {
            using var pen = texts.Of(connection, ticket.Customer, transaction);
            var there = Of(connection, ticket, pen, transaction);
            if (there.FirstOrDefault(one => one.Sha256 == sha256) is { } same || there.Count >= FileTypes.MostFiles)
            {
                return (there.FirstOrDefault(one => one.Sha256 == sha256), false);
            }

            var file = new TicketFile(there.Count + 1, name, type, content.Length, sha256, by, tickets.Now);
            connection.Execute(
                Insert,
                new
                {
                    partition = ticket.Number.Partition, sequence = ticket.Number.Sequence, number = file.Number,
                    name = pen.Write(name), type, size = file.Size, sha256, content = pen.Write(content), by,
                    at = HouseTime.Micros(file.At),
                },
                transaction);
            return ((TicketFile?)file, true);
        });
        if (file is null)
        {
            return (null, new TooManyFiles(FileTypes.MostFiles));
        }

        if (added)
        {
            var what = string.Create(CultureInfo.InvariantCulture, $"#{file.Number} {type} {file.Size}");
            await tickets.NoteAsync(ticket.Number, by, "file", what, "", key);
        }

        return (file, null);
    }

    /// <summary>Those of a ticket, in order.</summary>
    public IReadOnlyList<TicketFile> Of(Ticket ticket)
    {
        using var connection = house.OpenReadOnly();
        using var pen = texts.Of(connection, ticket.Customer);
        return Of(connection, ticket, pen, null);
    }

    /// <summary>One with its content; null when there is none, or the person was erased.</summary>
    public (TicketFile File, byte[] Content)? Find(Ticket ticket, int number)
    {
        using var connection = house.OpenReadOnly();
        using var pen = texts.Of(connection, ticket.Customer);
        var file = Of(connection, ticket, pen, null).FirstOrDefault(one => one.Number == number);
        var written = file is null ? null : connection.ExecuteScalar<byte[]>(
            Content, new { partition = ticket.Number.Partition, sequence = ticket.Number.Sequence, number });
        return written is not null && pen.Read(written) is { } content ? (file!, content) : null;
    }

    private static List<TicketFile> Of(DbConnection connection, Ticket ticket, ITicketPen pen, DbTransaction? transaction) =>
    [
        .. connection.Query<Row>(All, new { partition = ticket.Number.Partition, sequence = ticket.Number.Sequence }, transaction)
            .Select(row => new TicketFile(
                (int)row.Number, pen.Read(row.Name), row.Type, row.Size, row.Sha256, row.SentBy, HouseTime.Of(row.At))),
    ];

    private sealed record Row
    {
        public long Number { get; init; }
        public string Name { get; init; } = "";
        public string Type { get; init; } = "";
        public long Size { get; init; }
        public string Sha256 { get; init; } = "";
        public string SentBy { get; init; } = "";
        public long At { get; init; }
    }
}
