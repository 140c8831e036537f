using System.Globalization;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Notifications;
using Mingzhang.Web.Identity;

namespace Mingzhang.Web.App;

/// <summary>How pages look for a person. Kept with the person's wishes; a cookie repeats it, so that no page asks the store.</summary>
/// <param name="Colours">light, dark or system.</param>
/// <param name="Large">Whether text is large.</param>
/// <param name="Toured">Whether the tour of the sandbox was seen.</param>
public sealed record Look(string Colours, bool Large, bool Toured)
{
    /// <summary>What a person can choose.</summary>
    public static IReadOnlyList<string> Choices { get; } = ["system", "light", "dark"];

    private const string Cookie = "mz-look";

    /// <summary>As the device has it.</summary>
    public static Look Plain { get; } = new("system", false, false);

    /// <summary>For which media the dark colours hold; null: for none. Paper is always light.</summary>
    public string? DarkMedia => Colours switch
    {
        "dark" => "screen",
        "light" => null,
        _ => "screen and (prefers-color-scheme: dark)",
    };

    /// <summary>The look of a request.</summary>
    public static Look Of(HttpContext? http) =>
        http?.Items[typeof(Look)] as Look ?? Read(http?.Request.Cookies[Cookie]).Look ?? Plain;

    /// <summary>What holds for a person.</summary>
    public static Look Of(Wishes wishes) => new(
        wishes.Has(Wishes.Dark) ? "dark" : wishes.Has(Wishes.Light) ? "light" : "system", wishes.Has(Wishes.Large),
        wishes.Has(Wishes.Toured));

    /// <summary>The wishes it is kept as.</summary>
    public IReadOnlyList<Wish> AsWishes() =>
    [
        Wishes.Dark with { Wanted = Colours == "dark" }, Wishes.Light with { Wanted = Colours == "light" },
        Wishes.Large with { Wanted = Large }, Wishes.Toured with { Wanted = Toured },
    ];

    /// <summary>Shows a person's pages like this from now on.</summary>
    public void Keep(HttpContext http, CustomerId customer)
    {
        http.Items[typeof(Look)] = this;
        http.Response.Cookies.Append(
            Cookie,
            string.Create(CultureInfo.InvariantCulture, $"{customer.Value}.{Colours}.{(Large ? 1 : 0)}.{(Toured ? 1 : 0)}"),
            new CookieOptions
            {
                HttpOnly = true, Secure = http.Request.IsHttps, SameSite = SameSiteMode.Lax, IsEssential = true,
                MaxAge = TimeSpan.FromDays(365),
            });
    }

    /// <summary>Whose look the browser has.</summary>
    internal static (long Customer, Look? Look) Read(string? cookie) =>
        cookie?.Split('.') is [var customer, var colours, var large, var toured] && Choices.Contains(colours)
        && long.TryParse(customer, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (number, new Look(colours, large == "1", toured == "1")) : (0, null);

    /// <summary>Whose look the browser of a request has.</summary>
    internal static long OwnerOf(HttpContext http) => Read(http.Request.Cookies[Cookie]).Customer;
}

/// <summary>Fetches the look of a person whose browser does not have it yet.</summary>
internal sealed class LookFilter(WishDesk wishes) : IEndpointFilter
{
    /// <inheritdoc/>
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.User.FindFirst(Realms.CustomerClaim) is not null && BorrowerDesk.CustomerOf(http) is var customer
            && Look.OwnerOf(http) != customer.Value)
        {
            Look.Of(wishes.Of(customer)).Keep(http, customer);
        }

        return next(context);
    }
}

/// <summary>Choosing how pages look, and the tour.</summary>
internal static class LookEndpoints
{
    /// <summary>Maps the forms.</summary>
    public static void MapLook(this RouteGroupBuilder pages)
    {
        pages.MapPost("/settings/look", ChooseAsync);
        pages.MapPost("/tour", async (WishDesk wishes, HttpContext http) =>
            await KeepAsync(wishes, http, Look.Of(http) with { Toured = http.Request.Form["again"] != "1" }, "/app"));
    }

    private static async Task<IResult> ChooseAsync(WishDesk wishes, HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        return Look.Choices.Contains(form["colours"].ToString())
            ? await KeepAsync(
                wishes, http, Look.Of(http) with { Colours = form["colours"].ToString(), Large = form["large"] == "on" },
                "/app/settings?done=saved#look")
            : Results.StatusCode(StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> KeepAsync(WishDesk wishes, HttpContext http, Look look, string then)
    {
        var customer = BorrowerDesk.CustomerOf(http);
        await wishes.KeepAsync(customer, look.AsWishes());
        look.Keep(http, customer);
        return Results.Redirect(then);
    }
}
