using Mingzhang.Domain.Accounts;
using Mingzhang.Engine;
using Mingzhang.Engine.Days;
using Mingzhang.Engine.Verification;

namespace Mingzhang.Web.Console;

/// <summary>Runs the day end and the verifier in the background and remembers how far they are.</summary>
public sealed class EndOfDay(CreditHouse house) : IProgress<DayProgress>
{
    private readonly Lock _gate = new();
    private Task? _running;
    private Task? _verifying;

    /// <summary>How far the present or last run is.</summary>
    public DayProgress? Progress { get; private set; }

    /// <summary>What the last run did.</summary>
    public DayReport? Report { get; private set; }

    /// <summary>What the last verification found.</summary>
    public VerifyReport? Verified { get; private set; }

    /// <summary>Whether a day end runs now.</summary>
    public bool IsRunning => _running is { IsCompleted: false };

    /// <summary>Whether the verifier runs now.</summary>
    public bool IsVerifying => _verifying is { IsCompleted: false };

    void IProgress<DayProgress>.Report(DayProgress value) => Progress = value;

    /// <summary>Passes the day after <paramref name="from"/>, unless that has happened or a run is under way.</summary>
    /// <remarks>Waits a little, so that small houses see the result at once.</remarks>
    public async Task NextAsync(DateOnly from)
    {
        lock (_gate)
        {
            if (IsRunning || house.BusinessDate != from)
            {
                return;
            }

            _running = Task.Run(async () => Report = await house.AdvanceDayAsync(this));
        }

        await Task.WhenAny(_running, Task.Delay(TimeSpan.FromSeconds(3)));
    }

    /// <summary>Sandbox: moves on to a day. Waits as <see cref="NextAsync"/> does; the refusal when it may not.</summary>
    public async Task<Refusal?> MoveToAsync(DateOnly day)
    {
        var moving = house.AdvanceToAsync(day, this);
        lock (_gate)
        {
            _running = moving;
        }

        await Task.WhenAny(moving, Task.Delay(TimeSpan.FromSeconds(20)));
        if (!moving.IsCompleted)
        {
            return null;
        }

        var (report, refusal) = await moving;
        Report = report ?? Report;
        return refusal;
    }

    /// <summary>Refolds everything and compares, in the background.</summary>
    public async Task VerifyAsync()
    {
        lock (_gate)
        {
            if (IsVerifying)
            {
                return;
            }

            _verifying = Task.Run(async () => Verified = await house.VerifyAsync());
        }

        await Task.WhenAny(_verifying, Task.Delay(TimeSpan.FromSeconds(5)));
    }
}
