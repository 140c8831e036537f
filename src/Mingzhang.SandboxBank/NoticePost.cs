using System.Text;
using Mingzhang.Channel;

namespace Mingzhang.SandboxBank;

/// <summary>Decides what is pending and sends notices, signed, again until they arrive.</summary>
internal sealed class NoticePost(BankBook book, Teller teller, BankSettings settings, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
    {
        Timeout = TimeSpan.FromSeconds(5),
    };

    /// <inheritdoc/>
    public override void Dispose()
    {
        _client.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var decided = teller.DecidePending();
            var notices = book.Notices(Now());
            await Parallel.ForEachAsync(
                notices, new ParallelOptions { MaxDegreeOfParallelism = 8 },
                async (notice, _) => book.Sent(notice.Number, await SendAsync(notice, stoppingToken) ? null : Now() + 1000));
            if (decided + notices.Count == 0)
            {
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<bool> SendAsync(Notice notice, CancellationToken cancel)
    {
        var address = new Uri(notice.Address);
        var body = Encoding.UTF8.GetBytes(notice.Body);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add(
            ChannelSignature.Header, ChannelSignature.Of(settings.Secret, time.GetUtcNow(), "POST", address.AbsolutePath, body));
        try
        {
            using var response = await _client.SendAsync(request, cancel);
            return response.IsSuccessStatusCode;
        }
        catch (Exception cause) when (cause is HttpRequestException or IOException or OperationCanceledException)
        {
            return false;
        }
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
