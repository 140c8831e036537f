using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Mingzhang.Domain.Values;

namespace Mingzhang.Services.Payments;

/// <summary>
/// The borrower's agreement that a bank account may be debited automatically. Without one in force nothing is debited that the borrower
/// does not confirm.
/// </summary>
public sealed record Mandate
{
    /// <summary>The version of the text that is agreed to.</summary>
    public const string CurrentText = "2026-01";

    /// <summary>Of one debit, minor units; sample parameter: 50,000.00.</summary>
    public const long MostOfOne = 5_000_000;

    /// <summary>Whose.</summary>
    public required AccountId Account { get; init; }

    /// <summary>The bank account.</summary>
    public required string Token { get; init; }

    /// <summary>The name, here and at the bank; follows from account, bank account and turn.</summary>
    public required string Number { get; init; }

    /// <summary>Of one debit, minor units.</summary>
    public long Most { get; init; } = MostOfOne;

    /// <summary>When it was agreed.</summary>
    public DateOnly AgreedOn { get; init; }

    /// <summary>Which text.</summary>
    public string TextVersion { get; init; } = CurrentText;

    /// <summary>When it ended; null = in force.</summary>
    public DateOnly? EndedOn { get; init; }

    /// <summary>borrower or bank.</summary>
    public string EndedBy { get; init; } = "";

    /// <summary>1 for the first of this bank account.</summary>
    public int Turn { get; init; } = 1;

    /// <summary>Whether the bank knows how it stands.</summary>
    public bool Registered { get; init; }

    /// <summary>The name of a mandate: the partition, and 20 hexadecimal digits.</summary>
    public static string NameOf(AccountId account, string token, int turn)
    {
        var what = string.Create(CultureInfo.InvariantCulture, $"{account.Value}|mandate|{token}|{turn}");
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what)).AsSpan(0, 10));
        return string.Create(CultureInfo.InvariantCulture, $"M{account.PartitionId}-{digest}");
    }
}
