using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Mingzhang.Channel;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.Values;

namespace Mingzhang.Services.Opening;

/// <summary>
/// An assessor of the lender's over HTTP: <c>POST {"id","customer","product","name","phone","idNumber"}</c>, signed as messages to the
/// bank are. It answers 200 with <c>{"approved","limitMinor","model","failedCondition"}</c>, the same for the same id; anything else is
/// no decision. Name and numbers go out under the consent to be queried, which opening asks for first.
/// </summary>
public sealed class HttpAssessor(Uri address, string secret, TimeSpan patience, TimeProvider time) : IAssessor, IDisposable
{
    private const long MostBytes = 64 * 1024;
    private const int LongestWord = 64;

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false })
    {
        Timeout = patience, MaxResponseContentBufferSize = MostBytes,
    };

    /// <inheritdoc/>
    public async Task<Assessment?> AssessAsync(AssessmentAsk ask, CancellationToken cancel)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            id = ask.Id, customer = ask.Person.Customer.ToString(), product = ask.Terms.Code, name = ask.Person.Name,
            phone = ask.Person.Phone, idNumber = ask.Person.IdNumber,
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add(ChannelSignature.Header, ChannelSignature.Of(secret, time.GetUtcNow(), "POST", address.AbsolutePath, body));
        try
        {
            using var response = await _client.SendAsync(request, cancel);
            return response.IsSuccessStatusCode && await response.Content.ReadFromJsonAsync<Answer>(cancel) is { } answer
                ? Read(ask, answer) : null;
        }
        catch (Exception cause) when (cause is HttpRequestException or IOException or SocketException or JsonException
            || (cause is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static Assessment? Read(AssessmentAsk ask, Answer answer) =>
        answer.LimitMinor < 0 || answer.Model.Length is 0 or > LongestWord || answer.FailedCondition is { Length: > LongestWord } ? null
            : new Assessment(
                ask.Id, answer.Approved, Money.Of(answer.LimitMinor, ask.Terms.Currency), answer.Model,
                answer.Approved ? null : answer.FailedCondition);

    private sealed record Answer
    {
        public bool Approved { get; init; }
        public long LimitMinor { get; init; }
        public string Model { get; init; } = "";
        public string? FailedCondition { get; init; }
    }
}
