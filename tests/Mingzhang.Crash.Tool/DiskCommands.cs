using System.Globalization;
using Mingzhang.Crash.Tool.Clocks;
using Mingzhang.Crash.Tool.Disks;
using Mingzhang.Crash.Tool.Failovers;

namespace Mingzhang.Crash.Tool;

/// <summary>The long forms of the harnesses that break disks, servers and clocks.</summary>
internal static class DiskCommands
{
    private const int Seed = 20261123;

    /// <summary>One line for each.</summary>
    public const string Usage =
        """
        sweep <step>                      the k-th I/O fails, for every step-th k
        power <lives> <cuts>              power cuts on a recorded disk
        powercuts <cuts> [--nosync]       power cuts of a mounted ext4 (root); with --nosync it has to lose something
        full <times> bound|tmpfs          disk full, then room again (tmpfs: root)
        full <times> ext4                 the same on ext4, the house in a process of its own (root)
        failovers <count>                 the primary dies, its synchronous standby takes over (PostgreSQL)
        clocks <twins>                    machine time jumps
        upgrade <kills> <older build>     lives of an older build of this program, then of this one
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        int count = int.Parse(args[1], CultureInfo.InvariantCulture);
        switch (args)
        {
            case ["sweep", _]:
                SweepReport sweep = await new SweepRun(count, Seed).RunAsync();
                return Tell(sweep.Text, sweep.Violations.Count);
            case ["power", _, string cuts]:
                PowerReport power = await new PowerRun(count, int.Parse(cuts, CultureInfo.InvariantCulture), Seed).RunAsync();
                return Tell(power.Text, power.Violations.Count);
            case ["powercuts", _, .. string[] rest]:
                Plant plant = rest is ["--nosync"] ? Plant.NoSync : Plant.None;
                return OnExt4(disk => new KillRun(count, Seed, plant, verifyEvery: 5, disk: disk));
            case ["full", _, "ext4"]:
                return OnExt4(disk => new KillRun(count, Seed, verifyEvery: 5, disk: disk, fillsUp: true));
            case ["full", _, string kind]:
                return await FullAsync(count, kind);
            case ["failovers", _]:
                FailoverReport? failover = await new FailoverRun(count, Seed).RunAsync();
                return failover is null ? Missing("PostgreSQL is not installed") : Tell(failover.Text, failover.Violations.Count);
            case ["clocks", _]:
                ClockReport clock = await new ClockRun(count, Seed).RunAsync();
                return Tell(clock.Text, clock.Violations.Count);
            case ["upgrade", _, string older]:
                KillReport upgrade = new KillRun(count, Seed, older: older).Run();
                return Tell(Report.Of(upgrade), upgrade.Violations.Count);
            default:
                Console.WriteLine(Usage);
                return 2;
        }
    }

    private static int OnExt4(Func<MountedRoom, KillRun> make)
    {
        using MountedRoom? disk = MountedRoom.Make("ext4", 96);
        if (disk is null)
        {
            return Missing("no file system can be mounted here");
        }

        KillReport report = make(disk).Run();
        return Tell(Report.Of(report), report.Violations.Count);
    }

    private static async Task<int> FullAsync(int times, string kind)
    {
        using IRoom? room = kind == "bound" ? new BoundRoom() : MountedRoom.Make(kind, 24);
        if (room is null)
        {
            return Missing("no file system can be mounted here");
        }

        FullReport report = await new FullRun(room, times, Seed).RunAsync();
        return Tell(report.Text, report.Violations.Count);
    }

    private static int Missing(string what)
    {
        Console.WriteLine("not run: " + what);
        return 3;
    }

    private static int Tell(string text, int violations)
    {
        Console.WriteLine(text);
        return violations == 0 ? 0 : 1;
    }
}
