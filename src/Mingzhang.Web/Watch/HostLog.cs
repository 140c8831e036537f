using System.Diagnostics.CodeAnalysis;

namespace Mingzhang.Web.Watch;

/// <summary>Everything this host writes into its log: stable event numbers, figures and codes, never a person's data.</summary>
[ExcludeFromCodeCoverage]
internal static partial class HostLog
{
    [LoggerMessage(1, LogLevel.Information, "Writing the demo customers' stories into a new sandbox ...")]
    public static partial void Seeding(ILogger log);

    [LoggerMessage(2, LogLevel.Error, "A demo step was refused: {Step}")]
    public static partial void StepRefused(ILogger log, string step);

    [LoggerMessage(3, LogLevel.Information,
        "Mingzhang is ready: {Url} (borrowers), {Url}/console (staff), {Url}/openapi/v1.json (API). Business date {Date}.")]
    public static partial void Ready(ILogger log, string url, string date);

    [LoggerMessage(4, LogLevel.Critical, "The house has stopped and this process ends; start it again to recover.")]
    public static partial void Stopped(ILogger log, Exception? cause);

    [LoggerMessage(5, LogLevel.Error, "An API request failed: {Operation}.")]
    public static partial void ApiFailed(ILogger log, string operation, Exception cause);

    [LoggerMessage(EventId = 7, Message = "The day end to {Day} passed {Accounts} accounts, {Parked} parked, in {Seconds:0.000} s.")]
    public static partial void DayEnded(
        ILogger log, LogLevel level, DateOnly day, long accounts, int parked, double seconds);

    [LoggerMessage(8, LogLevel.Error, "The day end to {Day} broke off after {Accounts} accounts; resuming does the rest.")]
    public static partial void DayFailed(ILogger log, DateOnly day, long accounts);

    [LoggerMessage(10, LogLevel.Critical, "Invariant {Number} is broken at {Account}: {What}")]
    public static partial void Violation(ILogger log, int number, string account, string what);

    [LoggerMessage(11, LogLevel.Error, "The watch over the invariants failed and goes on.")]
    public static partial void WatchFailed(ILogger log, Exception cause);

    [LoggerMessage(12, LogLevel.Information, "{Found} people whom an older program kept plain are sealed now.")]
    public static partial void Sealed(ILogger log, int found);

    [LoggerMessage(9, LogLevel.Warning, "Health: {Check} is {Status}. {About}")]
    public static partial void Unhealthy(ILogger log, string check, string status, string about);
}
