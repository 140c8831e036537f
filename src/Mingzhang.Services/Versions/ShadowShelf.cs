using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Dapper;
using Mingzhang.Domain.Versions;
using Mingzhang.Engine;
using Mingzhang.Engine.Encoding;
using Mingzhang.Store;

namespace Mingzhang.Services.Versions;

/// <summary>What a shadow run was asked, by whom and when.</summary>
/// <param name="Id">Its name: from the version's text, the question and the business day, so that the same is asked once.</param>
/// <param name="Product">Which product.</param>
/// <param name="Version">Its version that is tried.</param>
/// <param name="Json">The product file as tried.</param>
/// <param name="Question">How far, and how customers pay.</param>
/// <param name="On">The business day.</param>
/// <param name="At">When.</param>
/// <param name="By">Login of the member of staff.</param>
public sealed record ShadowAsked(
    string Id, string Product, int Version, string Json, ShadowQuestion Question, DateOnly On, DateTimeOffset At, string By);

/// <summary>A shadow run as it stands.</summary>
/// <param name="Asked">What was asked.</param>
/// <param name="SeenAt">Last sign of life of the server that runs it.</param>
/// <param name="Accounts">Live accounts of the product; 0 while they are counted.</param>
/// <param name="Looked">Accounts looked at so far.</param>
/// <param name="Found">What it found; null while it runs, or when it broke off.</param>
/// <param name="Broken">Why it broke off; null = it did not, or nobody could say because the server ended.</param>
public sealed record ShadowState(
    ShadowAsked Asked, DateTimeOffset SeenAt, long Accounts, long Looked, ShadowFound? Found, string? Broken)
{
    /// <summary>Whether it still runs, here or on another server: it is not done, and gave a sign of life within a minute.</summary>
    public bool Runs { get; init; }
}

/// <summary>The rows of shadow runs.</summary>
internal static class ShadowShelf
{
    private const string Columns =
        "SELECT run_id AS Id, product AS Product, version AS Version, terms AS Terms, bills AS Bills, "
        + "payer AS Payer, asked_on AS AskedOn, asked_at AS AskedAt, asked_by AS AskedBy, seen_at AS SeenAt, "
        + "accounts AS Accounts, looked AS Looked, found AS Found, "
        + "broken AS Broken FROM shadow_run ";

    private const string ById = Columns + "WHERE run_id = @id";
    private const string Latest = Columns + "ORDER BY asked_at DESC, run_id LIMIT @most";

    private const string Write =
        "INSERT INTO shadow_run (run_id, product, version, terms, bills, payer, asked_on, asked_at, asked_by, seen_at, accounts, looked, "
        + "found, broken) VALUES (@Id, @Product, @Version, @Json, @Bills, @payer, @on, @at, @By, @seen, @Accounts, "
        + "@Looked, @found, @broken) ON CONFLICT (run_id) DO UPDATE SET asked_at = excluded.asked_at, "
        + "asked_by = excluded.asked_by, seen_at = excluded.seen_at, "
        + "accounts = excluded.accounts, looked = excluded.looked, found = excluded.found, broken = excluded.broken";

    private static readonly JsonSerializerOptions Json = new(DomainJson.Written)
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(DomainJson.Written.TypeInfoResolver, new DefaultJsonTypeInfoResolver()),
    };

    public static ShadowState? Find(CreditHouse house, string id)
    {
        using var connection = house.OpenReadOnly();
        return connection.QuerySingleOrDefault<Row>(ById, new { id })?.ToState();
    }

    public static IReadOnlyList<ShadowState> Last(CreditHouse house, int most)
    {
        using var connection = house.OpenReadOnly();
        return [.. connection.Query<Row>(Latest, new { most }).Select(row => row.ToState())];
    }

    public static Task<int> PutAsync(CreditHouse house, ShadowState state) => house.WriteAsync((connection, transaction) =>
        Put(connection, transaction, state));

    private static int Put(DbConnection connection, DbTransaction transaction, ShadowState state) => connection.Execute(
        Write,
        new
        {
            state.Asked.Id, state.Asked.Product, state.Asked.Version, state.Asked.Json, state.Asked.Question.Bills,
            payer = state.Asked.Question.Payer.ToString(), on = state.Asked.On.ToStored(), at = Micros(state.Asked.At), state.Asked.By,
            seen = Micros(state.SeenAt), state.Accounts, state.Looked,
            found = state.Found is null ? "" : JsonSerializer.Serialize(state.Found, Json), broken = state.Broken ?? "",
        },
        transaction);

    private static long Micros(DateTimeOffset at) => at.ToUnixTimeMilliseconds() * 1000;

    private static DateTimeOffset At(long micros) => DateTimeOffset.FromUnixTimeMilliseconds(micros / 1000);

    private sealed record Row
    {
        public string Id { get; init; } = "";
        public string Product { get; init; } = "";
        public long Version { get; init; }
        public string Terms { get; init; } = "";
        public long Bills { get; init; }
        public string Payer { get; init; } = "";
        public long AskedOn { get; init; }
        public long AskedAt { get; init; }
        public string AskedBy { get; init; } = "";
        public long SeenAt { get; init; }
        public long Accounts { get; init; }
        public long Looked { get; init; }
        public string Found { get; init; } = "";
        public string Broken { get; init; } = "";

        public ShadowState ToState() => new(
            new ShadowAsked(
                Id, Product, (int)Version, Terms, new ShadowQuestion((int)Bills, Enum.Parse<ShadowPayer>(Payer)),
                StoreDates.FromStored(AskedOn), At(AskedAt), AskedBy),
            At(SeenAt), Accounts, Looked, Found.Length == 0 ? null : JsonSerializer.Deserialize<ShadowFound>(Found, Json),
            Broken.Length == 0 ? null : Broken);
    }
}
