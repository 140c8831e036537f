namespace Mingzhang.Cli;

/// <summary>What <c>mz</c> returns to the shell. Numbers are stable.</summary>
public enum ExitCode
{
    /// <summary>Done.</summary>
    Done = 0,

    /// <summary>The house said no: a refusal with its reason code, or something asked for is not there.</summary>
    Refused = 1,

    /// <summary>The command line is wrong.</summary>
    Usage = 2,

    /// <summary>An input file breaks a rule; nothing was written.</summary>
    BadInput = 3,

    /// <summary>The books, or a replay, are not what they must be; the report names the difference.</summary>
    Difference = 4,

    /// <summary>The database cannot be opened, or the house stopped.</summary>
    House = 5,
}
