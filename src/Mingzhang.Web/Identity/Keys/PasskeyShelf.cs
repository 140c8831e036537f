using Dapper;
using Mingzhang.Engine;

namespace Mingzhang.Web.Identity.Keys;

/// <summary>Keeps passkeys: public keys and counters, nothing secret.</summary>
public sealed class PasskeyShelf(CreditHouse house)
{
    /// <summary>Most a subject may have.</summary>
    public const int Most = 10;

    private const string Columns =
        "credential AS Credential, name AS Name, public_key AS PublicKey, sign_count AS SignCount, backup AS Backup, "
        + "transports AS Transports, created_at AS CreatedAt, used_at AS UsedAt";

    private const string ReadAll =
        $"SELECT {Columns} FROM door_key WHERE partition_id = @partition AND subject = @subject ORDER BY created_at LIMIT 100";

    private const string Put =
        "INSERT INTO door_key (partition_id, subject, credential, name, public_key, sign_count, backup, transports, created_at, used_at) "
        + "VALUES (@partition, @subject, @Credential, @Name, @PublicKey, @SignCount, @Backup, @Transports, @CreatedAt, @UsedAt) "
        + "ON CONFLICT (partition_id, subject, credential) DO UPDATE SET sign_count = @SignCount, backup = @Backup, used_at = @UsedAt";

    private const string Drop =
        "DELETE FROM door_key WHERE partition_id = @partition AND subject = @subject AND credential = @credential";

    /// <summary>The passkeys of a subject.</summary>
    public IReadOnlyList<Passkey> Of(Subject subject)
    {
        using var connection = house.OpenReadOnly();
        return [.. connection.Query<Passkey>(ReadAll, new { partition = subject.PartitionId, subject = subject.Id })];
    }

    /// <summary>Whether a subject has any.</summary>
    public bool HasAny(Subject subject) => Of(subject).Count > 0;

    /// <summary>Adds one, or keeps its counter.</summary>
    public Task PutAsync(Subject subject, Passkey key)
    {
        var row = new DynamicParameters(key);
        row.AddDynamicParams(new { partition = subject.PartitionId, subject = subject.Id });
        return house.WriteAsync((connection, transaction) => connection.Execute(Put, row, transaction));
    }

    /// <summary>Removes one of a subject's own; false when it is none.</summary>
    public async Task<bool> DropAsync(Subject subject, string credential) => await house.WriteAsync((connection, transaction) =>
        connection.Execute(Drop, new { partition = subject.PartitionId, subject = subject.Id, credential }, transaction)) == 1;
}
