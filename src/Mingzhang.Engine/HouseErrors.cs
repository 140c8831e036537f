namespace Mingzhang.Engine;

/// <summary>
/// The house has stopped: a commit failed or an invariant broke. Nothing more is decided; the process must end and start again.
/// </summary>
public sealed class HouseStoppedException : Exception
{
    /// <summary>Without details.</summary>
    public HouseStoppedException()
    {
    }

    /// <summary>With a message.</summary>
    public HouseStoppedException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and a cause.</summary>
    public HouseStoppedException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
