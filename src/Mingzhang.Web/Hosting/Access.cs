using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Mingzhang.Engine.Approvals;
using Mingzhang.Web.Console;
using Mingzhang.Web.Identity;
using Mingzhang.Web.Identity.Joining;
using Mingzhang.Web.Identity.Keys;
using Mingzhang.Web.Identity.Once;
using Mingzhang.Web.Identity.Roles;
using Mingzhang.Web.Identity.Security;

namespace Mingzhang.Web.Hosting;

/// <summary>Who may come in where, and how often.</summary>
public static class Access
{
    /// <summary>Rate policy of log-ins.</summary>
    public const string LoginRate = "login";

    /// <summary>Two separate schemes, the API brings its own; what names no policy needs a log-in all the same.</summary>
    public static void AddIdentityOfHost(this IServiceCollection services, WebSettings settings)
    {
        services.AddSingleton<Logins>().AddSingleton<Sessions>().AddSingleton<Doors>().AddSingleton<Pins>().AddSingleton<PinDesk>()
            .AddScoped<SecurityDesk>()
            .AddSingleton<Attempts>().AddSingleton<LoginDesk>().AddSingleton<Proof>()
            .AddSingleton<StaffBook>().AddSingleton<IAuthorizationHandler, StaffGate>()
            .AddSingleton<ISignerRights, StaffRights>().AddSingleton<IProposalKind, StaffProposals>()
            .AddSingleton(new PreviewView(StaffProposals.Act, typeof(StaffPreviewView)));
        services.AddSingleton<OnceCodes>().AddSingleton<AskNote>().AddSingleton<ResetDesk>().AddSingleton<JoinDesk>()
            .AddSingleton<CodePost>().AddHostedService(provider => provider.GetRequiredService<CodePost>());
        services.AddSingleton<Challenges>().AddSingleton<PasskeyShelf>().AddSingleton<CodeDesk>()
            .AddScoped<PasskeyDesk>().AddScoped<StepUp>()
            .AddScoped<IPasskeyHandler<DoorUser>, PasskeyHandler<DoorUser>>();
        services.AddIdentityCore<DoorUser>().AddUserStore<DoorUserStore>();
        services.Configure<IdentityPasskeyOptions>(options =>
        {
            options.UserVerificationRequirement = "required";
            options.ResidentKeyRequirement = "required";
            options.AuthenticatorTimeout = Challenges.Good;
        });
        services.AddAuthentication()
            .AddCookie(Realms.App, options => Cookie(options, settings.CookieName("mz-app"), "/login"))
            .AddCookie(Realms.Console, options => Cookie(options, settings.CookieName("mz-console"), "/console/login"));
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder(Realms.Console).RequireAuthenticatedUser()
                .AddRequirements(new StaffRequirement()).Build())
            .AddPolicy(Realms.App, policy => policy.AddAuthenticationSchemes(Realms.App).RequireClaim(Realms.CustomerClaim))
            .AddPolicy(Realms.Console, policy => policy.AddAuthenticationSchemes(Realms.Console).RequireAuthenticatedUser()
                .AddRequirements(new StaffRequirement()));
    }

    /// <summary>A window per address for log-ins.</summary>
    public static void AddLimits(this IServiceCollection services, WebSettings settings) => services.AddRateLimiter(options =>
    {
        options.AddPolicy(LoginRate, context => RateLimitPartition.GetFixedWindowLimiter(
            context.Connection.RemoteIpAddress?.ToString() ?? "local",
            _ => new FixedWindowRateLimiterOptions { PermitLimit = settings.LoginsPerMinute, Window = TimeSpan.FromMinutes(1) }));
        options.OnRejected = async (rejected, _) =>
        {
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
            rejected.HttpContext.Response.Headers.RetryAfter =
                Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
            await Failures.AnswerAsync(rejected.HttpContext, StatusCodes.Status429TooManyRequests);
        };
    });

    private static void Cookie(CookieAuthenticationOptions options, string name, string login)
    {
        options.Cookie.Name = name;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = Sessions.Longest;
        options.Events.OnValidatePrincipal = Doors.ValidateAsync;
        options.SlidingExpiration = false;
        options.LoginPath = login;
        options.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
    }
}
