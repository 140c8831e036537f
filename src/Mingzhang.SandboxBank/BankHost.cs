using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Mingzhang.Channel;

namespace Mingzhang.SandboxBank;

/// <summary>What the bank is told from outside.</summary>
/// <param name="Book">File of its book; <c>MZ_BANK_BOOK</c>.</param>
/// <param name="Secret">Shared with the lender, at least 32 characters; <c>MZ_BANK_SECRET</c>.</param>
/// <param name="Owner">A process without which it ends; <c>MZ_BANK_OWNER</c>, 0 = none.</param>
public sealed record BankSettings(string Book, string Secret, int Owner);

/// <summary>A bank to try things out with: accounts with money, and on request everything that goes wrong with real ones.</summary>
public static class BankHost
{
    /// <summary>Puts it together. It serves only this machine.</summary>
    public static WebApplication Build(string[] args, BankSettings settings)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        builder.Services.AddSingleton(settings).AddSingleton(TimeProvider.System).AddSingleton(_ => new BankBook(settings.Book))
            .AddSingleton<Teller>().AddSingleton<LenderClerk>().AddHostedService<NoticePost>().AddHostedService<OwnerWatch>();
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            foreach (var converter in HttpChannel.Json.Converters)
            {
                json.SerializerOptions.Converters.Add(converter);
            }
        });
        var app = builder.Build();
        app.Use(SignedAsync);
        app.Use(TroubledAsync);
        var teller = app.Services.GetRequiredService<Teller>();
        var book = app.Services.GetRequiredService<BankBook>();
        app.MapPost("/v1/transfers", (TransferOrder order) => order switch
        {
            { Id.Length: 0 or > 64 } or { AmountMinor: <= 0 } or { Account.Length: 0 or > 64 } or { Currency.Length: not 3 } =>
                Results.BadRequest("id 1 to 64 characters, account 1 to 64, currency 3, amountMinor above zero"),
            _ => Results.Ok(teller.Take(order)),
        });
        app.MapPost("/v1/cards", (CardOrder card) => teller.Tokenise(card.Number) is { } token
            ? Results.Ok(new CardToken(token)) : Results.UnprocessableEntity());
        app.MapGet("/v1/transfers/{id}", (string id) => teller.Query(id));
        app.MapPost("/v1/transfers/{id}/void", (string id) => teller.Void(id));
        app.MapGet("/v1/settlements/{day}", (DateOnly day) => Results.Text(teller.Settle(day), "text/csv"));
        app.MapPost("/v1/mandates", (MandateOrder mandate) => mandate switch
        {
            { Number.Length: 0 or > 64 } or { Account.Length: 0 or > 64 } or { MostMinor: <= 0 } =>
                Results.BadRequest("number 1 to 64 characters, account 1 to 64, mostMinor above zero"),
            _ => book.Do(b => b.PutMandate(mandate)) ? Results.NoContent() : Results.Conflict(),
        });
        app.MapPost("/sandbox/mandates/{number}/end", (string number) =>
            book.Do(b => b.EndMandate(number)) ? Results.NoContent() : Results.NotFound());
        var clerk = app.Services.GetRequiredService<LenderClerk>();
        app.MapPost("/v1/lenders/{lender}/advices", (string lender, List<LenderAdvice> lines) =>
            lines.Exists(line => line.Id.Length is 0 or > 64 || line.AmountMinor == 0)
                ? Results.BadRequest("id 1 to 64 characters, amountMinor not zero") : Results.Ok(clerk.Book(lender, lines)));
        app.MapGet("/v1/lenders/{lender}/statements/{day}", (string lender, DateOnly day) =>
            Results.Text(clerk.Statement(lender, day), "text/csv"));
        app.MapPost("/sandbox/faults", (Faults faults) => teller.Plan(faults));
        app.MapGet("/sandbox/accounts", () =>
            book.Accounts().Select(account => new { account.Token, account.Opened, account.Balance }));
        return app;
    }

    /// <summary>Every message is signed.</summary>
    private static async Task SignedAsync(HttpContext http, RequestDelegate next)
    {
        http.Request.EnableBuffering();
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        http.Request.Body.Position = 0;
        var settings = http.RequestServices.GetRequiredService<BankSettings>();
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        if (!ChannelSignature.Fits(
            http.Request.Headers[ChannelSignature.Header], settings.Secret, now, http.Request.Method, http.Request.Path, body.ToArray()))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        await next(http);
    }

    /// <summary>What goes wrong on the way: nothing arrives, nothing comes back, it takes long, nobody has time.</summary>
    private static async Task TroubledAsync(HttpContext http, RequestDelegate next)
    {
        var faults = http.RequestServices.GetRequiredService<Teller>().Faults;
        if (faults == Faults.None || http.Request.Path.StartsWithSegments("/sandbox", StringComparison.Ordinal))
        {
            await next(http);
            return;
        }

        var about = await AboutAsync(http);
        var turn = Turns.AddOrUpdate(about, 0, (_, before) => before + 1);
        if (faults.Hits(faults.Busy, "busy", about, turn))
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
        else if (faults.Hits(faults.LostOrders, "lost-order", about, turn))
        {
            http.Abort();
        }
        else
        {
            await AnswerAsync(http, next, faults, about, turn);
        }
    }

    /// <summary>The work is done whatever becomes of the answer.</summary>
    private static async Task AnswerAsync(HttpContext http, RequestDelegate next, Faults faults, string about, int turn)
    {
        var wire = http.Response.Body;
        using var answer = new MemoryStream();
        http.Response.Body = answer;
        await next(http);
        http.Response.Body = wire;
        if (faults.Hits(faults.LostAnswers, "lost-answer", about, turn))
        {
            http.Abort();
            return;
        }

        if (faults.Hits(faults.Slow, "slow", about, turn))
        {
            var time = http.RequestServices.GetRequiredService<TimeProvider>();
            await Task.Delay(TimeSpan.FromMilliseconds(faults.SlowFor), time, http.RequestAborted);
        }

        answer.Position = 0;
        await answer.CopyToAsync(wire, http.RequestAborted);
    }

    private static ConcurrentDictionary<string, int> Turns { get; } = new(StringComparer.Ordinal);

    private static async Task<string> AboutAsync(HttpContext http)
    {
        if (http.Request.Method != "POST" || http.Request.Path != "/v1/transfers")
        {
            return http.Request.Method + http.Request.Path;
        }

        using var json = await JsonDocument.ParseAsync(http.Request.Body, default, http.RequestAborted);
        http.Request.Body.Position = 0;
        return json.RootElement.TryGetProperty("id", out var id) ? "order" + id : "order";
    }
}

/// <summary>Ends the bank when the process it belongs to is gone.</summary>
internal sealed class OwnerWatch(BankSettings settings, IHostApplicationLifetime lifetime, TimeProvider time) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (settings.Owner > 0)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken);
            try
            {
                using var owner = System.Diagnostics.Process.GetProcessById(settings.Owner);
            }
            catch (ArgumentException)
            {
                lifetime.StopApplication();
                return;
            }
        }
    }
}
