using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Mingzhang.Channel;
using Mingzhang.Domain.Ledger;
using Mingzhang.Domain.Values;

namespace Mingzhang.Services.Lenders;

/// <summary>What a lender is told of an account on a day: the change of one balance of its sub-ledger. Amounts in minor units.</summary>
public sealed record AdvisedLine
{
    /// <summary>The name, here and in the lender's book; follows from what it is about.</summary>
    public required string Id { get; init; }

    /// <summary>Whose.</summary>
    public required AccountId Account { get; init; }

    /// <summary>The lender's code.</summary>
    public required string Lender { get; init; }

    /// <summary>The business day.</summary>
    public DateOnly Day { get; init; }

    /// <summary>The loan, or <c>(line)</c>.</summary>
    public required string Loan { get; init; }

    /// <summary>The ledger account; null = clearing with the other lenders.</summary>
    public LedgerAccount? Ledger { get; init; }

    /// <summary>Debit positive, never zero.</summary>
    public long Amount { get; init; }

    /// <summary>Three letters.</summary>
    public required string Currency { get; init; }

    /// <summary>How often it was told.</summary>
    public int Tries { get; init; }

    /// <summary>Whether the lender has booked it.</summary>
    public bool Confirmed { get; init; }

    /// <summary>The name of a line: the partition, and 24 hexadecimal digits that follow from what it is about.</summary>
    public static string NameOf(AccountId account, DateOnly day, string lender, string loan, LedgerAccount? ledger)
    {
        var what = string.Create(
            CultureInfo.InvariantCulture, $"{account.Value}|{day:yyyy-MM-dd}|{lender}|{loan}|{(int)(ledger ?? default)}");
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what)).AsSpan(0, 12));
        return string.Create(CultureInfo.InvariantCulture, $"L{account.PartitionId}-{digest}");
    }

    /// <summary>As the lender is told.</summary>
    public LenderAdvice Advice => new(
        Id, Day, Account.ToString(), Loan, Ledger is { } ledger ? ledger.ToString() : "clearing", Amount, Currency);
}
