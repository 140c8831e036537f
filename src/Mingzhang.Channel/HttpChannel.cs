using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mingzhang.Channel;

/// <summary>A bank that speaks this contract over HTTP, with signed messages.</summary>
/// <param name="bank">Its address.</param>
/// <param name="secret">Shared with the bank.</param>
/// <param name="patience">How long an answer may take before the outcome is unknown.</param>
/// <param name="time">For signatures.</param>
public sealed class HttpChannel(Uri bank, string secret, TimeSpan patience, TimeProvider time)
    : IPaymentChannel, ICardIssuer, ILenderGateway, IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false })
    {
        BaseAddress = bank, Timeout = patience,
    };

    /// <summary>How messages are written on both sides.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <inheritdoc/>
    public bool IsSetUp => true;

    /// <inheritdoc/>
    public Task<TransferAnswer?> SendAsync(TransferOrder order, CancellationToken cancel) =>
        AskAsync(HttpMethod.Post, "/v1/transfers", order.Id, JsonSerializer.SerializeToUtf8Bytes(order, Json), cancel);

    /// <inheritdoc/>
    public Task<TransferAnswer?> QueryAsync(string id, CancellationToken cancel) =>
        AskAsync(HttpMethod.Get, "/v1/transfers/" + Uri.EscapeDataString(id), id, [], cancel);

    /// <inheritdoc/>
    public Task<TransferAnswer?> VoidAsync(string id, CancellationToken cancel) =>
        AskAsync(HttpMethod.Post, "/v1/transfers/" + Uri.EscapeDataString(id) + "/void", id, [], cancel);

    /// <inheritdoc/>
    public async Task<bool?> MandateAsync(MandateOrder mandate, CancellationToken cancel) =>
        (await TextAsync(HttpMethod.Post, "/v1/mandates", JsonSerializer.SerializeToUtf8Bytes(mandate, Json), cancel)).Status switch
        {
            HttpStatusCode.NoContent => true, HttpStatusCode.BadRequest or HttpStatusCode.Conflict => false, _ => null,
        };

    /// <inheritdoc/>
    public async Task<Settlement?> SettlementAsync(DateOnly day, CancellationToken cancel)
    {
        var path = "/v1/settlements/" + day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return await TextAsync(HttpMethod.Get, path, [], cancel) is (HttpStatusCode.OK, var text)
            ? SettlementFile.Read(Encoding.UTF8.GetString(text)) : null;
    }

    /// <inheritdoc/>
    public async Task<string?> TokenOfAsync(string number, CancellationToken cancel)
    {
        var (status, text) = await TextAsync(
            HttpMethod.Post, "/v1/cards", JsonSerializer.SerializeToUtf8Bytes(new CardOrder(number), Json), cancel);
        try
        {
            return status == HttpStatusCode.OK
                && JsonSerializer.Deserialize<CardToken>(text, Json) is { Token.Length: > 0 and <= 64 } answer
                ? answer.Token : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyCollection<string>?> AdviseAsync(
        string lender, IReadOnlyList<LenderAdvice> lines, CancellationToken cancel)
    {
        var (status, text) = await TextAsync(
            HttpMethod.Post, PathOf(lender) + "/advices", JsonSerializer.SerializeToUtf8Bytes(lines, Json), cancel);
        try
        {
            return status == HttpStatusCode.OK ? JsonSerializer.Deserialize<HashSet<string>>(text, Json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<LenderStatement?> StatementAsync(string lender, DateOnly day, CancellationToken cancel)
    {
        var path = PathOf(lender) + "/statements/" + day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return await TextAsync(HttpMethod.Get, path, [], cancel) is (HttpStatusCode.OK, var text)
            ? LenderFile.Read(Encoding.UTF8.GetString(text)) : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static string PathOf(string lender) => "/v1/lenders/" + Uri.EscapeDataString(lender);

    private async Task<TransferAnswer?> AskAsync(HttpMethod method, string path, string id, byte[] body, CancellationToken cancel)
    {
        var (status, text) = await TextAsync(method, path, body, cancel);
        try
        {
            return status == HttpStatusCode.OK && JsonSerializer.Deserialize<TransferAnswer>(text, Json) is { } answer && answer.Id == id
                ? answer : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<(HttpStatusCode Status, byte[] Body)> TextAsync(
        HttpMethod method, string path, byte[] body, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add(ChannelSignature.Header, ChannelSignature.Of(secret, time.GetUtcNow(), method.Method, path, body));
        if (method == HttpMethod.Post)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new("application/json");
        }

        try
        {
            using var response = await _client.SendAsync(request, cancel);
            return (response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancel));
        }
        catch (Exception cause) when (cause is HttpRequestException or IOException
            || (cause is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return (0, []);
        }
    }
}
