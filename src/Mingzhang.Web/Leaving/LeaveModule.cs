using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Approvals;
using Mingzhang.Services.Leaving;
using Mingzhang.Web.Hosting;
using Mingzhang.Web.Identity;

namespace Mingzhang.Web.Leaving;

/// <summary>Leaving: what stands in the way, what it changes, its steps, and what is unusual about it.</summary>
internal static class LeaveModule
{
    /// <summary>Its services; throws with every broken rule of <c>leaving.json</c>.</summary>
    public static void AddLeaving(this IServiceCollection services, WebSettings settings)
    {
        services.AddSingleton(LeaveRulesFile.Read(settings.Products)).AddSingleton<ILeaveVerification, PinVerification>();
        services.AddSingleton<LeaveShelf>().AddSingleton<BenefitDesk>().AddSingleton<LeaveChecker>().AddSingleton<LeaveImpacts>()
            .AddSingleton<LeaveWatch>().AddSingleton<LeaveEnding>().AddSingleton<LeaveDesk>().AddSingleton<TheftDesk>()
            .AddSingleton<LeaveWarning>().AddSingleton<PassiveDesk>().AddSingleton<ProposeDesk>().AddSingleton<UnusedHints>()
            .AddSingleton<ICommandPart>(provider => provider.GetRequiredService<PassiveDesk>());
        services.AddHostedService<LeavePump>();
    }
}

/// <summary>A person is verified with the payment PIN; one that is locked cannot be.</summary>
internal sealed class PinVerification(Pins pins, TimeProvider time) : ILeaveVerification
{
    /// <inheritdoc/>
    public bool IsLocked(CustomerId customer) => pins.Find(customer) is { } pin && pin.LockedUntil > Micros(time);

    private static long Micros(TimeProvider time) => time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
}

/// <summary>Closes what waited and is settled, and looks for what staff should look at. On the node that leads.</summary>
internal sealed class LeavePump(
    CreditHouse house, LeaveDesk desk, ProposeDesk propose, TimeProvider time, ILogger<LeavePump> log) : Pump(house, time)
{
    /// <inheritdoc/>
    protected override TimeSpan Pause => TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    protected override async Task<int> WorkAsync(CancellationToken cancel)
    {
        await desk.CompleteAsync(cancel);
        return await propose.GoOnAsync(cancel);
    }

    /// <inheritdoc/>
    protected override void Stuck(Exception failure) => LeaveLog.Stuck(log, failure);
}

/// <summary>What is logged of leaving.</summary>
internal static partial class LeaveLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Closings that wait could not be looked at; they are tried again.")]
    public static partial void Stuck(ILogger log, Exception cause);
}
