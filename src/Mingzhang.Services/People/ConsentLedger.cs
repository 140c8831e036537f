using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.People;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;

namespace Mingzhang.Services.People;

/// <summary>A line of a person's ledger of consents. Nothing in it is changed; a withdrawal is another line.</summary>
/// <param name="Number">1, 2, 3 … of the person.</param>
/// <param name="Code">Which consent.</param>
/// <param name="Version">Of its text.</param>
/// <param name="Given">Given, or withdrawn.</param>
/// <param name="At">Microseconds since 1970 UTC.</param>
/// <param name="Channel">Through which channel, such as <c>app</c>.</param>
/// <param name="Evidence">SHA-256 of what proves it (the text shown and the form sent), hexadecimal.</param>
public sealed record ConsentLine(long Number, string Code, string Version, bool Given, long At, string Channel, string Evidence);

/// <summary>Consents of people: given and withdrawn, with the version of the text. Only ever added to.</summary>
public sealed class ConsentLedger(CreditHouse house, PersonShelf people, TimeProvider time)
{
    private const string Column = "person_consent.evidence";

    private const string Insert =
        "INSERT INTO person_consent (partition_id, customer_id, number, code, version, given, at, channel, evidence) "
        + "SELECT @partition, @customer, coalesce(max(number), 0) + 1, @code, @version, @given, @at, @channel, @bytes FROM person_consent "
        + "WHERE partition_id = @partition AND customer_id = @customer";

    private const string Rows =
        "SELECT number AS Number, code AS Code, version AS Version, given AS Given, at AS At, channel AS Channel, evidence AS Evidence "
        + "FROM person_consent WHERE partition_id = @partition AND customer_id = @customer ORDER BY number";

    /// <summary>A person's lines, the oldest first.</summary>
    public IReadOnlyList<ConsentLine> Of(CustomerId customer)
    {
        using var connection = house.OpenReadOnly();
        return Of(connection, customer, null);
    }

    /// <summary>
    /// Writes a consent down; the same version given before and not withdrawn since is not written twice. False: there is no such person.
    /// </summary>
    /// <param name="customer">Whose.</param>
    /// <param name="code">Which consent.</param>
    /// <param name="version">Of its text.</param>
    /// <param name="channel">Through which channel.</param>
    /// <param name="evidence">What proves it; only its hash is kept.</param>
    /// <param name="at">When it was given, microseconds since 1970 UTC; 0 = now.</param>
    public Task<bool> GiveAsync(CustomerId customer, string code, string version, string channel, string evidence, long at = 0) =>
        house.WriteAsync((connection, transaction) =>
            Give(connection, transaction, customer, new ConsentLine(0, code, version, true, at, channel, evidence)));

    /// <summary>As <see cref="GiveAsync"/>, within a transaction; the line's evidence is what proves it, not its hash.</summary>
    public bool Give(DbConnection connection, DbTransaction transaction, CustomerId customer, ConsentLine line)
    {
        var last = Of(connection, customer, transaction).LastOrDefault(one => one.Code == line.Code);
        return last is { Given: true } && last.Version == line.Version
            || Add(connection, transaction, customer, line with { Given = true, Evidence = Hash(line.Evidence) });
    }

    /// <summary>
    /// Withdraws a consent, in the ledger and for the person's accounts. Refused when it was not given (914), and when an account refuses.
    /// </summary>
    /// <param name="customer">Whose.</param>
    /// <param name="code">Which consent.</param>
    /// <param name="channel">Through which channel.</param>
    /// <param name="key">Makes the account's command one, however often it is sent.</param>
    /// <param name="actor">Who asks.</param>
    public async Task<Refusal?> WithdrawAsync(CustomerId customer, string code, string channel, string key, string actor)
    {
        var given = Of(customer).LastOrDefault(line => line.Code == code);
        var accounts = await AccountsWithAsync(customer, code);
        if (given is not { Given: true } && accounts.Count == 0)
        {
            return new ConsentNotGiven(code);
        }

        foreach (var account in accounts)
        {
            var command = new WithdrawConsent(code) { EffectiveOn = house.BusinessDateOf(account) };
            var answer = await house.SubmitAsync(new CommandEnvelope(account, "consent:" + key, command, actor));
            if (answer.Refusal is { } refusal)
            {
                return refusal;
            }
        }

        await house.WriteAsync((connection, transaction) =>
            Of(connection, customer, transaction).LastOrDefault(line => line.Code == code) is not { Given: true } last
            || Add(connection, transaction, customer, last with { Given = false, At = 0, Channel = channel, Evidence = Hash(key) }));
        return null;
    }

    /// <summary>
    /// Takes over what the accounts of a person know of consents and the ledger does not, as given through <c>opening</c>; once.
    /// </summary>
    public async Task TakeOverAsync(CustomerId customer)
    {
        var known = Of(customer).Select(line => line.Code).ToHashSet(StringComparer.Ordinal);
        foreach (var account in await AccountsAsync(customer))
        {
            foreach (var consent in account.Consents.Where(one => !known.Contains(one.Code)))
            {
                var evidence = $"{account.Id} {consent.Code} {consent.Version}";
                await GiveAsync(customer, consent.Code, consent.Version, "opening", evidence, Begin(account.OpenedOn));
            }
        }
    }

    private async Task<List<AccountId>> AccountsWithAsync(CustomerId customer, string code) =>
        [.. (await AccountsAsync(customer))
            .Where(account => account.Lifecycle is not Closed && account.Consents.Any(one => one.Code == code))
            .Select(account => account.Id)];

    private async Task<List<AccountState>> AccountsAsync(CustomerId customer)
    {
        var found = new List<AccountState>();
        foreach (var slot in house.Terms.All.Select(terms => terms.Slot).Distinct())
        {
            if (await house.ReadAsync(AccountId.Of(customer, slot)) is { Lifecycle: not NotOpened } state)
            {
                found.Add(state);
            }
        }

        return found;
    }

    private bool Add(DbConnection connection, DbTransaction transaction, CustomerId customer, ConsentLine line)
    {
        using var key = people.KeyOf(connection, customer, transaction);
        return key is not null && connection.Execute(
            Insert,
            new
            {
                partition = customer.PartitionId, customer = customer.Value, code = line.Code, version = line.Version,
                given = line.Given ? 1 : 0, channel = line.Channel, bytes = key.Seal(Column, line.Evidence),
                at = line.At > 0 ? line.At : time.GetUtcNow().ToUnixTimeMilliseconds() * 1000,
            },
            transaction) == 1;
    }

    private List<ConsentLine> Of(DbConnection connection, CustomerId customer, DbTransaction? transaction)
    {
        using var key = people.KeyOf(connection, customer, transaction);
        return key is null ? []
            : [.. connection.Query<Row>(Rows, new { partition = customer.PartitionId, customer = customer.Value }, transaction)
                .Select(row => new ConsentLine(
                    row.Number, row.Code, row.Version, row.Given == 1, row.At, row.Channel, key.Open(Column, row.Evidence)))];
    }

    // The beginning of a day in China.
    private static long Begin(DateOnly day) =>
        new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.FromHours(8)).ToUnixTimeMilliseconds() * 1000;

    private static string Hash(string evidence) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(evidence)));

    private sealed record Row
    {
        public long Number { get; init; }
        public string Code { get; init; } = "";
        public string Version { get; init; } = "";
        public long Given { get; init; }
        public long At { get; init; }
        public string Channel { get; init; } = "";
        public byte[] Evidence { get; init; } = [];
    }
}
