using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mingzhang.Crash.Tool.Payments;

/// <summary>A transfer as the house's API tells it.</summary>
public sealed record Told(string Id, string Subject, string State, bool Over, long MovedMinor);

/// <summary>Talks to the house over its API; a house that is dead is asked again with the same key.</summary>
public sealed class HouseCaller(Uri house, string key) : IDisposable
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromMinutes(3);

    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false })
    {
        BaseAddress = house, Timeout = TimeSpan.FromSeconds(60), DefaultRequestHeaders = { Authorization = new("Bearer", key) },
    };

    /// <summary>The accounts of one of the run's customers; their numbers are beyond those of the demo customers.</summary>
    public static string AccountOf(int customer) => string.Create(CultureInfo.InvariantCulture, $"{CustomerOf(customer)}-01");

    /// <summary>An account with a big purchase, whose card's token decides what the bank has for it.</summary>
    public async Task OpenAsync(int customer, string token)
    {
        await WriteAsync("/v1/accounts", $"open-{customer}", $$"""
            {"customerId":"{{CustomerOf(customer)}}","product":"pay-later","consents":[{"code":"credit-agreement","version":"2026-01"},
            {"code":"bureau-query-report","version":"2026-01"},{"code":"privacy","version":"2026-01"}],
            "card":{"token":"{{token}}","lastFour":"4242"},
            "assessment":{"id":"as-{{customer}}","approved":true,"limitMinor":5000000,"model":"score-7"},"dueDay":10}
            """);
        await WriteAsync($"/v1/accounts/{AccountOf(customer)}/offline-purchases", $"buy-{customer}", """
            {"purchaseId":"off-1","amountMinor":4900000,"scene":"travel","merchant":"m"}
            """);
    }

    /// <summary>Asks for a payment until the house has answered.</summary>
    public Task PayAsync(int customer, string payment, long minor) => WriteAsync(
        $"/v1/accounts/{AccountOf(customer)}/transfers", "collect-" + payment,
        string.Create(CultureInfo.InvariantCulture, $$"""{"repaymentId":"{{payment}}","amountMinor":{{minor}}}"""));

    /// <summary>Moves the sandbox's clock a day ahead.</summary>
    public async Task<DateOnly> NextDayAsync(string payment)
    {
        JsonNode today = (await ReadAsync("/v1/business-date"))!;
        DateOnly next = DateOnly.Parse((string)today["businessDate"]!, CultureInfo.InvariantCulture).AddDays(1);
        await WriteAsync("/v1/sandbox/clock", "clock-" + payment, $$"""{"to":"{{next:yyyy-MM-dd}}"}""");
        return next;
    }

    /// <summary>A customer's transfers.</summary>
    public async Task<IReadOnlyList<Told>> TransfersAsync(int customer) =>
        (await ReadAsync($"/v1/accounts/{AccountOf(customer)}/transfers")).Deserialize<List<Told>>(JsonSerializerOptions.Web)!;

    /// <summary>A customer's journal: keys of accepted rows that tell of money, with the amount on the bank's account.</summary>
    public async Task<IReadOnlyList<(string Key, long Minor)>> JournalAsync(int customer)
    {
        List<(string, long)> rows = [];
        string next = "";
        do
        {
            JsonNode page = (await ReadAsync($"/v1/accounts/{AccountOf(customer)}/journal?limit=200{next}"))!;
            rows.AddRange(page["items"]!.AsArray().Where(row => (string)row!["kind"]! == "accepted").Select(row => (
                (string)row!["key"]!, row["postings"]!.AsArray().Where(line => IsBank((string)line!["ledger"]!))
                    .Sum(line => (long)line!["amountMinor"]!))));
            next = page["next"] is { } cursor ? $"&cursor={Uri.EscapeDataString((string)cursor!)}" : "";
        }
        while (next.Length > 0);
        return rows;
    }

    /// <summary>How many breaks there are.</summary>
    public async Task<int> BreaksAsync() => (await ReadAsync("/v1/settlement/breaks")).AsArray().Count;

    /// <summary>A repayment told to the ledger alone.</summary>
    public Task BookAsync(int customer, string payment, long minor) => WriteAsync(
        $"/v1/accounts/{AccountOf(customer)}/repayments", "book-" + payment, string.Create(CultureInfo.InvariantCulture, $$"""
            {"repaymentId":"{{payment}}","sources":[{"source":"bank-card","amountMinor":{{minor}}}]}
            """));

    public void Dispose() => _client.Dispose();

    private static string CustomerOf(int customer) => (7_000_000 + customer).ToString(CultureInfo.InvariantCulture);

    private static bool IsBank(string ledger) => ledger == "settlementCash";

    private Task<JsonNode> ReadAsync(string path) => AskAsync(() => new HttpRequestMessage(HttpMethod.Get, path));

    private Task<JsonNode> WriteAsync(string path, string idempotency, string body) => AskAsync(
        () => new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
            Headers = { { "Idempotency-Key", idempotency } },
        });

    private async Task<JsonNode> AskAsync(Func<HttpRequestMessage> ask)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                using HttpRequestMessage message = ask();
                using HttpResponseMessage answer = await _client.SendAsync(message);
                string text = await answer.Content.ReadAsStringAsync();
                if (answer.IsSuccessStatusCode)
                {
                    return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
                }

                if ((int)answer.StatusCode < 500)
                {
                    throw new InvalidOperationException($"{message.Method} {message.RequestUri}: {(int)answer.StatusCode} {text}");
                }
            }
            catch (Exception cause) when (cause is HttpRequestException or TaskCanceledException or IOException)
            {
                // It is dead or starting: the same question again, with the same key.
            }

            if (TimeProvider.System.GetElapsedTime(began) > GiveUpAfter)
            {
                throw new InvalidOperationException("the house does not come back");
            }

            await Task.Delay(AskAgainAfter);
        }
    }
}
