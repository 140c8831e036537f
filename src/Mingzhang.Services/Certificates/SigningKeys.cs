using Dapper;
using Mingzhang.Engine;
using Mingzhang.Papers.Signing;
using Mingzhang.Services.People;
using Mingzhang.Services.Tickets.Clocks;

namespace Mingzhang.Services.Certificates;

/// <summary>A signing key as it is kept.</summary>
/// <param name="Id">What people compare.</param>
/// <param name="Since">From when it signs, in China's time.</param>
public sealed record KeptKey(string Id, DateTimeOffset Since);

/// <summary>
/// The keys a house signs with. The first certificate draws one; the private half is kept sealed under the house's secret, the public
/// halves are published. A new one takes over for what is signed from then on; what the earlier ones signed stays good.
/// </summary>
public sealed class SigningKeys(CreditHouse house, PeopleKeys people, TimeProvider time)
{
    /// <summary>Who signs, in the key's certificate.</summary>
    public const string Holder = "Mingzhang certificates";

    private const string Purpose = "signing";

    private const string All =
        "SELECT key_id AS KeyId, certificate AS Certificate, sealed AS Sealed, made_at AS MadeAt FROM certificate_key "
        + "ORDER BY made_at DESC, key_id";

    private const string Add =
        "INSERT INTO certificate_key (key_id, certificate, sealed, made_at) VALUES (@keyId, @certificate, @bytes, @at)";

    /// <summary>All keys, the one that signs first.</summary>
    public IReadOnlyList<KeptKey> Kept => [.. Rows().Select(row => new KeptKey(row.KeyId, HouseTime.Of(row.MadeAt)))];

    /// <summary>All public halves, the one that signs first.</summary>
    public IReadOnlyList<VerifyingKey> Public => [.. Rows().Select(row => VerifyingKey.Of(row.Certificate)).OfType<VerifyingKey>()];

    /// <summary>All public halves as they are published.</summary>
    public string Pem => string.Concat(Public.Select(key => key.Pem));

    /// <summary>The key that signs now; drawn when there is none. The caller disposes it.</summary>
    public async Task<SigningKey> CurrentAsync()
    {
        if (Rows() is not [var row, ..])
        {
            await RotateAsync(onlyFirst: true);
            row = Rows()[0];
        }

        return SigningKey.Read(people.OpenSecret(Purpose, row.Sealed), row.Certificate);
    }

    /// <summary>Draws a new key, which signs from now on. Its id.</summary>
    public Task<string> RotateAsync() => RotateAsync(onlyFirst: false);

    private async Task<string> RotateAsync(bool onlyFirst)
    {
        var now = time.GetUtcNow();
        using var key = SigningKey.New(Holder, now);
        var bytes = people.SealSecret(Purpose, key.Export());
        await house.WriteAsync((connection, transaction) =>
        {
            if (onlyFirst && connection.Query<Row>(All, transaction: transaction).Any())
            {
                return 0; // another request of the same moment drew it
            }

            return connection.Execute(
                Add, new { keyId = key.Public.Id, certificate = key.Public.Certificate, bytes, at = now.ToUnixTimeMilliseconds() * 1000 },
                transaction);
        });
        return key.Public.Id;
    }

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
    }
}
