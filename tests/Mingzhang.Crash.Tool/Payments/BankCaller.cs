using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Mingzhang.Channel;

namespace Mingzhang.Crash.Tool.Payments;

/// <summary>Talks to the sandbox bank beside the house: what shall go wrong, and what is in its accounts.</summary>
public sealed class BankCaller(Uri bank, string secret) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = bank };

    /// <summary>Sets what goes wrong from now on; null = nothing.</summary>
    public async Task PlanAsync(string? faults) => _ = await AskAsync(HttpMethod.Post, "/sandbox/faults", faults ?? "{}");

    /// <summary>What each account has paid out of what it was opened with, minor units.</summary>
    public async Task<Dictionary<string, long>> SpentAsync() => JsonNode.Parse(await AskAsync(HttpMethod.Get, "/sandbox/accounts", ""))!
        .AsArray().ToDictionary(one => (string)one!["token"]!, one => (long)one!["opened"]! - (long)one["balance"]!);

    public void Dispose() => _client.Dispose();

    private async Task<string> AskAsync(HttpMethod method, string path, string body)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        using HttpRequestMessage message = new(method, path);
        if (bytes.Length > 0)
        {
            message.Content = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        message.Headers.Add(
            ChannelSignature.Header, ChannelSignature.Of(secret, TimeProvider.System.GetUtcNow(), method.Method, path, bytes));
        using HttpResponseMessage answer = await _client.SendAsync(message);
        _ = answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync();
    }
}
