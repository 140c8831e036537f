using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mingzhang.Engine.Tests;

/// <summary>What a receiver got, and the status it answered: 0 = the connection was cut, −1 = no answer at all.</summary>
internal sealed record Received(string Id, string Account, string Signature, string Body, int Answer)
{
    /// <summary>Journal position and part.</summary>
    public (long Position, int Part) Place => (
        long.Parse(Id.Split('-')[0], CultureInfo.InvariantCulture), int.Parse(Id.Split('-')[1], CultureInfo.InvariantCulture));
}

/// <summary>A web server that takes webhooks and answers as told.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<Received> _received = [];

    private Receiver(WebApplication app) => _app = app;

    public string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/hook";

    public IReadOnlyList<Received> Received => _received;

    public static async Task<Receiver> StartAsync(Func<Received, int> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new Receiver(builder.Build());
        receiver._app.MapPost("/hook", context => receiver.TakeAsync(context, answer));
        await receiver._app.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context, Func<Received, int> answer)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        using var json = JsonDocument.Parse(body);
        var message = new Received(
            context.Request.Headers["Mingzhang-Event"].ToString(), json.RootElement.GetProperty("account").GetString()!,
            context.Request.Headers["Mingzhang-Signature"].ToString(), body, 0);
        message = message with { Answer = answer(message) };
        _received.Add(message);
        if (message.Answer == -1)
        {
            await Task.Delay(TimeSpan.FromSeconds(20), context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        if (message.Answer <= 0)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = message.Answer;
    }
}
