using System.Globalization;
using Dapper;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;

namespace Mingzhang.Services.Bureau;

/// <summary>What the house tells the bureau of an account for a month.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Product">Product code.</param>
/// <param name="OpenedOn">First opened on.</param>
/// <param name="LimitMinor">Limit at the time of telling, minor units.</param>
/// <param name="Told">The month.</param>
public sealed record BureauLine(AccountId Account, string Product, DateOnly OpenedOn, long LimitMinor, BureauMonth Told);

/// <summary>Something about a month that cannot be, or may not be told.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Rule">no-consent, jump, closed-owing or negative.</param>
/// <param name="Detail">What was found.</param>
public sealed record BureauFinding(AccountId Account, string Rule, string Detail);

/// <summary>
/// The monthly file for the credit bureau: reporting goes on until each debt is settled (R125), and is checked before it leaves (R157). The
/// columns are a sample; the bureau's field specification is not public.
/// </summary>
public sealed class BureauReport(CreditHouse house)
{
    private const int Page = 500;
    private const string Consent = "bureau-query-report";
    private const string Heading = "account,product,opened_on,limit_minor,month,status,balance_minor";

    private const string Accounts =
        "SELECT account_id FROM account WHERE (partition_id, account_id) > (@partition, @account) AND partition_id BETWEEN 0 AND 1023 "
        + "ORDER BY partition_id, account_id LIMIT @most";

    private readonly BureauReader _reader = new(house);

    /// <summary>
    /// The lines of a month that is over, in the order of accounts, and what is wrong with them. An account without consent is left out and
    /// named; one that closed before the month is told no more.
    /// </summary>
    public async Task<(IReadOnlyList<BureauLine> Lines, IReadOnlyList<BureauFinding> Findings)> OfAsync(
        DateOnly month, CancellationToken cancel)
    {
        await house.SettleAsync(); // an account opened a moment ago is in the list, too
        List<BureauLine> lines = [];
        List<BureauFinding> findings = [];
        foreach (var account in All())
        {
            cancel.ThrowIfCancellationRequested();
            if (CreditHouse.IsFork(account) || await house.ReadAsync(account) is not { Lifecycle: not NotOpened } state)
            {
                continue;
            }

            var months = _reader.Of(account);
            if (months.FirstOrDefault(one => one.Month == month) is not { } told)
            {
                continue;
            }

            if (!state.Consents.Any(consent => consent.Code == Consent))
            {
                findings.Add(new BureauFinding(account, "no-consent", "not told: the consent to report is missing or was withdrawn"));
                continue;
            }

            lines.Add(new BureauLine(account, state.Product, state.OpenedOn, state.TotalLimit.MinorUnits, told));
            findings.AddRange(Check(account, told, months.FirstOrDefault(one => one.Month == month.AddMonths(-1))));
        }

        return (lines, findings);
    }

    /// <summary>The lines as CSV with a heading and a last line <c>total,lines,sum of balances</c>.</summary>
    public static string Write(IReadOnlyList<BureauLine> lines) => string.Join('\n', [
        Heading,
        .. lines.Select(line => string.Create(
            CultureInfo.InvariantCulture,
            $"{line.Account},{line.Product},{line.OpenedOn:yyyy-MM-dd},{line.LimitMinor},")
            + string.Create(CultureInfo.InvariantCulture, $"{line.Told.Month:yyyy-MM},{line.Told.Status},{line.Told.BalanceMinor}")),
        string.Create(CultureInfo.InvariantCulture, $"total,{lines.Count},{lines.Sum(line => line.Told.BalanceMinor)}"), ""]);

    /// <summary>What cannot be: late by more than one step more than a month before, closed and owing, a negative balance.</summary>
    public static IEnumerable<BureauFinding> Check(AccountId account, BureauMonth told, BureauMonth? before)
    {
        if (StepOf(told) > 1 + StepOf(before))
        {
            yield return new BureauFinding(account, "jump", $"{before?.Status} in the month before, {told.Status} now");
        }

        if (told is { Status: 'C', BalanceMinor: not 0 })
        {
            yield return new BureauFinding(account, "closed-owing", $"closed with {told.BalanceMinor} owed");
        }

        if (told.BalanceMinor < 0)
        {
            yield return new BureauFinding(account, "negative", $"a balance of {told.BalanceMinor}");
        }
    }

    private static int StepOf(BureauMonth? month) => month is { Status: >= '1' and <= '7' and var late } ? late - '0' : 0;

    private IEnumerable<AccountId> All()
    {
        var (partition, after) = (-1, 0L);
        while (true)
        {
            List<AccountId> page;
            using (var connection = house.OpenReadOnly())
            {
                var values = new { partition, account = after, most = Page };
                page = [.. connection.Query<long>(Accounts, values).Select(id => new AccountId(id))];
            }

            foreach (var account in page)
            {
                (partition, after) = (account.PartitionId, account.Value);
                yield return account;
            }

            if (page.Count < Page)
            {
                yield break;
            }
        }
    }
}
