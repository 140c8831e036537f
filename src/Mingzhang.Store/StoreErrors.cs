namespace Mingzhang.Store;

/// <summary>The store has failed or a row in it is not what it must be.</summary>
public class StoreException : Exception
{
    /// <summary>Without details.</summary>
    public StoreException()
    {
    }

    /// <summary>With a message.</summary>
    public StoreException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and a cause.</summary>
    public StoreException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>The database's own result code; 0 when it has none.</summary>
    public int Code { get; init; }
}

/// <summary>Another process has this database open for writing.</summary>
public sealed class StoreInUseException : StoreException
{
    /// <summary>Without details.</summary>
    public StoreInUseException()
    {
    }

    /// <summary>With a message.</summary>
    public StoreInUseException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and a cause.</summary>
    public StoreInUseException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

/// <summary>The database cannot be reached just now; nothing is wrong with what it holds, and trying again may help.</summary>
public sealed class StoreAwayException : StoreException
{
    /// <summary>Without details.</summary>
    public StoreAwayException()
    {
    }

    /// <summary>With a message.</summary>
    public StoreAwayException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and what caused it.</summary>
    public StoreAwayException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
