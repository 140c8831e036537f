using System.Security.Cryptography;
using Dapper;
using Mingzhang.Engine;

namespace Mingzhang.Web.Identity;

/// <summary>What somebody was asked to prove.</summary>
/// <param name="Kind">register, enter, step-up or second.</param>
/// <param name="Subject">Who; empty while nobody is named.</param>
/// <param name="Session">In which session; empty before there is one.</param>
/// <param name="Payload">SHA-256 of what is confirmed by it; empty for log-ins.</param>
/// <param name="State">What the check needs.</param>
[method: ExplicitConstructor]
public sealed record Challenge(string Kind, string Subject, string Session, string Payload, string State);

/// <summary>Keeps challenges on the server. Each is good once and for two minutes: taking deletes it, whatever comes of it.</summary>
public sealed class Challenges(CreditHouse house, TimeProvider time)
{
    /// <summary>How long one is good.</summary>
    public static readonly TimeSpan Good = TimeSpan.FromMinutes(2);

    private const string Add =
        "INSERT INTO door_challenge (partition_id, id_hash, kind, subject, session, payload, state, expires_at, failures) "
        + "VALUES (@partition, @hash, @Kind, @Subject, @Session, @Payload, @State, @expires, 0)";

    private const string Take =
        "DELETE FROM door_challenge WHERE partition_id = @partition AND id_hash = @hash RETURNING kind AS Kind, subject AS Subject, "
        + "session AS Session, payload AS Payload, state AS State, expires_at AS ExpiresAt";

    private const string Forget = "DELETE FROM door_challenge WHERE partition_id = @partition AND expires_at < @now";

    /// <summary>Keeps one; returns the secret under which it is taken.</summary>
    public async Task<string> PutAsync(int partition, Challenge challenge, TimeSpan? good = null)
    {
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var now = Now();
        var row = new DynamicParameters(challenge);
        row.AddDynamicParams(new
        {
            partition, hash = Sessions.HashOf(secret), now, expires = now + (long)(good ?? Good).TotalMicroseconds,
        });
        await house.WriteAsync((connection, transaction) =>
        {
            connection.Execute(Forget, new { partition, now }, transaction);
            return connection.Execute(Add, row, transaction);
        });
        return secret;
    }

    /// <summary>Takes one; null when there is none, it was taken before, it is another kind or too old.</summary>
    public async Task<Challenge?> TakeAsync(int partition, string kind, string secret)
    {
        var row = await house.WriteAsync((connection, transaction) => connection.QueryFirstOrDefault<Row>(
            Take, new { partition, hash = Sessions.HashOf(secret) }, transaction));
        return row is not null && row.Kind == kind && row.ExpiresAt > Now()
            ? new Challenge(row.Kind, row.Subject, row.Session, row.Payload, row.State) : null;
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;

    [method: ExplicitConstructor]
    private sealed record Row(string Kind, string Subject, string Session, string Payload, string State, long ExpiresAt);
}
