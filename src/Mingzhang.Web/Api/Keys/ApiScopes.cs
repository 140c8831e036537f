namespace Mingzhang.Web.Api;

/// <summary>What an API key may do.</summary>
public static class ApiScopes
{
    /// <summary>Read accounts, products and explanations.</summary>
    public const string AccountsRead = "accounts:read";

    /// <summary>Open, close and change accounts for their owners.</summary>
    public const string AccountsWrite = "accounts:write";

    /// <summary>Purchases, refunds, repayments.</summary>
    public const string PaymentsWrite = "payments:write";

    /// <summary>What only staff may do: grants, forced closing, disputes, write-off, corrections.</summary>
    public const string StaffWrite = "staff:write";

    /// <summary>Approve or reject what another person proposed; the key needs a named owner.</summary>
    public const string StaffApprove = "staff:approve";

    /// <summary>Do alone what otherwise takes two people, such as corrections.</summary>
    public const string StaffAlone = "staff:alone";

    /// <summary>Read the trial balance.</summary>
    public const string LedgerRead = "ledger:read";

    /// <summary>Webhook endpoints.</summary>
    public const string WebhooksWrite = "webhooks:write";

    /// <summary>Move the sandbox clock and fork accounts.</summary>
    public const string SandboxWrite = "sandbox:write";

    /// <summary>Policy of the batch: any of the scopes that write to accounts; each command needs its own scope, too.</summary>
    public const string AnyWrite = "any-write";

    /// <summary>Policy of proposals: may propose or approve.</summary>
    public const string AnyStaff = "any-staff";

    /// <summary>Policy: any valid key.</summary>
    public const string AnyKey = "any-key";

    /// <summary>Every scope.</summary>
    public static IReadOnlyList<string> All { get; } =
        [AccountsRead, AccountsWrite, PaymentsWrite, StaffWrite, StaffApprove, StaffAlone, LedgerRead, WebhooksWrite, SandboxWrite];
}
