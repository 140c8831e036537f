using System.Globalization;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Notifications;
using Mingzhang.Web.Identity;

namespace Mingzhang.Web.Notices;

/// <summary>Tells people of what may be somebody else: a new device, a locked PIN.</summary>
internal sealed class SecurityNotices
{
    private readonly NoticeDesk _notices;
    private readonly TimeProvider _time;

    public SecurityNotices(NoticeDesk notices, PinDesk pins, TimeProvider time)
    {
        (_notices, _time) = (notices, time);
        pins.OnLocked = PinLockedAsync;
    }

    /// <summary>Somebody logged in on a device this log-in had not used before.</summary>
    public Task NewDeviceAsync(HttpContext http, Subject subject) => _notices.TellAsync(
        new CustomerId(subject.CustomerId), null, "security-new-device",
        string.Create(CultureInfo.InvariantCulture, $"{subject.CustomerId}-{_time.GetUtcNow().ToUnixTimeMilliseconds()}"),
        new Dictionary<string, string> { ["device"] = DeviceName.Of(http.Request.Headers.UserAgent.ToString()) });

    private Task PinLockedAsync(CustomerId customer, long until) => _notices.TellAsync(
        customer, null, "security-pin-locked", string.Create(CultureInfo.InvariantCulture, $"{customer}-{until}"),
        new Dictionary<string, string>());
}
