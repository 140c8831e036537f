using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Dapper;

namespace Mingzhang.Engine.Followers;

/// <summary>How webhooks are delivered.</summary>
public sealed record WebhookOptions
{
    /// <summary>Sandbox only: http and loopback addresses are allowed, to try things out. Default false.</summary>
    public bool AllowLoopback { get; init; }

    /// <summary>Attempts before an event is given up and stays for staff. Default 16 (about three days).</summary>
    public int MostAttempts { get; init; } = 16;

    /// <summary>An endpoint that took nothing for so long is paused; its owner resumes it, nothing is lost. Default 5 days.</summary>
    public TimeSpan PauseAfter { get; init; } = TimeSpan.FromDays(5);

    /// <summary>How long an endpoint may take. Default 10 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time for back-off.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>
/// Delivers the outbox: signed, at least once, with back-off. The events of an account reach an endpoint in order: while one waits for its
/// next attempt, those after it wait too, until it is given up. Other accounts and endpoints go on.
/// </summary>
/// <remarks>
/// Addresses are checked when the connection is made, so that a name cannot point inside after it was checked. Redirects are not
/// followed.
/// </remarks>
public sealed class WebhookDeliverer : IDisposable
{
    private const int Page = 100;

    private const long Never = long.MaxValue;

    private const string Active = "SELECT id FROM webhook WHERE active = 1 ORDER BY id";

    private const string Waiting =
        "WITH held AS (SELECT DISTINCT partition_id, account_id FROM outbox WHERE delivered_at = 0 AND next_attempt > @now "
        + "AND next_attempt < @never AND webhook_id = @webhook) "
        + "SELECT o.partition_id AS Partition, o.position AS Position, o.part AS Part, o.webhook_id AS Webhook, o.payload AS Payload, "
        + "o.attempts AS Attempts, w.url AS Url, w.secret AS Secret FROM outbox o JOIN webhook w ON w.id = o.webhook_id "
        + "WHERE o.webhook_id = @webhook AND o.delivered_at = 0 AND o.next_attempt <= @now AND NOT EXISTS (SELECT 1 FROM held h "
        + "WHERE h.partition_id = o.partition_id AND h.account_id = o.account_id) ORDER BY o.position, o.part LIMIT @page";

    private const string Mark =
        "UPDATE outbox SET attempts = @attempts, next_attempt = @next, delivered_at = @delivered, last_error = @error "
        + "WHERE partition_id = @partition AND position = @position AND part = @part AND webhook_id = @webhook";

    private const string Failed =
        "UPDATE webhook SET failing_since = CASE WHEN failing_since = 0 THEN @now ELSE failing_since END, "
        + "active = CASE WHEN failing_since > 0 AND failing_since <= @longAgo THEN 0 ELSE active END WHERE id = @webhook";

    private const string Well = "UPDATE webhook SET failing_since = 0 WHERE id = @webhook AND failing_since > 0";

    private readonly CreditHouse _house;
    private readonly WebhookOptions _options;
    private readonly SocketsHttpHandler _handler;
    private readonly HttpClient _client;
    private readonly Dictionary<string, (int Failures, long Until)> _silent = new(StringComparer.Ordinal);

    /// <summary>A deliverer of a house.</summary>
    public WebhookDeliverer(CreditHouse house, WebhookOptions options)
    {
        _house = house;
        _options = options with { AllowLoopback = options.AllowLoopback && house.IsSandbox };
        _handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ConnectCallback = ConnectAsync,
        };
        _client = new HttpClient(_handler, disposeHandler: false) { Timeout = options.Timeout };
    }

    /// <summary>Null, or why an address must not be an endpoint.</summary>
    public static string? Fault(Uri url, bool allowLoopback) => url switch
    {
        { IsAbsoluteUri: false } => "an endpoint is an absolute https address",
        { Scheme: "http", IsLoopback: true } when allowLoopback => null,
        { Scheme: not "https" } => "an endpoint speaks https",
        { UserInfo.Length: > 0 } => "an endpoint's address holds no password",
        _ when IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) && !IsAllowed(address, allowLoopback) =>
            "an endpoint is not inside a private network",
        _ => null,
    };

    /// <summary>The signature header's value: time in seconds, then HMAC-SHA256 over <c>time.payload</c> in hex.</summary>
    public static string Sign(string secret, long seconds, string payload)
    {
        var signed = System.Text.Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seconds}.{payload}"));
        var digest = Convert.ToHexStringLower(HMACSHA256.HashData(System.Text.Encoding.UTF8.GetBytes(secret), signed));
        return string.Create(CultureInfo.InvariantCulture, $"t={seconds},v1={digest}");
    }

    /// <summary>
    /// Delivers what is due, at most a page for each endpoint; returns how many were tried. Call it again while it is more than zero.
    /// </summary>
    public async Task<int> DeliverAsync(CancellationToken cancel = default)
    {
        using var connection = _house.OpenReadOnly();
        var now = Now();
        var tried = 0;
        foreach (var webhook in connection.Query<string>(Active).AsList().Where(id => !(_silent.GetValueOrDefault(id).Until > now)))
        {
            var due = connection.Query<Due>(Waiting, new { now, never = Never, webhook, page = Page }).AsList();
            tried += await DeliverAsync(webhook, due, cancel);
        }

        return tried;
    }

    /// <summary>Sends in order until the endpoint fails; then it is left alone for a while, whatever else waits for it.</summary>
    private async Task<int> DeliverAsync(string webhook, List<Due> due, CancellationToken cancel)
    {
        for (var i = 0; i < due.Count; i++)
        {
            var error = await SendAsync(due[i], cancel);
            await MarkAsync(due[i], error);
            if (error.Length > 0)
            {
                var failures = _silent.GetValueOrDefault(webhook).Failures + 1;
                var values = new { webhook, now = Now(), longAgo = Now() - (long)_options.PauseAfter.TotalSeconds };
                await _house.WriteAsync((connection, transaction) => connection.Execute(Failed, values, transaction));
                _silent[webhook] = (failures, Now() + Math.Min(300, 5L << Math.Min(failures, 10)));
                return i + 1;
            }

            if (_silent.Remove(webhook) || i == 0)
            {
                await _house.WriteAsync((connection, transaction) => connection.Execute(Well, new { webhook }, transaction));
            }
        }

        return due.Count;
    }

    private long Now() => _options.Time.GetUtcNow().ToUnixTimeSeconds();

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        _handler.Dispose();
    }

    private static bool IsAllowed(IPAddress address, bool allowLoopback)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (IPAddress.IsLoopback(plain))
        {
            return allowLoopback;
        }

        var bytes = plain.GetAddressBytes();
        return plain.AddressFamily == AddressFamily.InterNetworkV6
            ? !(plain.IsIPv6LinkLocal || plain.IsIPv6SiteLocal || plain.IsIPv6UniqueLocal || plain.IsIPv6Multicast
            || plain.Equals(IPAddress.IPv6Any))
            : !(bytes[0] is 0 or 10 or 127 or >= 224
                || (bytes[0] == 100 && bytes[1] is >= 64 and < 128)
                || (bytes[0] == 169 && bytes[1] == 254)
                || (bytes[0] == 172 && bytes[1] is >= 16 and < 32)
                || (bytes[0] == 192 && bytes[1] == 168)
                || (bytes[0] == 198 && bytes[1] is 18 or 19));
    }

    private async Task<string> SendAsync(Due message, CancellationToken cancel)
    {
        if (!Uri.TryCreate(message.Url, UriKind.Absolute, out var url) || Fault(url, _options.AllowLoopback) is not null)
        {
            return "the endpoint's address is not allowed";
        }

        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(message.Payload) };
            request.Content.Headers.ContentType = new("application/json");
            var seconds = Now();
            request.Headers.Add("Mingzhang-Signature", Sign(message.Secret, seconds, message.Payload));
            request.Headers.Add("Mingzhang-Event", string.Create(CultureInfo.InvariantCulture, $"{message.Position}-{message.Part}"));
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            return response.IsSuccessStatusCode ? "" : $"answered {(int)response.StatusCode}";
        }
        catch (Exception cause) when (cause is HttpRequestException or IOException or SocketException
            || (cause is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return cause is OperationCanceledException ? "took too long" : cause.Message;
        }
    }

    private async Task MarkAsync(Due message, string error)
    {
        var now = Now();
        var attempts = message.Attempts + 1;
        var wait = Math.Min(6 * 3600, 10L << (int)Math.Min(attempts, 20));
        var values = new
        {
            attempts,
            next = error.Length == 0 ? 0 : attempts >= _options.MostAttempts ? Never : now + wait,
            delivered = error.Length == 0 ? now : 0,
            error = error.Length > 300 ? error[..300] : error,
            partition = message.Partition,
            position = message.Position,
            part = message.Part,
            webhook = message.Webhook,
        };
        await _house.WriteAsync((connection, transaction) => connection.Execute(Mark, values, transaction));
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The stream owns the socket.")]
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancel);
        var allowed = Array.FindAll(addresses, address => IsAllowed(address, _options.AllowLoopback));
        if (allowed.Length == 0 || allowed.Length != addresses.Length)
        {
            throw new HttpRequestException("the endpoint's name points inside a private network");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed record Due(
        long Partition, long Position, long Part, string Webhook, string Payload, long Attempts, string Url, string Secret);
}
