namespace Mingzhang.Web.Identity;

/// <summary>The areas of the host; each has its own cookie or key, and its own policy of the same name.</summary>
public static class Realms
{
    /// <summary>Borrowers' pages.</summary>
    public const string App = "app";

    /// <summary>Staff pages.</summary>
    public const string Console = "console";

    /// <summary>Claim with the customer number.</summary>
    public const string CustomerClaim = "customer";
}
