using Mingzhang.Services.People;

namespace Mingzhang.Cli.Tests.People;

/// <summary>Card numbers: the check digit comes before the bank. The numbers are made up from public first digits.</summary>
public sealed class BankCardTests
{
    [Fact]
    public void A_good_number_names_its_bank_and_shows_its_tail_only()
    {
        var card = Assert.IsType<BankCardRead>(BankCardNumber.Read(" 5309 8500 0000 3215 ")).Card;

        Assert.Equal(("ICBC", CardKind.Credit, "3215"), (card.Issuer!.Bank, card.Issuer.Kind, card.Tail));
        Assert.Equal("中国工商银行", CardIssuers.NameOf(card.Issuer.Bank));
        Assert.Equal("************3215", card.ToString());
    }

    [Theory]
    [InlineData("5309850000003216", BankCardRule.CheckDigit)]
    [InlineData("53098500000032a5", BankCardRule.Characters)]
    [InlineData("5309-8500-0000-3215", BankCardRule.Characters)]
    [InlineData("53098500000", BankCardRule.Length)]
    [InlineData("53098500000032150000", BankCardRule.Length)]
    [InlineData("", BankCardRule.Length)]
    public void The_first_broken_rule_is_named_and_no_bank(string text, BankCardRule rule) =>
        Assert.Equal(new BankCardRejected(rule), BankCardNumber.Read(text));

    [Fact]
    public void Every_single_wrong_digit_is_caught()
    {
        const string Good = "5309850000003215";
        for (var i = 0; i < Good.Length; i++)
        {
            foreach (var digit in "0123456789".Where(d => d != Good[i]))
            {
                Assert.False(BankCardNumber.IsLuhn(Good[..i] + digit + Good[(i + 1)..]));
            }
        }
    }

    [Fact]
    public void The_longest_first_digits_of_the_right_length_win()
    {
        var issuers = new CardIssuers(
        [
            new("621260", "SPABANK", CardKind.Credit, 16), new("621260", "CSRCB", CardKind.Debit, 19),
            new("621260001", "XFRCB", CardKind.Debit, 19),
        ]);

        Assert.Equal("SPABANK", issuers.Find("6212601234567890")!.Bank);
        Assert.Equal("XFRCB", issuers.Find("6212600011234567890")!.Bank);
        Assert.Equal("CSRCB", issuers.Find("6212600031234567890")!.Bank);
        Assert.Null(issuers.Find("621260003123456789")); // 18 digits
        Assert.Null(new CardIssuers([]).Find("621260003123456789"));
    }

    [Fact]
    public void Every_bank_of_the_shipped_table_has_a_name()
    {
        Assert.Equal(1709, CardIssuers.Shipped.All.Count);
        Assert.All(CardIssuers.Shipped.All, issuer => Assert.NotNull(CardIssuers.NameOf(issuer.Bank)));
    }
}
