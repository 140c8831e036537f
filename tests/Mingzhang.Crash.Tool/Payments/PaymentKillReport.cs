using System.Globalization;

namespace Mingzhang.Crash.Tool.Payments;

/// <summary>A fault put in after the last life; it has to be found.</summary>
public enum PaymentPlant
{
    /// <summary>The bank took money for nothing.</summary>
    BankTakesMore,

    /// <summary>A repayment that never was is in the ledger.</summary>
    BookWithoutMoney,

    /// <summary>A transfer's row is lost.</summary>
    LoseTransfer,
}

/// <summary>What a run showed.</summary>
public sealed record PaymentKillReport(
    int HouseKills, int BankKills, int Payments, int Done, int Failed, int Returned, int Days, int Breaks, TimeSpan HouseBack,
    TimeSpan BankBack, TimeSpan Took, IReadOnlyList<string> Violations)
{
    /// <summary>For people and for the results folder.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"""
        - SIGKILL of the house: {HouseKills}; of the bank: {BankKills}; every fault of the bank on
        - payments asked for over HTTP: {Payments}; in the end done {Done}, failed {Failed}, returned {Returned}
        - business days passed: {Days}
        - breaks that reconciliation found (lines the bank left out, doubled, changed or invented, and what was learned late): {Breaks}
        - slowest start until it answered: house {HouseBack.TotalSeconds:0.0} s, bank {BankBack.TotalSeconds:0.0} s
        - the run took {Took.TotalSeconds:0} s
        - yuan lost or doubled, transfers without an end, unsound books: {Violations.Count}
        {string.Concat(Violations.Take(20).Select(one => $"  - VIOLATION {one}\n"))}
        """);
}
