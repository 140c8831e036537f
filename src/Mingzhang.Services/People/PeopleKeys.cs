using System.Security.Cryptography;
using System.Text;
using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;

namespace Mingzhang.Services.People;

/// <summary>What a search hash is of; the same text of another kind has another hash.</summary>
public enum SearchKind
{
    /// <summary>A name; spaces and case do not count.</summary>
    Name,

    /// <summary>A phone number; spaces, dashes and a leading +86 do not count.</summary>
    Phone,

    /// <summary>An identity number, in 18 characters.</summary>
    IdNumber,

    /// <summary>The last four digits of a phone or identity number.</summary>
    Tail,

    /// <summary>A log-in name.</summary>
    Login,

    /// <summary>A whole request, as it is.</summary>
    Content,
}

/// <summary>
/// The keys of people: wraps and unwraps data keys with the master keys, and makes keyed hashes by which a person is found without a plain
/// column. The secret of the hashes is drawn once for a house and kept wrapped, so that a new master key changes no hash.
/// </summary>
public sealed class PeopleKeys
{
    private const string Search = "search";

    private const string ReadSecret = "SELECT key_id AS KeyId, sealed AS Sealed FROM people_secret WHERE name = @name";

    private const string AddSecret =
        "INSERT INTO people_secret (name, key_id, sealed) VALUES (@name, @keyId, @wrapped) ON CONFLICT DO NOTHING";

    private const string ChangeSecret = "UPDATE people_secret SET key_id = @keyId, sealed = @wrapped WHERE name = @name";

    private readonly byte[] _search;

    private PeopleKeys(MasterKeys masters, byte[] search) => (Masters, _search) = (masters, search);

    /// <summary>The master keys this process was given.</summary>
    public MasterKeys Masters { get; }

    /// <summary>
    /// The keys of a house; the first call of a house draws its secret. Throws <see cref="PeopleKeysException"/> when the house is under a
    /// master key that was not given.
    /// </summary>
    /// <param name="house">Opened with <see cref="PeopleMigrations"/>.</param>
    /// <param name="masters">Makes or reads the master keys; told whether the house has none yet.</param>
    public static PeopleKeys Open(CreditHouse house, Func<bool, MasterKeys> masters)
    {
        var kept = Kept(house);
        var keys = masters(kept is null);
        if (kept is null)
        {
            var secret = RandomNumberGenerator.GetBytes(MasterKey.Length);
            var wrapped = keys.Current.Wrap(secret, Search);
            CryptographicOperations.ZeroMemory(secret);
            house.WriteAsync((connection, transaction) => connection.Execute(
                AddSecret, new { name = Search, keyId = keys.Current.Name, wrapped }, transaction)).GetAwaiter().GetResult();
            kept = Kept(house)!;
        }

        return new PeopleKeys(keys, Unwrap(keys, kept));
    }

    /// <summary>
    /// A keyed hash of a text, 32 bytes: HMAC-SHA256 of its <see cref="Normal"/> form under a key derived for its kind. Without the
    /// house's secret nobody can tell which text it is of, not even by trying all phone numbers.
    /// </summary>
    public byte[] SearchHash(SearchKind kind, string text)
    {
        var key = HKDF.DeriveKey(
            HashAlgorithmName.SHA256, _search, MasterKey.Length, info: Encoding.UTF8.GetBytes("mingzhang search " + kind));
        return HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(Normal(kind, text)));
    }

    /// <summary>A text as it is hashed.</summary>
    /// <example>Phone: "+86 199-0000-0001" → 19900000001. Name: "Li  Ming" → liming.</example>
    public static string Normal(SearchKind kind, string text)
    {
        var shown = text.Trim().Normalize(NormalizationForm.FormKC);
        return kind switch
        {
            SearchKind.Name => string.Concat(shown.Where(letter => !char.IsWhiteSpace(letter))).ToLowerInvariant(),
            SearchKind.Phone or SearchKind.Tail => Digits(shown),
            SearchKind.IdNumber => shown.ToUpperInvariant(),
            SearchKind.Content => text,
            SearchKind.Login => shown.ToLowerInvariant(),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    /// <summary>Seals a secret of the house, such as its signing key, under a key derived for its purpose; a new master key changes
    /// nothing.</summary>
    internal byte[] SealSecret(string purpose, byte[] secret) => Sealing.Seal(SecretKey(purpose), secret, Encoding.UTF8.GetBytes(purpose));

    /// <summary>Opens what <see cref="SealSecret"/> sealed. Throws <see cref="CryptographicException"/> when it was changed.</summary>
    internal byte[] OpenSecret(string purpose, byte[] bytes) =>
        Sealing.Open(SecretKey(purpose), bytes, Encoding.UTF8.GetBytes(purpose));

    internal static PersonKey NewKey(CustomerId customer, long version) =>
        new(RandomNumberGenerator.GetBytes(MasterKey.Length), customer, version);

    internal PersonKey Unwrap(CustomerId customer, long version, string keyId, byte[] dataKey) =>
        new(Named(Masters, keyId).Unwrap(dataKey, PersonKey.WrapContext(customer, version)), customer, version);

    /// <summary>Puts the house's secret under the current master key.</summary>
    internal void Rewrap(System.Data.Common.DbConnection connection, System.Data.Common.DbTransaction transaction) => connection.Execute(
        ChangeSecret, new { name = Search, keyId = Masters.Current.Name, wrapped = Masters.Current.Wrap(_search, Search) }, transaction);

    private byte[] SecretKey(string purpose) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256, _search, MasterKey.Length, info: Encoding.UTF8.GetBytes("mingzhang secret " + purpose));

    private static string Digits(string text)
    {
        var digits = string.Concat(text.Where(letter => !char.IsWhiteSpace(letter) && letter is not ('-' or '(' or ')')))
            .ToUpperInvariant();
        return digits.StartsWith("+86", StringComparison.Ordinal) ? digits[3..] : digits;
    }

    private static Secret? Kept(CreditHouse house)
    {
        using var connection = house.OpenReadOnly();
        return connection.QueryFirstOrDefault<Secret>(ReadSecret, new { name = Search });
    }

    private static byte[] Unwrap(MasterKeys keys, Secret kept)
    {
        try
        {
            return Named(keys, kept.KeyId).Unwrap(kept.Sealed, Search);
        }
        catch (CryptographicException cause)
        {
            throw new PeopleKeysException($"what master key {kept.KeyId} wrapped in this database was changed", cause);
        }
    }

    private static MasterKey Named(MasterKeys keys, string name) => keys.Find(name)
        ?? throw new PeopleKeysException($"the people of this database are under master key {name}, which was not given");

    private sealed record Secret
    {
        public string KeyId { get; init; } = "";
        public byte[] Sealed { get; init; } = [];
    }
}

/// <summary>The people of a database cannot be read with the master keys that were given.</summary>
public sealed class PeopleKeysException : Exception
{
    /// <summary>What is missing.</summary>
    public PeopleKeysException(string message)
        : base(message)
    {
    }

    /// <summary>What is missing, and how it showed.</summary>
    public PeopleKeysException(string message, Exception cause)
        : base(message, cause)
    {
    }

    /// <summary>Not used.</summary>
    public PeopleKeysException()
    {
    }
}
