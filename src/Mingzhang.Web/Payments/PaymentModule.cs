using System.Text.Json;
using Mingzhang.Channel;
using Mingzhang.Engine;
using Mingzhang.Services.Lenders;
using Mingzhang.Services.Payments;
using Mingzhang.Services.People;
using Mingzhang.Services.Reading;
using Mingzhang.Services.Reconciliation;
using Mingzhang.Web.Hosting;

namespace Mingzhang.Web.Payments;

/// <summary>Money that moves: the desk, its pump, the way to the bank, and where the bank's notices arrive.</summary>
internal static class PaymentModule
{
    /// <summary>Where the bank sends notices.</summary>
    public const string NoticePath = "/bank/notices";

    private const int LargestNotice = 16 * 1024;

    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromSeconds(5);

    /// <summary>Its services.</summary>
    public static void AddPayments(this IServiceCollection services, WebSettings settings)
    {
        services.AddSingleton<BankLink>().AddSingleton<IPaymentChannel>(provider => provider.GetRequiredService<BankLink>())
            .AddSingleton<ICardIssuer>(provider => provider.GetRequiredService<BankLink>())
            .AddSingleton<ILenderGateway>(provider => provider.GetRequiredService<BankLink>());
        services.AddHostedService(provider => provider.GetRequiredService<BankLink>());
        services.AddSingleton(new PaymentOptions { NoticeTo = settings.Notices.Length > 0 ? settings.Notices + NoticePath : null });
        services.AddSingleton<UsualTimes>().AddSingleton<TransferDesk>().AddSingleton(provider => new MoneyDesk(
                provider.GetRequiredService<AccountReader>(), provider.GetRequiredService<TransferDesk>(),
                ChosenBy(provider))).AddSingleton<Reconciler>()
            .AddSingleton<Services.Bureau.BureauReader>().AddSingleton<LenderDesk>().AddSingleton<LenderReconciler>()
            .AddSingleton(new AutoDebitOptions { Spacing = settings.Sandbox ? BetweenAttempts : null })
            .AddSingleton(provider => new AutoDebitDesk(
                provider.GetRequiredService<CreditHouse>(), provider.GetRequiredService<AccountReader>(),
                provider.GetRequiredService<TransferDesk>(), provider.GetRequiredService<MandateDesk>(),
                provider.GetRequiredService<AutoDebitOptions>(), provider.GetRequiredService<TimeProvider>(), ChosenBy(provider)))
            .AddSingleton<MandateDesk>().AddSingleton<PlannedDesk>().AddSingleton<PayRequestDesk>();
        services.AddHostedService<PaymentPump>();
    }

    /// <summary>The address of notices. Its messages are signed; nobody logs in.</summary>
    public static void MapPayments(this WebApplication app) =>
        app.MapPost(NoticePath, HearAsync).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();

    private static Func<Domain.Values.CustomerId, string?> ChosenBy(IServiceProvider provider) =>
        customer => provider.GetRequiredService<CardShelf>().DefaultOf(customer)?.Token;

    private static async Task<IResult> HearAsync(HttpContext http, BankLink bank, TransferDesk desk, TimeProvider time)
    {
        if (http.Request.ContentLength is null or > LargestNotice)
        {
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        if (!bank.IsSetUp || !ChannelSignature.Fits(
            http.Request.Headers[ChannelSignature.Header], bank.Secret, time.GetUtcNow(), "POST", NoticePath, body.ToArray()))
        {
            return Results.Unauthorized();
        }

        try
        {
            var answer = JsonSerializer.Deserialize<TransferAnswer>(body.ToArray(), HttpChannel.Json);
            return answer is not null && await desk.HearAsync(answer)
                ? Results.NoContent() : Results.NotFound();
        }
        catch (JsonException)
        {
            return Results.BadRequest();
        }
    }
}
