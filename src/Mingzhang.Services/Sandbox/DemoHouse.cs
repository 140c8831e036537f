using System.Globalization;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;

namespace Mingzhang.Services.Sandbox;

/// <summary>A sandbox with a few living customers, driven through the same commands as any customer.</summary>
public static class DemoHouse
{
    /// <summary>The product of the demo accounts.</summary>
    public const string Product = "pay-later";

    /// <summary>The first business date of a new sandbox.</summary>
    public static DateOnly FirstDay { get; } = new(2026, 3, 2);

    /// <summary>The business date the stories end on; nothing after it is known.</summary>
    public static DateOnly Today { get; } = new(2026, 7, 5);

    /// <summary>Plays the stories. May be ended anywhere and started again: keys are fixed, so each step happens once.</summary>
    /// <param name="house">A sandbox.</param>
    /// <param name="told">Gets each refused step, which is an error in a story; null: a refusal throws.</param>
    public static async Task SeedAsync(CreditHouse house, Action<string>? told = null)
    {
        var terms = house.Terms.InForce(Product, FirstDay)
            ?? throw new InvalidOperationException($"The product {Product} is not in force on {FirstDay:O}; the demo needs it.");
        var steps = DemoStories.All(terms, house.Terms).OrderBy(step => step.On).ToList();
        foreach (var day in steps.GroupBy(step => step.On))
        {
            if (day.Key > house.BusinessDate)
            {
                await house.AdvanceToAsync(day.Key);
            }

            foreach (var step in day)
            {
                await PlayAsync(house, step, told);
            }
        }

        if (Today > house.BusinessDate)
        {
            await house.AdvanceToAsync(Today);
        }

        await house.SettleAsync();
    }

    private static async Task PlayAsync(CreditHouse house, DemoStep step, Action<string>? told)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"demo:{step.Number}");
        var command = step.Read is { } read && await house.ReadAsync(step.Account) is { } state ? read(state) : step.Command;
        var result = await house.SubmitAsync(new CommandEnvelope(step.Account, key, command, "demo"));
        if (result.Refusal is { } refusal)
        {
            var message = $"{step.On:yyyy-MM-dd} {step.Account} {step.Command.GetType().Name}: {refusal.Code}";
            (told ?? (text => throw new InvalidOperationException(text)))(message);
        }
    }
}

/// <summary>One step of a story.</summary>
/// <param name="Number">Its number within the account's story; makes the key.</param>
/// <param name="Account">The account.</param>
/// <param name="On">The business date it happens on.</param>
/// <param name="Command">What happens.</param>
public sealed record DemoStep(int Number, AccountId Account, DateOnly On, AccountCommand Command)
{
    /// <summary>What of it follows from the account as it then is, such as a cost table; null = nothing.</summary>
    public Func<AccountState, AccountCommand>? Read { get; init; }
}
