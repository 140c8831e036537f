using System.Globalization;
using Mingzhang.Services.Diagnosis;

namespace Mingzhang.Web.App;

/// <summary>Times and links of a diagnosis.</summary>
public static class UseWords
{
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    /// <summary>An instant as people there read it, to the millisecond.</summary>
    public static string At(DateTimeOffset at) => at.ToOffset(China).ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);

    /// <summary>Where a cause is solved.</summary>
    public static string LinkOf(UseCause cause) => cause switch
    {
        { Code: "P03_PAYMENT_PENDING" or "P04_PAYMENT_RETURNED", Subject: { } transfer } =>
            "/app/payments/" + Uri.EscapeDataString(transfer),
        { NextAction: "refresh" } => "/app",
        _ => ActionLinks.Of(cause.NextAction),
    };

    /// <summary>The address of "can I use it", with what this page shows, so that an old page can be told from a new one.</summary>
    public static string Address(BorrowerVisit visit) => Address(visit.Account);

    /// <summary>The same of an account.</summary>
    public static string Address(Mingzhang.Services.Reading.AccountView view) => string.Create(
        CultureInfo.InvariantCulture, $"/app/use?seen={view.State.Version}&at={TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}");

    /// <summary>What the address of <see cref="Address(BorrowerVisit)"/> says was on the screen; null = nothing.</summary>
    public static Shown? ShownIn(IQueryCollection query) =>
        long.TryParse(query["seen"], NumberStyles.None, CultureInfo.InvariantCulture, out var seen)
        && long.TryParse(query["at"], NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < 253_402_300_800_000
            ? new Shown(seen, DateTimeOffset.FromUnixTimeMilliseconds(at)) : null;
}
