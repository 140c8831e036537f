using System.Diagnostics;
using System.Globalization;
using Mingzhang.Engine;

namespace Mingzhang.Crash.Tool.Days;

/// <summary>The process that is killed: goes on with an interrupted day and passes days up to a last one.</summary>
public static class DayChild
{
    public static async Task RunAsync(string path, string last, int dieAtCommit, DayPlant plant)
    {
        int commits = 0;
        Plant inner = plant switch
        {
            DayPlant.DropRow => Plant.DropRow,
            DayPlant.ChangePosting => Plant.ChangePosting,
            _ => Plant.None,
        };
        try
        {
            using CreditHouse house = House.Open(path, inner, _ =>
            {
                if (++commits == dieAtCommit)
                {
                    Process.GetCurrentProcess().Kill();
                }
            });
            await Console.Out.WriteLineAsync("ready");
            _ = await house.ResumeDayAsync();
            (_, Domain.Accounts.Refusal? refusal) = await house.AdvanceToAsync(
                DateOnly.ParseExact(last, "yyyy-MM-dd", CultureInfo.InvariantCulture));
            await house.SettleAsync();
            await Console.Out.WriteLineAsync(refusal is null ? "done" : $"error {refusal}");
        }
        catch (Exception cause) when (cause is HouseStoppedException or Store.StoreException)
        {
            await Console.Out.WriteLineAsync($"error {cause.Message}");
        }
    }
}
