using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Mingzhang.Engine;

namespace Mingzhang.Web.Identity;

/// <summary>A log-in that lasts.</summary>
/// <param name="IdHash">SHA-256 of what the cookie holds.</param>
/// <param name="Subject">Whose.</param>
/// <param name="Device">What people call the device.</param>
/// <param name="Via">How it was opened: password, code or passkey.</param>
/// <param name="IsNew">1 when the device had not been used before.</param>
/// <param name="CreatedAt">Microseconds since 1970 UTC.</param>
/// <param name="SeenAt">Microseconds since 1970 UTC, to the minute.</param>
/// <param name="EndedAt">0 = not ended.</param>
/// <param name="Browser">SHA-256 of the browser's own number; empty once its owner had the device forgotten.</param>
[method: ExplicitConstructor]
public sealed record Session(
    string IdHash, string Subject, string Device, string Via, long IsNew, long CreatedAt, long SeenAt, long EndedAt,
    string Browser);

/// <summary>
/// The sessions of borrowers and staff, kept in the database: a cookie is worth what its row says. A node remembers a row for
/// <see cref="Remembered"/>; what ends through this node ends here at once, elsewhere within that time.
/// </summary>
public sealed class Sessions(CreditHouse house, TimeProvider time)
{
    /// <summary>How long a node may take a row as read.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromSeconds(2);

    /// <summary>Without use it ends after this.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromHours(2);

    /// <summary>It ends after this in any case.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    private const int MostRemembered = 50_000;
    private const int MostListed = 50;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(180);

    private const string Columns =
        "id_hash AS IdHash, subject AS Subject, device AS Device, via AS Via, is_new AS IsNew, created_at AS CreatedAt, "
        + "seen_at AS SeenAt, ended_at AS EndedAt, device_hash AS Browser";

    private const string Add =
        "INSERT INTO door_session (partition_id, id_hash, subject, device_hash, device, via, is_new, created_at, seen_at, ended_at) "
        + "VALUES (@partition, @hash, @subject, @deviceHash, @device, @via, @isNew, @now, @now, 0)";

    private const string Devices =
        "SELECT COUNT(*) AS Sessions, COALESCE(SUM(CASE WHEN device_hash = @deviceHash THEN 1 ELSE 0 END), 0) AS Here FROM door_session "
        + "WHERE partition_id = @partition AND subject = @subject";

    private const string Find = $"SELECT {Columns} FROM door_session WHERE partition_id = @partition AND id_hash = @hash";

    private const string Recent =
        $"SELECT {Columns} FROM door_session WHERE partition_id = @partition AND subject = @subject ORDER BY created_at DESC LIMIT @most";

    private const string Touch =
        "UPDATE door_session SET seen_at = @now WHERE partition_id = @partition AND id_hash = @hash AND ended_at = 0";

    private const string Living =
        "SELECT id_hash FROM door_session WHERE partition_id = @partition AND subject = @subject AND ended_at = 0 AND id_hash <> @keep";

    private const string EndLiving =
        "UPDATE door_session SET ended_at = @now "
        + "WHERE partition_id = @partition AND subject = @subject AND ended_at = 0 AND id_hash <> @keep";

    private const string EndOne =
        "UPDATE door_session SET ended_at = @now "
        + "WHERE partition_id = @partition AND subject = @subject AND id_hash = @hash AND ended_at = 0";

    private const string LivingHere =
        "SELECT id_hash FROM door_session WHERE partition_id = @partition AND subject = @subject AND device_hash = @browser "
        + "AND ended_at = 0 AND id_hash <> @keep";

    private const string ForgetBrowser =
        "UPDATE door_session SET device_hash = '', "
        + "ended_at = CASE WHEN ended_at = 0 AND id_hash <> @keep THEN @now ELSE ended_at END "
        + "WHERE partition_id = @partition AND subject = @subject AND device_hash = @browser";

    private const string Forget =
        "DELETE FROM door_session WHERE partition_id = @partition AND subject = @subject AND created_at < @before";

    private readonly ConcurrentDictionary<string, (Session? Row, long Until)> _known = new(StringComparer.Ordinal);

    /// <summary>Opens a session. Returns the secret for the cookie, and whether the device is one this subject had not used.</summary>
    public async Task<(string Secret, bool IsNew)> OpenAsync(Subject subject, string device, string deviceSecret, string via)
    {
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var now = Now();
        var row = new
        {
            partition = subject.PartitionId, subject = subject.Id, hash = HashOf(secret), deviceHash = HashOf(deviceSecret),
            device, via, now,
        };
        var isNew = await house.WriteAsync((connection, transaction) =>
        {
            connection.Execute(
                Forget, new { row.partition, row.subject, before = now - (long)Kept.TotalMicroseconds }, transaction);
            var known = connection.QuerySingle<(long Sessions, long Here)>(Devices, row, transaction);
            var first = known is { Sessions: > 0, Here: 0 };
            connection.Execute(
                Add,
                new { row.partition, row.subject, row.hash, row.deviceHash, row.device, row.via, row.now, isNew = first ? 1 : 0 },
                transaction);
            return first;
        });
        return (secret, isNew);
    }

    /// <summary>The session of a cookie; null when it is none of this subject's, ended, idle too long or too old.</summary>
    public async Task<Session?> CheckAsync(Subject subject, string secret)
    {
        var hash = HashOf(secret);
        var now = Now();
        if (_known.TryGetValue(hash, out var known) && known.Until > now)
        {
            return OfSubject(known.Row, subject, now);
        }

        var row = Read(subject.PartitionId, hash);
        if (OfSubject(row, subject, now) is { } living && now - living.SeenAt > (long)TimeSpan.FromMinutes(1).TotalMicroseconds)
        {
            await TouchAsync(subject, hash, now);
            row = living with { SeenAt = now };
        }

        if (_known.Count > MostRemembered)
        {
            _known.Clear();
        }

        // Whoever ended it meanwhile wins.
        var kept = _known.AddOrUpdate(
            hash,
            (row, now + (long)Remembered.TotalMicroseconds),
            (_, old) => old.Row is null && old.Until > now ? old : (row, now + (long)Remembered.TotalMicroseconds));
        return OfSubject(kept.Row, subject, now);
    }

    /// <summary>The latest sessions of a subject, the living first.</summary>
    public IReadOnlyList<Session> Of(Subject subject)
    {
        using var connection = house.OpenReadOnly();
        return [.. connection.Query<Session>(Recent, new { partition = subject.PartitionId, subject = subject.Id, most = MostListed })
            .OrderByDescending(IsLiving)];
    }

    /// <summary>Whether a device nobody had seen before logged in within the last three days; so long the settings page says so.</summary>
    public bool HasNew(Subject subject) =>
        Of(subject).Any(one => one.IsNew == 1 && Now() - one.CreatedAt < (long)TimeSpan.FromDays(3).TotalMicroseconds);

    /// <summary>Whether it still opens doors.</summary>
    public bool IsLiving(Session session) => IsLiving(session, Now());

    /// <summary>Ends one session of a subject; false when it is none of theirs or ended already.</summary>
    public async Task<bool> EndAsync(Subject subject, string idHash)
    {
        var row = new { partition = subject.PartitionId, subject = subject.Id, hash = idHash, now = Now() };
        var ended = await house.WriteAsync((connection, transaction) => connection.Execute(EndOne, row, transaction)) == 1;
        if (ended)
        {
            Drop(idHash);
        }

        return ended;
    }

    /// <summary>Ends all sessions of a subject, but for the one to keep. Returns how many there were.</summary>
    public async Task<int> EndAllAsync(Subject subject, string keep = "")
    {
        var row = new { partition = subject.PartitionId, subject = subject.Id, keep, now = Now() };
        var ended = await house.WriteAsync((connection, transaction) =>
        {
            var living = connection.Query<string>(Living, row, transaction).AsList();
            connection.Execute(EndLiving, row, transaction);
            return living;
        });
        ended.ForEach(Drop);
        return ended.Count;
    }

    /// <summary>Forgets a device: its sessions end but for the one to keep, and its next log-in is that of a new one.</summary>
    public async Task ForgetAsync(Subject subject, string browser, string keep)
    {
        var row = new { partition = subject.PartitionId, subject = subject.Id, browser, keep, now = Now() };
        var ended = await house.WriteAsync((connection, transaction) =>
        {
            var living = connection.Query<string>(LivingHere, row, transaction).AsList();
            connection.Execute(ForgetBrowser, row, transaction);
            return living;
        });
        ended.ForEach(Drop);
    }

    /// <summary>SHA-256 of a secret, hexadecimal.</summary>
    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private static Session? OfSubject(Session? row, Subject subject, long now) =>
        row is not null && row.Subject == subject.Id && IsLiving(row, now) ? row : null;

    private static bool IsLiving(Session row, long now) => row.EndedAt == 0 && now - row.SeenAt < (long)Idle.TotalMicroseconds
        && now - row.CreatedAt < (long)Longest.TotalMicroseconds;

    private Session? Read(int partition, string hash)
    {
        using var connection = house.OpenReadOnly();
        return connection.QueryFirstOrDefault<Session>(Find, new { partition, hash });
    }

    private async Task TouchAsync(Subject subject, string hash, long now)
    {
        try
        {
            await house.WriteAsync((connection, transaction) =>
                connection.Execute(Touch, new { partition = subject.PartitionId, hash, now }, transaction));
        }
        catch (HouseStoppedException)
        {
            // A house that stopped still shows its pages; the time of last use waits.
        }
    }

    private void Drop(string hash) => _known[hash] = (null, Now() + (long)TimeSpan.FromMinutes(1).TotalMicroseconds);

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
}
