using System.Globalization;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.Purchases;
using Mingzhang.Engine;

namespace Mingzhang.Cli.Replay.Taiwan;

/// <summary>What was sent to the house.</summary>
/// <param name="Commands">Commands answered, replayed ones among them.</param>
/// <param name="Replayed">Answered in an earlier run: the first answer came back.</param>
/// <param name="AuthorisationsRefused">Purchases that the account refused and that were posted by force.</param>
/// <param name="DaysPassed">How often an account passed a day.</param>
public sealed record ReplayCounts(long Commands, long Replayed, long AuthorisationsRefused, long DaysPassed);

/// <summary>Drives the clients through the house, many commands in flight. It keeps no checkpoint: the business date tells which steps
/// are done, and in the
/// step of that day commands already answered come back with their first answer.</summary>
public sealed class TaiwanReplay(CreditHouse house, IReadOnlyList<TaiwanClient> clients, IReplayProgress progress)
{
    private const int Chunk = 512;
    private const int ChunksInFlight = 24;

    private long _commands;
    private long _replayed;
    private long _refused;
    private long _days;

    /// <summary>Runs every step that is not done. Throws <see cref="ProblemException"/> when the database holds something else.</summary>
    public async Task<ReplayCounts> RunAsync(CancellationToken cancel)
    {
        if (house.BusinessDate < TaiwanPlan.OpeningOn || house.BusinessDate > TaiwanPlan.StatementOn(TaiwanColumns.Months - 1))
        {
            throw Other($"its business date is {house.BusinessDate:yyyy-MM-dd}", $"其业务日期为 {house.BusinessDate:yyyy-MM-dd}");
        }

        await StepAsync("open", TaiwanPlan.OpeningOn, OpenAsync, cancel);
        for (var month = 0; month < TaiwanColumns.Months; month++)
        {
            var m = month;
            var name = TaiwanPlan.StatementOn(m).ToString("yyyy-MM", CultureInfo.InvariantCulture);
            await StepAsync(name + " payments", TaiwanPlan.PaymentOn(m), chunk => PayAsync(chunk, m), cancel);
            await StepAsync(name + " purchases", TaiwanPlan.PurchaseOn(m), chunk => BuyAsync(chunk, m), cancel);
            await StepAsync(name + " statements", TaiwanPlan.StatementOn(m), null, cancel);
        }

        return new ReplayCounts(_commands, _replayed, _refused, _days);
    }

    private async Task StepAsync(string name, DateOnly day, Func<TaiwanClient[], Task>? send, CancellationToken cancel)
    {
        if (day < house.BusinessDate)
        {
            return;
        }

        progress.Begin(name, clients.Count);
        var (report, refusal) = await house.AdvanceToAsync(day, null, cancel);
        if (refusal is not null)
        {
            throw Other("it is no sandbox", "它不是沙箱");
        }

        _days += report?.Accounts ?? 0;
        if (send is not null)
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = ChunksInFlight, CancellationToken = cancel };
            await Parallel.ForEachAsync(clients.Chunk(Chunk), options, async (chunk, _) =>
            {
                await send(chunk);
                progress.Advance(chunk.Length);
            });
        }

        progress.End();
    }

    private async Task OpenAsync(TaiwanClient[] chunk) => _ = await SendAsync(chunk.Select(TaiwanPlan.Open));

    private async Task PayAsync(TaiwanClient[] chunk, int month) =>
        _ = await SendAsync(chunk.Select(client => TaiwanPlan.Pay(client, month)));

    private async Task BuyAsync(TaiwanClient[] chunk, int month)
    {
        var asked = await SendAsync(chunk.Select(client => TaiwanPlan.Ask(client, month)));
        var byAccount = asked.Where(pair => pair.Envelope.Command is AuthorisePurchase)
            .ToDictionary(pair => pair.Envelope.Account, pair => pair.Result.IsAccepted);
        Interlocked.Add(ref _refused, byAccount.Values.Count(accepted => !accepted));
        _ = await SendAsync(chunk.Where(client => byAccount.ContainsKey(TaiwanPlan.AccountOf(client))).Select(client =>
            byAccount[TaiwanPlan.AccountOf(client)] ? TaiwanPlan.Capture(client, month) : TaiwanPlan.Force(client, month)));
    }

    private async Task<List<(CommandEnvelope Envelope, CommandResult Result)>> SendAsync(IEnumerable<CommandEnvelope?> commands)
    {
        var envelopes = commands.OfType<CommandEnvelope>().ToList();
        var results = await house.SubmitManyAsync(envelopes);
        var answered = new List<(CommandEnvelope, CommandResult)>(envelopes.Count);
        for (var i = 0; i < envelopes.Count; i++)
        {
            Check(envelopes[i], results[i]);
            answered.Add((envelopes[i], results[i]));
        }

        Interlocked.Add(ref _commands, envelopes.Count);
        Interlocked.Add(ref _replayed, results.Count(result => result.Replayed));
        return answered;
    }

    private static void Check(CommandEnvelope envelope, CommandResult result)
    {
        if (result.IsAccepted || (envelope.Command is AuthorisePurchase && result.Refusal is not KeyReusedWithOtherContent))
        {
            return;
        }

        throw Other(
            $"client {TaiwanPlan.ClientOf(envelope.Account)} ({envelope.Account}) answers {envelope.Key} with {result.Refusal!.Code.Name}",
            $"客户 {TaiwanPlan.ClientOf(envelope.Account)}（{envelope.Account}）对 {envelope.Key} 的答复为 {result.Refusal.Code.Name}");
    }

    private static ProblemException Other(string why, string whyZh) => new(ExitCode.Refused, Problem.Of(
        "--db", $"the database holds something other than a replay of this file: {why}", "Name a new file with --db.",
        $"数据库中不是本文件的回放：{whyZh}", "请用 --db 指定新文件。"));
}
