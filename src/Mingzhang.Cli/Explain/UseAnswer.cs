using System.Globalization;
using Mingzhang.Channel;
using Mingzhang.Cli.House;
using Mingzhang.Cli.Output;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Access;
using Mingzhang.Services.Checkout;
using Mingzhang.Services.Diagnosis;
using Mingzhang.Services.Entitlements;
using Mingzhang.Services.Incidents;
using Mingzhang.Services.Payments;
using Mingzhang.Services.Reading;
using Spectre.Console;
using Shown = Mingzhang.Cli.Output.Shown;

namespace Mingzhang.Cli.Explain;

/// <summary>
/// "I have repaid, why can't I use it?": the diagnosis of the app and the console, over what the database holds. Another account of the
/// same person is not looked for, because that takes the people's keys.
/// </summary>
internal static class UseAnswer
{
    /// <summary>The answer; throws <see cref="ProblemException"/> when there is no such account.</summary>
    public static async Task<UseDiagnosis> AskAsync(OpenHouse open, string products, AccountId account, Money? amount, string? scene)
    {
        var (house, time) = (open.House, TimeProvider.System);
        var reader = new AccountReader(house);
        var access = new AccessDesk(house, AccessRulesFile.Read(products), time);
        var entitlements = new EntitlementDesk(house, reader, access, time);
        var incidents = new IncidentDesk(house, time);
        var neighbours = new UseNeighbours(house, time);
        var checkout = new CheckoutDesk(house, entitlements, incidents, neighbours, time);
        var transfers = new TransferDesk(house, new NoChannel(), new PaymentOptions(), time);
        var diagnoser = new UseDiagnoser(
            house, reader, entitlements, access, incidents, checkout, transfers, time, neighbours);
        return await diagnoser.AskAsync(new UseQuestion(account) { Amount = amount, Scene = scene }) ?? throw OpenHouse.Missing(account);
    }

    /// <summary>Verdict, causes, stages.</summary>
    public static void Write(IAnsiConsole screen, UseDiagnosis answer)
    {
        screen.WriteLine($"{Shown.Day(answer.AsOf)}: {answer.Verdict}; {(answer.Usable ? "can be used 可用" : "cannot be used 不可用")}");
        screen.WriteLine($"owed {Shown.Money(answer.Owed)}, available {Shown.Money(answer.Available)}, rules {answer.Rules}");
        foreach (var cause in answer.Causes)
        {
            screen.WriteLine($" - {cause.Code}: {cause.En}");
            screen.WriteLine($"   {cause.Zh}");
            screen.WriteLine($"   until {Shown.Day(cause.Until)}, next: {cause.NextAction} ({cause.Evidence})");
        }

        var stages = Shown.Table("stage", "reached", ">journal", "what it rests on", "依据");
        foreach (var stage in answer.Stages)
        {
            var reached = stage.At?.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture) ?? "not yet";
            stages.Row(stage.Step.ToString(), reached, $"{stage.Sequence}", stage.En, stage.Zh);
        }

        screen.Write(stages);
    }
}
