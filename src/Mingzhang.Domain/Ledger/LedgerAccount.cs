namespace Mingzhang.Domain.Ledger;

/// <summary>The chart of accounts. 1xxx assets, 2xxx liabilities, 4xxx income, 5xxx expense, 9xxx memorandum pairs that make every
/// figure of an account provable.</summary>
public enum LedgerAccount
{
    /// <summary>Money received from and paid to customers.</summary>
    SettlementCash = 1001,

    /// <summary>Principal owed by customers.</summary>
    PrincipalReceivable = 1101,

    /// <summary>Posted interest owed by customers.</summary>
    InterestReceivable = 1102,

    /// <summary>Posted overdue charges owed by customers.</summary>
    OverdueChargeReceivable = 1103,

    /// <summary>Posted fees owed by customers.</summary>
    FeeReceivable = 1104,

    /// <summary>Credit balances owed to customers.</summary>
    CustomerCreditBalance = 2001,

    /// <summary>Owed to merchants for purchases, less refunds.</summary>
    MerchantPayable = 2101,

    /// <summary>Revolving interest earned.</summary>
    InterestIncome = 4001,

    /// <summary>Overdue charges earned.</summary>
    OverdueChargeIncome = 4002,

    /// <summary>Fees earned from customers.</summary>
    FeeIncome = 4003,

    /// <summary>Instalment costs borne by merchants.</summary>
    MerchantFeeIncome = 4004,

    /// <summary>Money recovered on written-off debt.</summary>
    RecoveryIncome = 4101,

    /// <summary>Debt written off.</summary>
    WriteOffLoss = 5001,

    /// <summary>Debt cancelled in the customer's favour.</summary>
    DisputeLoss = 5002,

    /// <summary>Debt waived in an agreement with the customer.</summary>
    WaiverLoss = 5003,

    /// <summary>Total limits granted (memorandum).</summary>
    LimitGranted = 9001,

    /// <summary>Its counterpart.</summary>
    LimitGrantedContra = 9002,

    /// <summary>Limit held by purchases under way (memorandum).</summary>
    Holds = 9101,

    /// <summary>Its counterpart.</summary>
    HoldsContra = 9102,

    /// <summary>Written-off debt still owed by customers (memorandum).</summary>
    WrittenOffDebt = 9201,

    /// <summary>Its counterpart.</summary>
    WrittenOffDebtContra = 9202,

    /// <summary>Opening balances of sandbox forks.</summary>
    ForkContra = 9901,
}

/// <summary>One line of a journal entry: debit positive, credit negative.</summary>
public readonly record struct Posting(LedgerAccount Account, Money Amount);
