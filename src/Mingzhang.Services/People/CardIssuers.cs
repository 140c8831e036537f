using System.Collections.Frozen;
using System.Globalization;

namespace Mingzhang.Services.People;

/// <summary>Who issues the cards that begin with some digits.</summary>
/// <param name="Bin">The first digits of the card.</param>
/// <param name="Bank">The bank's code, such as ICBC.</param>
/// <param name="Kind">What kind of card.</param>
/// <param name="CardLength">Digits of such a card.</param>
public sealed record CardIssuer(string Bin, string Bank, CardKind Kind, int CardLength);

/// <summary>Kinds of bank cards.</summary>
public enum CardKind
{
    /// <summary>Debit (DC, 借记卡).</summary>
    Debit,

    /// <summary>Credit (CC, 贷记卡).</summary>
    Credit,

    /// <summary>Semi-credit: money is paid in first, a small overdraft is allowed (SCC, 准贷记卡).</summary>
    SemiCredit,

    /// <summary>Prepaid (PC, 预付费卡).</summary>
    Prepaid,
}

/// <summary>Finds the issuer of a card: the longest first digits whose cards have as many digits.</summary>
public sealed class CardIssuers
{
    private static readonly Lazy<CardIssuers> Ours = new(() => new CardIssuers(ShippedTable.Rows("bin.csv", 4)
        .Select(row => new CardIssuer(row[0], row[1], KindOf(row[2]), int.Parse(row[3], CultureInfo.InvariantCulture)))));

    private static readonly Lazy<FrozenDictionary<string, string>> Names =
        new(() => ShippedTable.Rows("bank-names.csv", 2).ToFrozenDictionary(row => row[0], row => row[1], StringComparer.Ordinal));

    private readonly FrozenDictionary<(string Bin, int CardLength), CardIssuer> _issuers;
    private readonly int _longest;

    /// <summary>A table of issuers; throws when first digits of one card length come twice.</summary>
    public CardIssuers(IEnumerable<CardIssuer> issuers)
    {
        _issuers = issuers.ToFrozenDictionary(issuer => (issuer.Bin, issuer.CardLength));
        _longest = _issuers.Count == 0 ? 0 : _issuers.Keys.Max(key => key.Bin.Length);
    }

    /// <summary>The table that comes with the program: <c>data/people/bin.csv</c> (hexindai/bcbc, MIT), 1,709 rows.</summary>
    public static CardIssuers Shipped => Ours.Value;

    /// <summary>All issuers.</summary>
    public IReadOnlyCollection<CardIssuer> All => _issuers.Values;

    /// <summary>The issuer of a card, or null when the table does not know it: the card may be good all the same.</summary>
    /// <example>621260003… of 19 digits → 621260 of 19 digits, not 621260 of 16.</example>
    public CardIssuer? Find(string digits)
    {
        for (var length = Math.Min(_longest, digits.Length); length > 0; length--)
        {
            if (_issuers.TryGetValue((digits[..length], digits.Length), out var issuer))
            {
                return issuer;
            }
        }

        return null;
    }

    /// <summary>The Chinese name of a bank code; null when the table does not know it.</summary>
    public static string? NameOf(string bank) => Names.Value.GetValueOrDefault(bank);

    /// <summary>The kind of DC, CC, SCC or PC; throws for anything else.</summary>
    public static CardKind KindOf(string code) => code switch
    {
        "DC" => CardKind.Debit,
        "CC" => CardKind.Credit,
        "SCC" => CardKind.SemiCredit,
        "PC" => CardKind.Prepaid,
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "A card is DC, CC, SCC or PC."),
    };
}
