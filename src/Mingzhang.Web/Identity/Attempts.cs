using Dapper;
using Mingzhang.Engine;

namespace Mingzhang.Web.Identity;

/// <summary>Wrong passwords by name, of known and unknown names alike: ten in a quarter of an hour close it.</summary>
public sealed class Attempts(CreditHouse house)
{
    /// <summary>Wrong ones until it closes.</summary>
    public const int Most = 10;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private const string Count =
        "SELECT COUNT(*) FROM door_attempt WHERE realm = @realm AND login = @login AND failures >= @most AND first_at > @from";

    private const string Add =
        "INSERT INTO door_attempt (realm, login, failures, first_at) VALUES (@realm, @login, 1, @now) ON CONFLICT (realm, login) DO UPDATE "
        + "SET failures = CASE WHEN door_attempt.first_at > @from THEN door_attempt.failures + 1 ELSE 1 END, "
        + "first_at = CASE WHEN door_attempt.first_at > @from THEN door_attempt.first_at ELSE @now END";

    private const string Drop = "DELETE FROM door_attempt WHERE realm = @realm AND login = @login";

    private const string Sweep = "DELETE FROM door_attempt WHERE first_at < @from";

    /// <summary>Whether a name is closed.</summary>
    /// <param name="realm">The area, or what else is counted apart.</param>
    /// <param name="login">The name as it is kept.</param>
    /// <param name="now">Now.</param>
    /// <param name="most">How many are too many.</param>
    public bool AreTooMany(string realm, string login, DateTimeOffset now, int most = Most)
    {
        using var connection = house.OpenReadOnly();
        return connection.ExecuteScalar<long>(Count, new { realm, login, most, from = Micros(now - Window) }) > 0;
    }

    /// <summary>Counts a wrong one.</summary>
    public Task AddAsync(string realm, string login, DateTimeOffset now) => house.WriteAsync((connection, transaction) =>
    {
        connection.Execute(Sweep, new { from = Micros(now - Window) }, transaction);
        return connection.Execute(Add, new { realm, login, now = Micros(now), from = Micros(now - Window) }, transaction);
    });

    /// <summary>A right one: earlier wrong ones no longer count.</summary>
    public async Task ForgetAsync(string realm, string login)
    {
        using (var connection = house.OpenReadOnly())
        {
            if (connection.ExecuteScalar<long>(
                "SELECT COUNT(*) FROM door_attempt WHERE realm = @realm AND login = @login", new { realm, login }) == 0)
            {
                return;
            }
        }

        await house.WriteAsync((connection, transaction) => connection.Execute(Drop, new { realm, login }, transaction));
    }

    private static long Micros(DateTimeOffset at) => at.ToUnixTimeMilliseconds() * 1000;
}
