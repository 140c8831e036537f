namespace Mingzhang.Crash.Tool.Cuts;

/// <summary>What happens to a COMMIT on its way to PostgreSQL.</summary>
public enum CommitFault
{
    /// <summary>It passes.</summary>
    None,

    /// <summary>The connection breaks and the server never got it.</summary>
    CutBefore,

    /// <summary>The server has done it; the connection breaks before anybody hears.</summary>
    CutAfter,

    /// <summary>It is sent and the connection breaks at once: done or not.</summary>
    CutBeside,

    /// <summary>40001: the server rolled back and asks to try again.</summary>
    Serialisation,

    /// <summary>40P01: the server rolled back to end a deadlock.</summary>
    Deadlock,

    /// <summary>57P01: the server shuts down; rolled back, and the connection ends.</summary>
    Shutdown,

    /// <summary>Planted: the server rolls back and says that it committed.</summary>
    Lie,
}
