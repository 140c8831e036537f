using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Mingzhang.Bench.Side;

/// <summary>What a client measured.</summary>
/// <param name="Rate">Commands a second.</param>
/// <param name="P50">Milliseconds of a request.</param>
/// <param name="P99">Milliseconds.</param>
/// <param name="Refused">Answers that were no success; the first is told.</param>
internal sealed record WireResult(double Rate, double P50, double P99, long Refused);

/// <summary>
/// The client of the HTTP figures, in a process of its own: so many connections, each sending its next request when the last is answered:
/// purchases that are authorised, captured and repaid, on accounts no other connection uses.
/// </summary>
internal sealed class WireLoad(int port, string kind, int connections, int seconds, int accounts, string key)
{
    private const int Bulk = 100;
    private const double WarmUp = 1.0;
    private const int FirstCustomer = 3_000_000;

    private long _refused;
    private string _first = "";

    /// <summary>Runs as a process: <c>client PORT KIND CONNECTIONS SECONDS ACCOUNTS</c> with the key in <c>MZ_API_KEY</c>.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        int Whole(int at) => int.Parse(args[at], CultureInfo.InvariantCulture);
        var load = new WireLoad(Whole(0), args[1], Whole(2), Whole(3), Whole(4), Environment.GetEnvironmentVariable("MZ_API_KEY") ?? "");
        var result = await load.MeasureAsync();
        if (result.Refused > 0)
        {
            await Console.Error.WriteLineAsync($"{result.Refused} answers were no success; the first: {load._first}");
        }

        Console.WriteLine(JsonSerializer.Serialize(result));
        return result.Refused == 0 ? 0 : 1;
    }

    private async Task<WireResult> MeasureAsync()
    {
        var (counts, times) = (new long[connections], new List<double>[connections]);
        var watch = Stopwatch.StartNew();
        var warm = kind == "open" ? 0 : WarmUp;
        await Task.WhenAll(Enumerable.Range(0, connections).Select(number => Task.Run(async () =>
        {
            using var wire = new Wire(port);
            await wire.OpenAsync();
            var mine = times[number] = [];
            foreach (var (request, commands) in kind == "open" ? Openings(number) : Requests(number))
            {
                var from = Stopwatch.GetTimestamp();
                var status = await wire.AskAsync(request);
                var now = watch.Elapsed.TotalSeconds;
                Look(status, wire.Body);
                if (now >= warm)
                {
                    mine.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
                    counts[number] += commands;
                }

                if (kind != "open" && now >= warm + seconds)
                {
                    break;
                }
            }
        })));
        var measured = watch.Elapsed.TotalSeconds - warm;
        var (p50, p99) = Measures.Percentiles([.. times.SelectMany(mine => mine)]);
        return new WireResult(counts.Sum() / measured, p50, p99, _refused);
    }

    private void Look(int status, ReadOnlyMemory<byte> body)
    {
        // A batch answers 200 though one of its commands may not.
        var good = status is 200 or 201 && (!IsBulk || body.Span.IndexOf("\"status\":4"u8) < 0);
        if (!good && Interlocked.Increment(ref _refused) == 1)
        {
            _first = Encoding.UTF8.GetString(body.Span[..Math.Min(600, body.Length)]);
        }
    }

    private bool IsBulk => kind is "bulk" or "open";

    /// <summary>Requests without end: each account in turn buys, pays for it, and begins again.</summary>
    private IEnumerable<(ReadOnlyMemory<byte> Request, int Commands)> Requests(int number)
    {
        var run = Guid.NewGuid().ToString("N")[..8];
        var (each, size) = (accounts / connections, kind == "bulk" ? Math.Min(Bulk, accounts / connections) : 1);
        for (var turn = 0; ; turn++)
        {
            var first = FirstCustomer + (number * each) + (turn * size % Math.Max(1, each - size + 1));
            for (var step = 0; step < 3; step++)
            {
                var commands = Enumerable.Range(first, size).Select(customer => Command(customer, step, $"{run}-{turn}")).ToList();
                yield return size == 1 && kind != "bulk" ? (Single(first, step, commands[0], $"{run}-{turn}"), 1) : (Batch(commands), size);
            }
        }
    }

    private IEnumerable<(ReadOnlyMemory<byte> Request, int Commands)> Openings(int number)
    {
        var each = accounts / connections;
        for (var done = 0; done < each; done += Bulk)
        {
            var size = Math.Min(Bulk, each - done);
            var customers = Enumerable.Range(FirstCustomer + (number * each) + done, size);
            yield return (Batch([.. customers.Select(customer => (
                "open-account", $$$"""
                {"customerId":"{{{customer}}}","product":"pay-later","dueDay":10,
                "consents":[{"code":"credit-agreement","version":"2026-01"},{"code":"privacy","version":"2026-01"},
                {"code":"bureau-query-report","version":"2026-01"}],
                "card":{"token":"tok-{{{customer}}}","lastFour":"4242"},
                "assessment":{"id":"as-{{{customer}}}","approved":true,"limitMinor":1000000,"model":"score-7"}}
                """, customer, $"o-{customer}"))]), size);
        }
    }

    private static (string Type, string Body, int Customer, string Key) Command(int customer, int step, string id) => step switch
    {
        0 => ("authorise-purchase", $$"""{"purchaseId":"{{id}}","amountMinor":1200,"scene":"dining","merchant":"merchant-42"}""", customer,
            "a-" + id),
        1 => ("capture-purchase", $$"""{"purchaseId":"{{id}}","amountMinor":1200,"final":true}""", customer, "c-" + id),
        _ => ("receive-repayment", $$"""{"repaymentId":"{{id}}","sources":[{"source":"bank-card","amountMinor":1200}]}""", customer,
            "r-" + id),
    };

    private byte[] Single(int customer, int step, (string Type, string Body, int Customer, string Key) command, string id)
    {
        var body = step == 1 ? """{"amountMinor":1200,"final":true}""" : command.Body;
        var below = step switch { 0 => "purchases", 1 => $"purchases/{id}/captures", _ => "repayments" };
        if (kind == "bare")
        {
            body = """{"purchaseId":"ord-1","amountMinor":1200,"scene":"dining","merchant":"merchant-42"}""";
        }

        return Http($"/v1/accounts/{customer}-01/{below}", command.Key, body);
    }

    private byte[] Batch(List<(string Type, string Body, int Customer, string Key)> commands)
    {
        var items = commands.Select(one => one.Type == "open-account"
            ? $$$"""{"type":"{{{one.Type}}}","key":"{{{one.Key}}}","body":{{{one.Body}}}}"""
            : $$$"""{"type":"{{{one.Type}}}","accountId":"{{{one.Customer}}}-01","key":"{{{one.Key}}}","body":{{{one.Body}}}}""");
        return Http("/v1/commands:batch", "", $$"""{"commands":[{{string.Join(',', items)}}]}""");
    }

    private byte[] Http(string path, string idempotency, string body) => Encoding.UTF8.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\n"
        + (idempotency.Length > 0 ? $"Idempotency-Key: {idempotency}\r\n" : "")
        + $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
}
