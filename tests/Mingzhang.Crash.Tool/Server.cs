using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Mingzhang.Engine;

namespace Mingzhang.Crash.Tool;

/// <summary>The program that gets killed: commands on standard input, answers on standard output.</summary>
public sealed class Server(CreditHouse house, Plant plant)
{
    private readonly Lock _out = new();
    private readonly HashSet<string> _seen = [];
    private int _requests;

    public static async Task RunAsync(string path, Plant plant, int dieAtCommit)
    {
        int commits = 0;
        using Disks.WatchedDisk? disk = plant != Plant.NoSync ? null : new Disks.WatchedDisk(Path.GetDirectoryName(path)!)
        {
            Plan = ask => ask.Act == Disks.DiskAct.Sync ? Disks.DiskAnswer.Swallows : Disks.DiskAnswer.Does,
        };
        using CreditHouse house = House.Open(path, plant, _ =>
        {
            if (++commits == dieAtCommit)
            {
                Process.GetCurrentProcess().Kill();
            }
        });
        _ = await house.ResumeDayAsync();
        await new Server(house, plant).ServeAsync();
    }

    private async Task ServeAsync()
    {
        Say(string.Create(CultureInfo.InvariantCulture, $"ready {house.BusinessDate:yyyy-MM-dd} {house.LastPosition}"));
        while (await Console.In.ReadLineAsync() is { } line)
        {
            string[] words = line.Split(' ');
            switch (words[0])
            {
                case "do": _ = AnswerAsync(words[1], Request.Parse(words.AsSpan(2))); break;
                case "day": _ = DayAsync(); break;
                case "verify": await VerifyAsync(); break;
                case "rows": Rows(); break;
                default: throw new InvalidOperationException(line);
            }
        }
    }

    private async Task AnswerAsync(string number, Request request)
    {
        string? key = plant == Plant.ForgetKey && !_seen.Add(request.Key) ? request.Key + "-again" : null;
        try
        {
            CommandResult result = await house.SubmitAsync(request.Envelope(key));
            string print = Print(result.Body.Span);
            if (plant == Plant.OtherAnswer && result.Replayed)
            {
                print = "0000";
            }

            Say(string.Create(CultureInfo.InvariantCulture,
                $"ans {number} {result.Sequence} {result.IsAccepted} {print} {result.Replayed}"));
            if (plant == Plant.BookTwice && ++_requests % 10 == 0)
            {
                _ = house.SubmitAsync(request.Envelope(request.Key + "-twice"));
            }
        }
        catch (Exception problem)
        {
            Say($"err {number} {problem.GetType().Name} {problem.Message.ReplaceLineEndings(" ")}");
        }
    }

    private async Task DayAsync()
    {
        _ = await house.AdvanceDayAsync();
        Say(string.Create(CultureInfo.InvariantCulture, $"day {house.BusinessDate:yyyy-MM-dd}"));
    }

    private async Task VerifyAsync()
    {
        Engine.Verification.VerifyReport report = await house.VerifyAsync();
        Say(string.Create(
            CultureInfo.InvariantCulture, $"verified {report.IsSound && report.TrialBalanceMinor == 0} {report.Rows} {report.First}"));
    }

    private void Rows()
    {
        using DbConnection connection = house.OpenReadOnly();
        using DbCommand command = connection.CreateCommand();
        command.CommandText = "SELECT account_id / 64, key, sequence, kind, body FROM journal WHERE kind < 3 ORDER BY position";
        using DbDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            string body = Print(Encoding.UTF8.GetBytes(reader.GetString(4)));
            Say(string.Create(
                CultureInfo.InvariantCulture,
                $"row {reader.GetInt64(0)} {reader.GetString(1)} {reader.GetInt64(2)} {reader.GetInt64(3) == 1} {body}"));
        }

        Say("end");
    }

    private void Say(string line)
    {
        lock (_out)
        {
            Console.Out.WriteLine(line);
            Console.Out.Flush();
        }
    }

    public static string Print(ReadOnlySpan<byte> body) => Convert.ToHexString(SHA256.HashData(body).AsSpan(0, 8));
}
