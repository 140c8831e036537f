using System.Globalization;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Permissions;
using Mingzhang.Services.Reading;
using Mingzhang.Services.Tickets.Rules;

namespace Mingzhang.Services.Tickets;

/// <summary>What an account says about where its tickets go.</summary>
public static class RoutingFacts
{
    /// <summary>How a subject that is a bill begins; its issue day follows.</summary>
    public const string Statement = "statement:";

    /// <summary>The facts that hold for an account and what a ticket is about.</summary>
    public static IReadOnlySet<RoutingFact> Of(AccountView? account, string subject)
    {
        var facts = new HashSet<RoutingFact>();
        if (account is null)
        {
            return facts;
        }

        if (account.State.Restrictions.Any(one => one.Reason is RestrictionReason.Risk or RestrictionReason.RiskVideoInterview))
        {
            facts.Add(RoutingFact.RiskAccount);
        }

        if (account.State.Loans.Count > 0)
        {
            facts.Add(RoutingFact.UnsettledInstalments);
        }

        if (SpansYears(account, subject))
        {
            facts.Add(RoutingFact.CrossYearBill);
        }

        return facts;
    }

    /// <summary>Whether a bill, from the first day it counts to its due day, lies in two calendar years.</summary>
    private static bool SpansYears(AccountView account, string subject)
    {
        if (!subject.StartsWith(Statement, StringComparison.Ordinal)
            || !DateOnly.TryParseExact(
                subject[Statement.Length..], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return false;
        }

        var shelved = StatementShelf.Of(account);
        var bill = shelved.FirstOrDefault(one => one.Latest.IssuedOn == day)?.Latest;
        var before = shelved.FirstOrDefault(one => one.Latest.IssuedOn < day)?.Latest.IssuedOn ?? account.State.OpenedOn;
        return bill is not null && before.Year != bill.DueOn.Year;
    }
}
