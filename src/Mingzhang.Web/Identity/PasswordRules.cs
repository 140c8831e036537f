namespace Mingzhang.Web.Identity;

/// <summary>Why a password is not taken.</summary>
public enum PasswordFault
{
    /// <summary>It is taken.</summary>
    None,

    /// <summary>Shorter than ten characters.</summary>
    TooShort,

    /// <summary>Longer than 128 characters.</summary>
    TooLong,

    /// <summary>Holds the log-in name or the name of this house.</summary>
    OfTheName,

    /// <summary>Among those everybody tries first.</summary>
    TooCommon,

    /// <summary>The same as before.</summary>
    Unchanged,

    /// <summary>The two new ones differ.</summary>
    Mistyped,
}

/// <summary>Which passwords are taken: 10 to 128 characters of any kind, as typed; no rule asks for digits or signs.</summary>
public static class PasswordRules
{
    /// <summary>Shortest.</summary>
    public const int Shortest = 10;

    /// <summary>Longest.</summary>
    public const int Longest = 128;

    private static readonly string[] House = ["mingzhang", "明账"];

    /// <summary>What is wrong with a password.</summary>
    /// <param name="password">As typed.</param>
    /// <param name="login">The log-in name.</param>
    public static PasswordFault Fault(string password, string login) =>
        password.Length < Shortest ? PasswordFault.TooShort
        : password.Length > Longest ? PasswordFault.TooLong
        : Holds(password, login) || House.Any(name => Holds(password, name)) ? PasswordFault.OfTheName
        : CommonPasswords.Has(password) ? PasswordFault.TooCommon
        : PasswordFault.None;

    private static bool Holds(string password, string name) =>
        name.Length >= 4 && password.Contains(name, StringComparison.OrdinalIgnoreCase);
}
