using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Mingzhang.Engine;

namespace Mingzhang.Web.Api;

/// <summary>A key without its secret.</summary>
/// <param name="Id">Its name; goes into the journal as who asked.</param>
/// <param name="Hash">SHA-256 of the key, hexadecimal.</param>
/// <param name="Scopes">What it may do, separated by spaces.</param>
/// <param name="Customer">0 = every customer, else only this one's accounts exist for it.</param>
/// <param name="Active">1 until revoked.</param>
/// <param name="Owner">The person who answers for it, the same name as the staff log-in; empty = nobody named.</param>
public sealed record ApiKey(string Id, string Hash, string Scopes, long Customer, long Active, string Owner);

/// <summary>The keys of the API. Every change goes through here, so a revoked key is out at once.</summary>
public sealed class ApiKeys(CreditHouse house)
{
    private const string Read =
        "SELECT id AS Id, hash AS Hash, scopes AS Scopes, customer AS Customer, active AS Active, "
        + "owner AS Owner FROM api_key";
    private const string Put =
        "INSERT INTO api_key (id, hash, scopes, customer, active, owner) VALUES (@Id, @Hash, @Scopes, @Customer, @Active, @Owner) "
        + "ON CONFLICT (id) DO UPDATE SET hash = @Hash, scopes = @Scopes, customer = @Customer, active = @Active, owner = @Owner";

    private readonly Lazy<ConcurrentDictionary<string, ApiKey>> _byHash = new(() => Load(house));

    /// <summary>The key behind a secret; null when unknown or revoked.</summary>
    public ApiKey? Find(string secret) => _byHash.Value.GetValueOrDefault(HashOf(secret)) is { Active: 1 } key ? key : null;

    /// <summary>Whether there is or was a key of this id.</summary>
    public bool Knows(string id) => _byHash.Value.Values.Any(key => key.Id == id);

    /// <summary>Adds a key, or replaces the one of this id.</summary>
    /// <param name="id">Its name, 1 to 64 characters.</param>
    /// <param name="secret">The key itself, at least 32 characters, beginning with mz_; only its hash is stored.</param>
    /// <param name="scopes">What it may do.</param>
    /// <param name="customer">0 = every customer.</param>
    /// <param name="owner">The person who answers for it; without one it may propose, never approve.</param>
    public Task PutAsync(string id, string secret, IEnumerable<string> scopes, long customer = 0, string owner = "") =>
        secret.Length >= 32 && secret.StartsWith("mz_", StringComparison.Ordinal)
            ? StoreAsync(new ApiKey(id, HashOf(secret), string.Join(' ', scopes), customer, 1, owner))
            : throw new ArgumentException("A key begins with mz_ and has at least 32 characters.", nameof(secret));

    /// <summary>Revokes a key; it bites with the next request.</summary>
    public Task RevokeAsync(string id) => _byHash.Value.Values.FirstOrDefault(key => key.Id == id) is { } known
        ? StoreAsync(known with { Active = 0 })
        : Task.CompletedTask;

    /// <summary>SHA-256 of a key, hexadecimal.</summary>
    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private static ConcurrentDictionary<string, ApiKey> Load(CreditHouse house)
    {
        using var connection = house.OpenReadOnly();
        return new(connection.Query<ApiKey>(Read).Select(key => KeyValuePair.Create(key.Hash, key)));
    }

    private async Task StoreAsync(ApiKey key)
    {
        await house.WriteAsync((connection, transaction) => connection.Execute(Put, key, transaction));
        foreach (var old in _byHash.Value.Values.Where(known => known.Id == key.Id))
        {
            _byHash.Value.TryRemove(old.Hash, out _);
        }

        _byHash.Value[key.Hash] = key;
    }
}
