using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;

namespace Mingzhang.Services.Payments;

/// <summary>A payment for a day to come.</summary>
/// <param name="Id">Given by the caller; asking again with it changes nothing.</param>
/// <param name="On">The day.</param>
/// <param name="Rule">How much.</param>
/// <param name="Sum">With <see cref="PlannedRule.Sum"/>: how much, minor units, above zero.</param>
/// <param name="Tokens">Bank accounts in the order they are asked; what one does not give is asked of the next.</param>
public sealed record PlannedPayment(string Id, DateOnly On, PlannedRule Rule, long Sum, IReadOnlyList<string> Tokens);

/// <summary>
/// Payments that the borrower plans for a day, or splits over several bank accounts at once. On the day the amount is found out, and the
/// bank accounts are asked one after the other.
/// </summary>
public sealed class PlannedDesk(CreditHouse house, TransferDesk transfers, TimeProvider time)
{
    /// <summary>The furthest day.</summary>
    public const int MostDays = 60;

    private const string Prefix = "plan:";

    /// <summary>Plans one. Refused without a bank (305), for a day that is past or too far (306), and when its id
    /// was used for another one.</summary>
    public async Task<Refusal?> PlanAsync(AccountId account, PlannedPayment asked)
    {
        var today = house.BusinessDateOf(account);
        if (!transfers.IsSetUp || asked.Tokens.Count == 0)
        {
            return new NoPaymentChannel();
        }

        if (asked.On < today || asked.On > today.AddDays(MostDays))
        {
            return new PlannedDayWrong(today, today.AddDays(MostDays));
        }

        var one = new AutoDebit
        {
            Account = account, Subject = Prefix + asked.Id, DueOn = asked.On, Rule = asked.Rule,
            Amount = asked.Rule == PlannedRule.Sum ? asked.Sum : 0, Sources = asked.Tokens, NextAt = At(asked.On),
        };
        var known = await house.WriteAsync((connection, transaction) => AutoDebitShelf.Add(connection, transaction, one) ? null
            : AutoDebitShelf.Of(connection, account, int.MaxValue, transaction).First(other => other.Subject == one.Subject));
        return known is null || (known.DueOn == one.DueOn && known.Rule == one.Rule && known.Sources.SequenceEqual(one.Sources)
            && (one.Rule != PlannedRule.Sum || known.Amount == one.Amount)) ? null : new KeyReusedWithOtherContent(asked.Id);
    }

    /// <summary>Those of an account that wait or ran lately, latest day first.</summary>
    public IReadOnlyList<AutoDebit> Of(AccountId account, int most)
    {
        using var connection = house.OpenReadOnly();
        return [.. AutoDebitShelf.Of(connection, account, most).Where(one => one.Rule is not null)];
    }

    /// <summary>Calls one off that has not begun. Refused (307) when there is none.</summary>
    public async Task<Refusal?> CancelAsync(AccountId account, string id)
    {
        var subject = Prefix + id;
        var stopped = await house.WriteAsync((connection, transaction) =>
            AutoDebitShelf.Of(connection, account, int.MaxValue, transaction).FirstOrDefault(
                one => one.Subject == subject && one is { State: AutoDebitState.Waiting, Transfer.Length: 0, Collected: 0 }) is { } one
            && AutoDebitShelf.Put(connection, transaction, one with { State = AutoDebitState.Stopped, NextAt = 0 }));
        return stopped ? null : new PlannedUnknown(id);
    }

    /// <summary>The name of a planned payment.</summary>
    public static string IdOf(AutoDebit one) => one.Subject[Prefix.Length..];

    // The row waits for its business day; the clock only says that it may go on.
    private long At(DateOnly day) => house.IsSandbox ? 1 : Math.Max(1, Micros(day));

    private long Micros(DateOnly day)
    {
        var first = new DateTimeOffset(day.ToDateTime(new TimeOnly(8, 0)), TimeSpan.FromHours(8)).ToUnixTimeMilliseconds() * 1000;
        var now = time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
        return day <= house.BusinessDate ? now : first;
    }
}
