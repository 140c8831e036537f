using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Purchases;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;

namespace Mingzhang.Engine.Integrity;

/// <summary>
/// A customer of the house's own who borrows one unit and repays it on every business day, through the same lanes as everybody. What must
/// hold then is known beforehand, so whatever goes wrong on the way shows here first.
/// </summary>
/// <remarks>Safe to repeat: its keys are made of the day, so a day's round is booked once however often it is walked.</remarks>
public sealed class Canary(CreditHouse house, ProductTerms terms)
{
    /// <summary>Number of its findings; not one of the invariants.</summary>
    public const int Number = 0;

    private const string Asker = "system:canary";

    /// <summary>Its customer number: the last below those of forks.</summary>
    public static CustomerId Customer { get; } = new(BusinessClock.FirstForkCustomer - 1);

    /// <summary>Its account.</summary>
    public AccountId Account { get; } = AccountId.Of(Customer, terms.Slot);

    /// <summary>Whether it can live under a product: it needs a scene that posts at payment.</summary>
    public static bool Fits(ProductTerms terms) => terms.Scenes.Any(scene => scene.PostsAt == PostingMoment.Payment);

    /// <summary>Walks the round of a day; null when everything was as it must be, else what was not.</summary>
    public async Task<string?> WalkAsync(DateOnly day)
    {
        var one = Money.Of(100, terms.Currency);
        if (await house.ReadAsync(Account) is null && await RefusedAsync("open", Open(day)) is { } unopened)
        {
            return unopened;
        }

        var id = $"canary-{day:yyyyMMdd}";
        var scene = terms.Scenes.First(scene => scene.PostsAt == PostingMoment.Payment);
        AccountCommand[] round =
        [
            new AuthorisePurchase(id, one, scene.Code, "canary") { EffectiveOn = day },
            new CapturePurchase(id, one, true) { EffectiveOn = day },
            new ReceiveRepayment(
                id, [new RepaymentSource("canary", one)], new DebtName(id, null, null), Actor.Channel) { EffectiveOn = day },
        ];
        foreach (var (command, step) in round.Select((command, step) => (command, step)))
        {
            if (await RefusedAsync($"{id}:{step}", command) is { } refused)
            {
                return refused;
            }
        }

        var after = (await house.ReadAsync(Account))!;
        var own = house.Terms.Find(after.Product, after.Terms.Version) ?? terms;
        var (owed, free) = (after.TotalDebt(own, day), after.Available(day, null));
        return owed.IsZero && free == after.TotalLimit ? await AgainAsync(id, round[2])
            : $"all is repaid, but {owed.MinorUnits} are owed and {free.MinorUnits} of {after.TotalLimit.MinorUnits} are available";
    }

    private OpenAccount Open(DateOnly day) => new(
        Account, terms.Code, terms.Version, terms.RequiredConsents.Map(code => new Consent(code, "canary")),
        new BankCard("canary", "0000"), new Assessment("canary", true, terms.Limits.Smallest, "canary", null),
        terms.Cycles.Count > 0 ? terms.Cycles[0].DueDays[0] : null) { EffectiveOn = day };

    /// <summary>The same key has to get the same bytes.</summary>
    private async Task<string?> AgainAsync(string id, AccountCommand repayment)
    {
        var (first, second) = (await SubmitAsync($"{id}:2", repayment), await SubmitAsync($"{id}:2", repayment));
        return second.Replayed && first.Sequence == second.Sequence && first.Body.Span.SequenceEqual(second.Body.Span)
            ? null : $"the same key was answered by sequence {first.Sequence} and by {second.Sequence}";
    }

    private async Task<string?> RefusedAsync(string key, AccountCommand command) =>
        (await SubmitAsync(key, command)).Refusal is { } refusal ? $"{command.GetType().Name} was refused: {refusal.Code.Name}" : null;

    private Task<CommandResult> SubmitAsync(string key, AccountCommand command) =>
        house.SubmitAsync(new CommandEnvelope(Account, key, command, Asker));
}
