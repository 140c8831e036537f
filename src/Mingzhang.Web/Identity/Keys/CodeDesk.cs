using System.Security.Cryptography;
using Dapper;
using Microsoft.AspNetCore.DataProtection;
using Mingzhang.Engine;

namespace Mingzhang.Web.Identity.Keys;

/// <summary>One-time codes of an authenticator app, and the recovery codes for who lost it. Every code is good once.</summary>
public sealed class CodeDesk(CreditHouse house, IDataProtectionProvider protection, TimeProvider time)
{
    private const int MostFailures = 10;
    private const int RecoveryCodes = 10;
    private static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);

    private const string Find =
        "SELECT secret AS Secret, confirmed AS Confirmed, last_step AS LastStep FROM door_code "
        + "WHERE partition_id = @partition AND subject = @subject";

    private const string Put =
        "INSERT INTO door_code (partition_id, subject, secret, confirmed, last_step, failures, locked_until) "
        + "VALUES (@partition, @subject, @secret, 0, 0, 0, 0) ON CONFLICT (partition_id, subject) DO UPDATE "
        + "SET secret = @secret, last_step = 0, failures = 0 WHERE door_code.confirmed = 0";

    private const string TakeAttempt =
        "UPDATE door_code SET failures = CASE WHEN failures + 1 >= @most THEN 0 ELSE failures + 1 END, "
        + "locked_until = CASE WHEN failures + 1 >= @most THEN @until ELSE 0 END "
        + "WHERE partition_id = @partition AND subject = @subject AND locked_until <= @now";

    // Two that come with the same code at once: only one of them moves the step.
    private const string TakeStep =
        "UPDATE door_code SET last_step = @step, failures = 0, locked_until = 0, confirmed = 1 "
        + "WHERE partition_id = @partition AND subject = @subject AND last_step < @step";

    private const string Drop = "DELETE FROM door_code WHERE partition_id = @partition AND subject = @subject";

    private const string DropRecovery = "DELETE FROM door_recovery WHERE partition_id = @partition AND subject = @subject";

    private const string AddRecovery =
        "INSERT INTO door_recovery (partition_id, subject, code_hash) VALUES (@partition, @subject, @hash)";

    private const string TakeRecovery =
        "DELETE FROM door_recovery WHERE partition_id = @partition AND subject = @subject AND code_hash = @hash";

    private const string ForgetFailures =
        "UPDATE door_code SET failures = 0, locked_until = 0 WHERE partition_id = @partition AND subject = @subject";

    private IDataProtector Protector => protection.CreateProtector("mz-one-time-codes");

    /// <summary>Whether a subject logs in with codes.</summary>
    public bool IsOn(Subject subject) => Read(subject) is { Confirmed: 1 };

    /// <summary>Draws a new key and returns it as text; it counts once <see cref="ConfirmAsync"/> saw a code of it.</summary>
    public async Task<string> BeginAsync(Subject subject)
    {
        var secret = RandomNumberGenerator.GetBytes(20);
        var row = new { partition = subject.PartitionId, subject = subject.Id, secret = Protector.Protect(Convert.ToBase64String(secret)) };
        await house.WriteAsync((connection, transaction) => connection.Execute(Put, row, transaction));
        return Totp.Text(secret);
    }

    /// <summary>Turns codes on when the first fits; returns the recovery codes, which are shown this once, or null.</summary>
    public async Task<IReadOnlyList<string>?> ConfirmAsync(Subject subject, string? code)
    {
        if (IsOn(subject) || !await AskAppAsync(subject, code ?? ""))
        {
            return null;
        }

        var fresh = Enumerable.Range(0, RecoveryCodes).Select(_ => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))).ToList();
        await house.WriteAsync((connection, transaction) =>
        {
            connection.Execute(DropRecovery, new { partition = subject.PartitionId, subject = subject.Id }, transaction);
            return connection.Execute(
                AddRecovery,
                fresh.Select(one => new { partition = subject.PartitionId, subject = subject.Id, hash = Sessions.HashOf(one) }),
                transaction);
        });
        return [.. fresh.Select(one => $"{one[..4]}-{one[4..8]}-{one[8..]}")];
    }

    /// <summary>Whether a code of the app or a recovery code fits; each once; ten wrong ones lock for a quarter of an hour.</summary>
    public async Task<bool> AskAsync(Subject subject, string? code)
    {
        if (!IsOn(subject) || code is not { Length: > 0 and < 40 })
        {
            return false;
        }

        var typed = code.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        return typed.Length == 6 ? await AskAppAsync(subject, typed) : await AskRecoveryAsync(subject, typed);
    }

    /// <summary>Turns codes off.</summary>
    public Task EndAsync(Subject subject) => house.WriteAsync((connection, transaction) =>
    {
        var whose = new { partition = subject.PartitionId, subject = subject.Id };
        connection.Execute(DropRecovery, whose, transaction);
        return connection.Execute(Drop, whose, transaction);
    });

    private async Task<bool> AskAppAsync(Subject subject, string code)
    {
        if (Read(subject) is not { } row || !await TakeAsync(subject))
        {
            return false;
        }

        var secret = Convert.FromBase64String(Protector.Unprotect(row.Secret));
        return Totp.Fit(secret, code, Totp.StepOf(time.GetUtcNow()), row.LastStep) is { } step
            && await house.WriteAsync((connection, transaction) => connection.Execute(
                TakeStep, new { partition = subject.PartitionId, subject = subject.Id, step }, transaction)) == 1;
    }

    private async Task<bool> AskRecoveryAsync(Subject subject, string typed)
    {
        var whose = new { partition = subject.PartitionId, subject = subject.Id, hash = Sessions.HashOf(typed) };
        return await TakeAsync(subject) && await house.WriteAsync((connection, transaction) =>
            connection.Execute(TakeRecovery, whose, transaction) == 1
            && connection.Execute(ForgetFailures, whose, transaction) == 1);
    }

    private async Task<bool> TakeAsync(Subject subject)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
        var row = new
        {
            partition = subject.PartitionId, subject = subject.Id, now, most = MostFailures,
            until = now + (long)LockedFor.TotalMicroseconds,
        };
        return await house.WriteAsync((connection, transaction) => connection.Execute(TakeAttempt, row, transaction)) == 1;
    }

    private Row? Read(Subject subject)
    {
        using var connection = house.OpenReadOnly();
        return connection.QueryFirstOrDefault<Row>(Find, new { partition = subject.PartitionId, subject = subject.Id });
    }

    [method: ExplicitConstructor]
    private sealed record Row(string Secret, long Confirmed, long LastStep);
}
