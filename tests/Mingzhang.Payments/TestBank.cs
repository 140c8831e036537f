using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mingzhang.Channel;
using Mingzhang.SandboxBank;

namespace Mingzhang.Payments;

/// <summary>The sandbox bank on a port of its own, and a place where its notices arrive.</summary>
internal sealed class TestBank : IAsyncDisposable
{
    private const string Secret = "a-secret-of-forty-characters-for-testing";

    private readonly WebApplication _bank;
    private readonly WebApplication _notices;

    private TestBank(WebApplication bank, WebApplication notices) => (_bank, _notices) = (bank, notices);

    /// <summary>A channel to it that waits half a second; without faults as long as a busy machine may take.</summary>
    public HttpChannel Channel { get; private set; } = null!;

    /// <summary>Where notices go.</summary>
    public string NoticeTo => _notices.Urls.First() + "/notices";

    /// <summary>What happens with a notice.</summary>
    public Func<TransferAnswer, Task> Heard { get; set; } = _ => Task.CompletedTask;

    /// <summary>The bank's own book.</summary>
    public BankBook Book => _bank.Services.GetRequiredService<BankBook>();

    /// <summary>Sets what goes wrong.</summary>
    public Teller Teller => _bank.Services.GetRequiredService<Teller>();

    public static async Task<TestBank> StartAsync(string folder, Faults faults)
    {
        var bank = BankHost.Build(["--urls", "http://127.0.0.1:0"], new BankSettings(Path.Combine(folder, "bank.db"), Secret, 0));
        bank.Services.GetRequiredService<Teller>().Plan(faults);
        await bank.StartAsync();
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var notices = builder.Build();
        var test = new TestBank(bank, notices);
        notices.MapPost("/notices", async (HttpContext http) => await test.HearAsync(http));
        await notices.StartAsync();
        test.Channel = new HttpChannel(new Uri(bank.Urls.First()), Secret, TimeSpan.FromMilliseconds(faults == Faults.None ? 20_000 : 500),
            TimeProvider.System);
        return test;
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await _bank.DisposeAsync();
        await _notices.DisposeAsync();
    }

    private async Task<IResult> HearAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var signed = ChannelSignature.Fits(
            http.Request.Headers[ChannelSignature.Header], Secret, TimeProvider.System.GetUtcNow(), "POST", "/notices", body.ToArray());
        if (!signed || System.Text.Json.JsonSerializer.Deserialize<TransferAnswer>(body.ToArray(), HttpChannel.Json) is not { } answer)
        {
            return Results.Unauthorized();
        }

        await Heard(answer);
        return Results.NoContent();
    }
}
