using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Authentication;
using Mingzhang.Engine;
using Mingzhang.Engine.Approvals;
using Mingzhang.Services.Approvals;
using Mingzhang.Services.Reading;
using Mingzhang.Services.Sandbox;
using Mingzhang.Services.Versions;
using Mingzhang.Web.Api.OpenApi;
using Mingzhang.Web.Api.Resources;
using Mingzhang.Web.Api.Routes;

[assembly: InternalsVisibleTo("Mingzhang.Web.Tests")]

namespace Mingzhang.Web.Api;

/// <summary>The HTTP API under /v1. The host registers a <see cref="CreditHouse"/> opened with <see cref="ApiMigrations"/>.</summary>
public static class ApiModule
{
    /// <summary>Services, keys and policies of the API.</summary>
    public static IServiceCollection AddMingzhangApi(this IServiceCollection services)
    {
        services.AddSingleton<ApiKeys>().AddSingleton<Throttle>().AddSingleton<AnswerShelf>().AddSingleton<CommandHandler>()
            .AddSingleton<KnownAccounts>();
        services.AddSingleton<AccountReader>().AddSingleton<ShadowJobs>();
        services.AddSingleton<ICommandPreview, CorrectionCommandPreview>();
        services.AddSingleton<IProposalKind, CommandProposals>().AddSingleton<IProposalKind, VersionProposals>()
            .AddSingleton(provider => new ApprovalDesk(
            provider.GetRequiredService<CreditHouse>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetServices<IProposalKind>(),
            Math.Clamp(provider.GetRequiredService<IConfiguration>().GetValue("MZ_APPROVAL_DAYS", ApprovalDesk.UsualDays), 1, 90),
            provider.GetService<ISignerRights>()));
        services.AddLogging(logging => logging.AddFilter(typeof(BearerKeys).FullName, LogLevel.Warning));
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, BearerKeys>(BearerKeys.Name, null);
        var policies = services.AddAuthorizationBuilder()
            .AddPolicy(ApiScopes.AnyKey, policy => policy.AddAuthenticationSchemes(BearerKeys.Name).RequireClaim(BearerKeys.IdClaim))
            .AddPolicy(ApiScopes.AnyWrite, policy => policy.AddAuthenticationSchemes(BearerKeys.Name).RequireClaim(
                BearerKeys.ScopeClaim, ApiScopes.AccountsWrite, ApiScopes.PaymentsWrite, ApiScopes.StaffWrite))
            .AddPolicy(ApiScopes.AnyStaff, policy => policy.AddAuthenticationSchemes(BearerKeys.Name).RequireClaim(
                BearerKeys.ScopeClaim, ApiScopes.StaffWrite, ApiScopes.StaffApprove));
        foreach (var scope in ApiScopes.All)
        {
            policies.AddPolicy(scope, policy =>
                policy.AddAuthenticationSchemes(BearerKeys.Name).RequireClaim(BearerKeys.ScopeClaim, scope));
        }

        services.AddHostedService<FirstKeys>();
        services.AddHostedService<WebhookPump>();
        services.AddMingzhangOpenApi();
        return services;
    }

    /// <summary>All routes, and the OpenAPI document at /openapi/v1.json.</summary>
    public static WebApplication MapMingzhangApi(this WebApplication app)
    {
        var routes = new ApiRoutes(app);
        AccountsApi.Map(routes);
        OpeningApi.Map(routes);
        PeopleApi.Map(routes);
        IdentityApi.Map(routes);
        LimitsApi.Map(routes);
        RaisesApi.Map(routes);
        PurchasesApi.Map(routes);
        RepaymentsApi.Map(routes);
        TransfersApi.Map(routes);
        PlannedApi.Map(routes);
        TicketsApi.Map(routes);
        LoansApi.Map(routes);
        ExposureApi.Map(routes);
        LendersApi.Map(routes);
        ReliefApi.Map(routes);
        PermissionsApi.Map(routes);
        ClosingApi.Map(routes);
        ReopeningApi.Map(routes);
        ProgressApi.Map(routes);
        PrivacyApi.Map(routes);
        StaffApi.Map(routes);
        CorrectionsApi.Map(routes);
        StatementsApi.Map(routes);
        CertificatesApi.Map(routes);
        JournalApi.Map(routes);
        ExplainApi.Map(routes);
        UseApi.Map(routes);
        CheckoutApi.Map(routes);
        IncidentsApi.Map(routes);
        LedgerApi.Map(routes);
        IntegrityApi.Map(routes);
        ProductsApi.Map(routes);
        WebhooksApi.Map(routes);
        SandboxApi.Map(routes);
        BatchApi.Map(routes);
        ProposalsApi.Map(routes);
        ApprovalsApi.Map(routes);
        VersionsApi.Map(routes);
        MovesApi.Map(routes);
        routes.Rest();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        return app;
    }
}
