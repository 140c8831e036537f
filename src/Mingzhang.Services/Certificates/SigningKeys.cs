using System.Data.Common;
using Dapper;
using Mingzhang.Engine;
using Mingzhang.Papers.Signing;
using Mingzhang.Services.People;
using Mingzhang.Services.Tickets.Clocks;

namespace Mingzhang.Services.Certificates;

/// <summary>A signing key as it is kept.</summary>
/// <param name="Id">What people compare.</param>
/// <param name="Since">From when it signs, in China's time.</param>
public sealed record KeptKey(string Id, DateTimeOffset Since)
{
    /// <summary>When it was withdrawn; null = it is good.</summary>
    public KeyWithdrawal? Withdrawal { get; init; }

    /// <summary>Why; for the house alone.</summary>
    public string Why { get; init; } = "";
}

/// <summary>What withdrawing a key did.</summary>
/// <param name="Papers">Certificates that no longer count.</param>
/// <param name="Signs">The key that signs from now on.</param>
public sealed record KeyWithdrawn(int Papers, string Signs);

/// <summary>
/// The keys a house signs with. The first certificate draws one; the private half is kept sealed under the house's secret, the public
/// halves are published. A new one takes over for what is signed from then on; what the earlier ones signed stays good, unless one leaked
/// and is withdrawn.
/// </summary>
public sealed class SigningKeys(CreditHouse house, PeopleKeys people, TimeProvider time)
{
    /// <summary>Who signs, in the key's certificate.</summary>
    public const string Holder = "Mingzhang certificates";

    private const string Purpose = "signing";

    private const string All =
        "SELECT key_id AS KeyId, certificate AS Certificate, sealed AS Sealed, made_at AS MadeAt, withdrawn_at AS WithdrawnAt, "
        + "withdrawn_since AS WithdrawnSince, withdrawn_why AS WithdrawnWhy FROM certificate_key "
        + "ORDER BY CASE WHEN withdrawn_at = 0 THEN 0 ELSE 1 END, made_at DESC, key_id";

    private const string Add =
        "INSERT INTO certificate_key (key_id, certificate, sealed, made_at) VALUES (@keyId, @certificate, @bytes, @at)";

    private const string Withdraw =
        "UPDATE certificate_key SET withdrawn_at = @at, withdrawn_since = @since, withdrawn_why = @why "
        + "WHERE key_id = @keyId AND withdrawn_at = 0";

    /// <summary>All keys, the one that signs first, withdrawn ones last.</summary>
    public IReadOnlyList<KeptKey> Kept =>
    [
        .. Rows().Select(row => new KeptKey(row.KeyId, HouseTime.Of(row.MadeAt)) { Withdrawal = row.Withdrawal, Why = row.WithdrawnWhy }),
    ];

    /// <summary>All public halves, the one that signs first, withdrawn ones last.</summary>
    public IReadOnlyList<VerifyingKey> Public => [.. Rows().Select(Half).OfType<VerifyingKey>()];

    /// <summary>All public halves as they are published.</summary>
    public string Pem => string.Concat(Public.Select(key => key.Pem));

    /// <summary>The key that signs now; drawn when there is none. The caller disposes it.</summary>
    public async Task<SigningKey> CurrentAsync()
    {
        if (Rows() is not [{ Withdrawal: null } row, ..])
        {
            await RotateAsync(onlyFirst: true);
            row = Rows()[0];
        }

        return SigningKey.Read(people.OpenSecret(Purpose, row.Sealed), row.Certificate);
    }

    /// <summary>Draws a new key, which signs from now on. Its id.</summary>
    public Task<string> RotateAsync() => RotateAsync(onlyFirst: false);

    /// <summary>
    /// Withdraws a key: nothing it signed since a day counts any more, and it never signs again. When it was the one that signs, another
    /// one is drawn in the same transaction. Null = there is no such key, or it was withdrawn before.
    /// </summary>
    /// <param name="id">The key's id.</param>
    /// <param name="since">The first day in China's time whose papers do not count; null = none of them counts.</param>
    /// <param name="why">For the house alone.</param>
    public async Task<KeyWithdrawn?> WithdrawAsync(string id, DateOnly? since, string why)
    {
        var now = time.GetUtcNow();
        using var key = SigningKey.New(Holder, now);
        var bytes = people.SealSecret(Purpose, key.Export());
        var at = HouseTime.Micros(new HouseTime(house, time).Now);
        var from = since is { } day ? HouseTime.Micros(new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), Deadlines.Beijing)) : 0;
        return await house.WriteAsync((connection, transaction) =>
        {
            if (connection.Execute(Withdraw, new { keyId = id, at, since = from, why }, transaction) == 0)
            {
                return null;
            }

            var signs = connection.Query<Row>(All, transaction: transaction).First();
            var next = signs.Withdrawal is null ? signs.KeyId : key.Public.Id;
            if (signs.Withdrawal is not null)
            {
                Insert(connection, transaction, key, bytes, now);
            }

            return new KeyWithdrawn(CertificateShelf.SetKeyWithdrawn(connection, transaction, id, from, at), next);
        });
    }

    /// <summary>Whether a key may sign, as a transaction sees it.</summary>
    internal static bool Signs(DbConnection connection, DbTransaction transaction, string id) =>
        connection.Query<Row>(All, transaction: transaction).Any(row => row.KeyId == id && row.Withdrawal is null);

    private async Task<string> RotateAsync(bool onlyFirst)
    {
        var now = time.GetUtcNow();
        using var key = SigningKey.New(Holder, now);
        var bytes = people.SealSecret(Purpose, key.Export());
        await house.WriteAsync((connection, transaction) =>

            // Another request of the same moment may have drawn it.
            onlyFirst && connection.Query<Row>(All, transaction: transaction).Any(row => row.Withdrawal is null)
                ? 0 : Insert(connection, transaction, key, bytes, now));
        return key.Public.Id;
    }

    private static int Insert(DbConnection connection, DbTransaction transaction, SigningKey key, byte[] bytes, DateTimeOffset now) =>
        connection.Execute(
            Add, new { keyId = key.Public.Id, certificate = key.Public.Certificate, bytes, at = HouseTime.Micros(now) }, transaction);

    private static VerifyingKey? Half(Row row) =>
        row.Withdrawal is { } gone ? VerifyingKey.Of(row.Certificate)?.WithdrawnBy(gone) : VerifyingKey.Of(row.Certificate);

    private List<Row> Rows()
    {
        using var connection = house.OpenReadOnly();
        return connection.Query<Row>(All).AsList();
    }

    private sealed record Row
    {
        public string KeyId { get; init; } = "";
        public byte[] Certificate { get; init; } = [];
        public byte[] Sealed { get; init; } = [];
        public long MadeAt { get; init; }
        public long WithdrawnAt { get; init; }
        public long WithdrawnSince { get; init; }
        public string WithdrawnWhy { get; init; } = "";

        public KeyWithdrawal? Withdrawal => WithdrawnAt == 0 ? null
            : new KeyWithdrawal(HouseTime.Of(WithdrawnAt), WithdrawnSince == 0 ? null : HouseTime.Of(WithdrawnSince));
    }
}
