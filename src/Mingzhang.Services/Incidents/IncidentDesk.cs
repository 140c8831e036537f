using Dapper;
using Mingzhang.Engine;

namespace Mingzhang.Services.Incidents;

/// <summary>Keeps incidents: declared by staff, or found by the house itself.</summary>
public sealed class IncidentDesk(CreditHouse house, TimeProvider time)
{
    private const int MostLooked = 1_000;

    private const string Columns =
        "SELECT number AS Number, kind AS Kind, zh AS Zh, en AS En, product AS Product, stops_use AS StopsUse, began_at AS BeganAt, "
        + "expected_at AS ExpectedAt, ended_at AS EndedAt, declared_by AS DeclaredBy FROM incident ";

    private const string Open = Columns + "WHERE ended_at = 0 ORDER BY number";
    private const string Latest = Columns + "ORDER BY number DESC LIMIT @most";

    private const string Insert =
        "INSERT INTO incident (number, kind, zh, en, product, stops_use, began_at, expected_at, ended_at, declared_by) "
        + "SELECT coalesce(max(number), 0) + 1, @kind, @zh, @en, @product, @stops, @now, @expected, 0, @by FROM incident";

    private const string OpenOf = "SELECT count(*) FROM incident WHERE kind = @kind AND ended_at = 0";
    private const string Last = "SELECT max(number) FROM incident";
    private const string Finish = "UPDATE incident SET ended_at = @now WHERE number = @number AND ended_at = 0";
    private const string FinishKind = "UPDATE incident SET ended_at = @now WHERE kind = @kind AND ended_at = 0";

    /// <summary>Whether a text is what an incident is called, such as INC-7.</summary>
    public static bool IsName(string text) => text.StartsWith("INC-", StringComparison.Ordinal) && text.Length is > 4 and <= 12
        && text.AsSpan(4).IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>One by its number; null when there is none among the latest.</summary>
    public Incident? Find(long number) => List(MostLooked).FirstOrDefault(one => one.Number == number);

    /// <summary>Those that last.</summary>
    public IReadOnlyList<Incident> Lasting()
    {
        using var connection = house.OpenReadOnly();
        return [.. connection.Query<Row>(Open).Select(row => row.ToIncident())];
    }

    /// <summary>The latest, whether over or not.</summary>
    public IReadOnlyList<Incident> List(int most)
    {
        using var connection = house.OpenReadOnly();
        return [.. connection.Query<Row>(Latest, new { most }).Select(row => row.ToIncident())];
    }

    /// <summary>Declares one; its number.</summary>
    public Task<long> DeclareAsync(string zh, string en, string product, bool stopsUse, DateTimeOffset? expected, string by) =>
        house.WriteAsync((connection, transaction) =>
        {
            connection.Execute(Insert, Values("declared", zh, en, product, stopsUse, expected, by), transaction);
            return connection.ExecuteScalar<long>(Last, transaction: transaction);
        });

    /// <summary>One is over; false when it was.</summary>
    public async Task<bool> EndAsync(long number) => await house.WriteAsync((connection, transaction) =>
        connection.Execute(Finish, new { now = Now(), number }, transaction)) == 1;

    /// <summary>What the house finds by itself: one lasting incident of a kind at most, which ends when the cause does.</summary>
    public async Task NoticeAsync(string kind, bool lasts, string zh, string en)
    {
        if (Lasting().Any(one => one.Kind == kind) == lasts)
        {
            return;
        }

        await house.WriteAsync((connection, transaction) =>
        {
            if (!lasts)
            {
                return connection.Execute(FinishKind, new { now = Now(), kind }, transaction);
            }

            return connection.ExecuteScalar<long>(OpenOf, new { kind }, transaction) > 0
                ? 0 : connection.Execute(Insert, Values(kind, zh, en, "", false, null, "system"), transaction);
        });
    }

    private object Values(string kind, string zh, string en, string product, bool stops, DateTimeOffset? expected, string by) => new
    {
        kind, zh, en, product, stops = stops ? 1 : 0, now = Now(), expected = (expected?.ToUnixTimeMilliseconds() ?? 0) * 1000, by,
    };

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;

    private sealed record Row
    {
        public long Number { get; init; }
        public string Kind { get; init; } = "";
        public string Zh { get; init; } = "";
        public string En { get; init; } = "";
        public string Product { get; init; } = "";
        public long StopsUse { get; init; }
        public long BeganAt { get; init; }
        public long ExpectedAt { get; init; }
        public long EndedAt { get; init; }
        public string DeclaredBy { get; init; } = "";

        public Incident ToIncident() =>
            new(Number, Kind, Zh, En, Product, StopsUse == 1, BeganAt, ExpectedAt, EndedAt, DeclaredBy);
    }
}
