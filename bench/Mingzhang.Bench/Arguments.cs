using System.Globalization;

namespace Mingzhang.Bench;

/// <summary>What is measured, from the command line.</summary>
internal sealed class Arguments(string[] args)
{
    /// <summary>Accounts of the large house; the small one has a twentieth.</summary>
    public int Accounts { get; } = Number(args, "--accounts", 100_000);

    /// <summary>Commands of one measurement.</summary>
    public int Commands { get; } = Number(args, "--commands", 300_000);

    /// <summary>Callers at full load.</summary>
    public int Callers { get; } = Number(args, "--callers", 1024);

    /// <summary>Commands a lane decides in one go.</summary>
    public int Batch { get; } = Number(args, "--batch", 256);

    /// <summary>Rows of one transaction.</summary>
    public int Transaction { get; } = Number(args, "--transaction", 512);

    /// <summary>Size of the write-ahead log at which the writer checkpoints.</summary>
    public int Checkpoint { get; } = Number(args, "--checkpoint", 256);

    /// <summary>Accounts kept in memory; 0 = as many as the house would by itself.</summary>
    public int Cached { get; } = Number(args, "--cached", 0);

    /// <summary>Rows that may wait to be settled; 0 = the store's own.</summary>
    public int Backlog { get; } = Number(args, "--backlog", 0);

    /// <summary>Late facts on one long account, and nothing else; 0 = the usual measurements.</summary>
    public int Late { get; } = Number(args, "--late", 0);

    /// <summary>Rows of that account.</summary>
    public int Rows { get; } = Number(args, "--rows", 10_000);

    /// <summary>How often engine and plain loops run in turn.</summary>
    public int Rounds { get; } = Number(args, "--rounds", 5);

    /// <summary>Where the databases are written: the disk that is measured.</summary>
    public string Folder { get; } = Text(args, "--folder", Path.Combine(Path.GetTempPath(), "mz-bench"));

    /// <summary>Where the result goes; empty = nowhere.</summary>
    public string Out { get; } = Text(args, "--out", "");

    /// <summary>Whether the followers run.</summary>
    public bool Followers { get; } = Array.IndexOf(args, "--no-followers") < 0;

    /// <summary>Only the large house at full load.</summary>
    public bool Quick { get; } = Array.IndexOf(args, "--quick") >= 0;

    /// <summary>Only one caller alone and eight.</summary>
    public bool Few { get; } = Array.IndexOf(args, "--few") >= 0;

    /// <summary>Only the house and one with twenty times the accounts, in turn.</summary>
    public bool Scale { get; } = Array.IndexOf(args, "--scale") >= 0;

    /// <summary>On a private PostgreSQL server instead of a file.</summary>
    public bool Postgres { get; } = Array.IndexOf(args, "--postgres") >= 0;

    /// <summary>Settings of that server beyond its defaults, separated by commas.</summary>
    public string Settings { get; } = Text(args, "--settings", "");

    /// <summary>Seconds of a sustained load; 0 = the usual measurements.</summary>
    public int Seconds { get; } = Number(args, "--seconds", 0);

    /// <summary>As given.</summary>
    public string Line { get; } = string.Join(' ', args);

    private static int Number(string[] args, string name, int fallback) =>
        int.Parse(Text(args, name, fallback.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);

    private static string Text(string[] args, string name, string fallback) =>
        Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : fallback;
}
