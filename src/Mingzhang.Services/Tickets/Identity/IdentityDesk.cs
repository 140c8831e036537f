using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Tickets;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Tickets.Clocks;

namespace Mingzhang.Services.Tickets.Identity;

/// <summary>An attempt that was made.</summary>
/// <param name="At">When, by the machine.</param>
/// <param name="Staff">Who asked.</param>
/// <param name="Outcome">passed, wrong or locked.</param>
public sealed record IdentityAttempt(DateTimeOffset At, string Staff, string Outcome);

/// <summary>
/// Who is on the phone? Bound phone and last four of the identity number; until they fit, an agent sees nothing of the person. Every
/// attempt is kept. Five wrong ones lock the customer for a day, ten lock the agent; an unknown phone answers like a wrong number.
/// </summary>
public sealed class IdentityDesk(CreditHouse house, IKnownPeople people, TimeProvider time)
{
    /// <summary>Wrong answers until a customer is locked.</summary>
    public const int MostWrong = 5;

    /// <summary>Wrong answers until an agent is locked, whoever they asked about.</summary>
    public const int MostWrongOfStaff = 10;

    /// <summary>How long an agent sees a person after the check.</summary>
    public static readonly TimeSpan Holds = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan LockedFor = TimeSpan.FromHours(24);

    private const string Count =
        "INSERT INTO identity_lock (partition_id, subject, failures, locked_until) VALUES (@partition, @subject, 1, 0) "
        + "ON CONFLICT (partition_id, subject) DO UPDATE SET "
        + "failures = CASE WHEN identity_lock.failures + 1 >= @most THEN 0 ELSE identity_lock.failures + 1 END, "
        + "locked_until = CASE WHEN identity_lock.failures + 1 >= @most THEN @until ELSE 0 END "
        + "WHERE identity_lock.locked_until <= @now";

    private const string Locked =
        "SELECT coalesce(max(locked_until), 0) FROM identity_lock WHERE partition_id = @partition AND subject = @subject";

    private const string Forget =
        "UPDATE identity_lock SET failures = 0, locked_until = 0 WHERE partition_id = @partition AND subject = @subject";

    private const string Log =
        "INSERT INTO identity_attempt (partition_id, customer_id, number, at, staff, outcome) SELECT @partition, @customer, "
        + "coalesce(max(number), 0) + 1, @now, @staff, @outcome FROM identity_attempt "
        + "WHERE partition_id = @partition AND customer_id = @customer";

    private const string Pass =
        "INSERT INTO identity_pass (partition_id, customer_id, staff, until_at) VALUES (@partition, @customer, @staff, @until) "
        + "ON CONFLICT (partition_id, customer_id, staff) DO UPDATE SET until_at = excluded.until_at";

    private const string Passed =
        "SELECT count(*) FROM identity_pass WHERE partition_id = @partition AND customer_id = @customer AND staff = @staff "
        + "AND until_at > @now";

    private const string Attempts =
        "SELECT at AS At, staff AS Staff, outcome AS Outcome FROM identity_attempt WHERE partition_id = @partition "
        + "AND customer_id = @customer ORDER BY number DESC LIMIT 100";

    /// <summary>Checks. The attempt is counted before it is compared, so that many at once count as many.</summary>
    /// <returns>The customer, or 809 (wrong) or 810 (locked).</returns>
    public async Task<(CustomerId? Customer, Refusal? Refusal)> CheckAsync(string staff, string phone, string lastFour)
    {
        var person = await people.ByPhoneAsync(Plain(phone));
        var now = HouseTime.Micros(time.GetUtcNow());
        var until = HouseTime.Micros(time.GetUtcNow() + LockedFor);
        var customer = person?.Customer.Value ?? 0;
        var partition = person?.Customer.PartitionId ?? 0;
        var subject = string.Create(CultureInfo.InvariantCulture, $"customer:{customer}");
        var fits = Fits(person, Plain(lastFour));
        return await house.WriteAsync<(CustomerId?, Refusal?)>((connection, transaction) =>
        {
            var lockedUntil = Math.Max(
                Take(connection, transaction, 0, staff, MostWrongOfStaff, now, until),
                person is null ? 0 : Take(connection, transaction, partition, subject, MostWrong, now, until));
            var outcome = lockedUntil > now ? "locked" : fits ? "passed" : "wrong";
            connection.Execute(Log, new { partition, customer, now, staff, outcome }, transaction);
            if (outcome == "locked")
            {
                return (null, new IdentityLocked());
            }

            if (outcome == "wrong")
            {
                return (null, new IdentityWrong());
            }

            connection.Execute(Forget, new { partition = 0, subject = staff }, transaction);
            connection.Execute(Forget, new { partition, subject }, transaction);
            var held = HouseTime.Micros(time.GetUtcNow() + Holds);
            connection.Execute(Pass, new { partition, customer, staff, until = held }, transaction);
            return (person!.Customer, null);
        });
    }

    /// <summary>Whether an agent may see a customer now.</summary>
    public bool MaySee(CustomerId customer, string staff)
    {
        using var connection = house.OpenReadOnly();
        return connection.ExecuteScalar<long>(Passed, new
        {
            partition = customer.PartitionId, customer = customer.Value, staff, now = HouseTime.Micros(time.GetUtcNow()),
        }) > 0;
    }

    /// <summary>Who tried, latest first.</summary>
    public IReadOnlyList<IdentityAttempt> Of(CustomerId customer)
    {
        using var connection = house.OpenReadOnly();
        return
        [
            .. connection.Query<(long At, string Staff, string Outcome)>(
                Attempts, new { partition = customer.PartitionId, customer = customer.Value })
                .Select(row => new IdentityAttempt(HouseTime.Of(row.At), row.Staff, row.Outcome)),
        ];
    }

    // Counts an attempt as wrong beforehand; until when the subject is locked, when it was before this attempt.
    private static long Take(
        DbConnection connection, DbTransaction transaction, int partition, string subject, int most, long now, long until)
    {
        var before = connection.ExecuteScalar<long>(Locked, new { partition, subject }, transaction);
        connection.Execute(Count, new { partition, subject, most, now, until }, transaction);
        return before;
    }

    private static bool Fits(KnownPerson? person, string lastFour) => person is { IdTail: { Length: 4 } known }
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(known.ToUpperInvariant()), Encoding.UTF8.GetBytes(lastFour));

    private static string Plain(string text) => new([.. text.Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant).Take(32)]);
}
