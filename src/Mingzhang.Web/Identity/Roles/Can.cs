namespace Mingzhang.Web.Identity.Roles;

/// <summary>What a member of staff may be let do. Each page and each action of the console names one.</summary>
public enum Can
{
    /// <summary>Look after the own log-in; everybody who is let in.</summary>
    UseOwnLogin,

    /// <summary>See accounts and the people behind them.</summary>
    SeeAccounts,

    /// <summary>Answer questions and contact people.</summary>
    Serve,

    /// <summary>Freeze and lift.</summary>
    Restrict,

    /// <summary>Change limits, propose prices, close an account against its owner's wish.</summary>
    SetRisk,

    /// <summary>Book repayments and refunds that came another way, say how a pay-out ended.</summary>
    BookMoney,

    /// <summary>Propose to take back or replace booked facts, and to write debt off.</summary>
    Correct,

    /// <summary>Offer and end relief, propose to waive.</summary>
    Relieve,

    /// <summary>Check who somebody is, and let them set their PIN or password anew.</summary>
    CheckIdentity,

    /// <summary>See what waits for a second person.</summary>
    SeeProposals,

    /// <summary>Propose, renew and take back.</summary>
    Propose,

    /// <summary>Say yes or no to proposals; to which, the next one and <see cref="ManageStaff"/> say.</summary>
    Decide,

    /// <summary>Be the second person for everything but changes of staff.</summary>
    Approve,

    /// <summary>See the trial balance, lenders and settlement.</summary>
    SeeBooks,

    /// <summary>Close what the settlement left open.</summary>
    Settle,

    /// <summary>See product versions.</summary>
    SeeProducts,

    /// <summary>Propose product versions.</summary>
    ProposeProducts,

    /// <summary>See day end, integrity and how the house is.</summary>
    SeeHouse,

    /// <summary>Run days, verify, move a sandbox's clock and fork its accounts.</summary>
    RunHouse,

    /// <summary>See who of the staff may do what.</summary>
    SeeStaff,

    /// <summary>Propose and approve changes of staff.</summary>
    ManageStaff,
}
