using Mingzhang.Services.People;
using Mingzhang.Services.Wording;

namespace Mingzhang.Cli.Tests.People;

/// <summary>Identity numbers by GB 11643; no number here is a person's (order codes 991 and 992, or the standard's specimen).</summary>
public sealed class IdNumberTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    [Fact]
    public void The_specimen_of_the_standard_is_read_and_a_small_x_becomes_a_capital_one()
    {
        var id = Read("11010519491231002x");

        Assert.Equal("11010519491231002X", id.Number);
        Assert.Equal((new DateOnly(1949, 12, 31), false, false), (id.Birth, id.IsMale, id.IsOldForm));
        Assert.Equal(("朝阳区", "北京市", true), (id.County!.Name, id.Province.Name, id.AreaFitsBirth));
    }

    [Theory]
    [InlineData("4403081999011", IdNumberRule.Length)]
    [InlineData("", IdNumberRule.Length)]
    [InlineData("1101051949123100X2", IdNumberRule.Characters)]
    [InlineData("１10105194912310021", IdNumberRule.Characters)]
    [InlineData("11010549123100X", IdNumberRule.Characters)]
    [InlineData("990105194912310021", IdNumberRule.Province)]
    [InlineData("110105190002290021", IdNumberRule.BirthDay)]
    [InlineData("110105199913010021", IdNumberRule.BirthDay)]
    [InlineData("110105202701010021", IdNumberRule.BirthRange)]
    [InlineData("110105180001010021", IdNumberRule.BirthRange)]
    [InlineData("110105194912310021", IdNumberRule.CheckDigit)]
    public void The_first_broken_rule_is_named(string text, IdNumberRule rule) =>
        Assert.Equal(new IdNumberRejected(rule), IdNumberReader.Read(text, Today));

    [Fact]
    public void Every_wrong_last_character_is_caught_and_so_is_every_exchange_of_neighbours_that_are_not_equal()
    {
        const string Good = "11010120000229991X";
        foreach (var last in "0123456789")
        {
            Assert.IsType<IdNumberRejected>(IdNumberReader.Read(Good[..17] + last, Today));
        }

        for (var i = 0; i < 16; i++)
        {
            var swapped = Good[..i] + Good[i + 1] + Good[i] + Good[(i + 2)..];
            Assert.True(swapped == Good || IdNumberReader.Read(swapped, Today) is IdNumberRejected, swapped);
        }
    }

    [Fact]
    public void The_old_form_is_completed_by_century_and_check_digit()
    {
        var id = Read("610104620927690");

        Assert.True(id.IsOldForm);
        Assert.Equal(id.Birth, Read(id.InFull).Birth);
        Assert.Equal((18, false), (id.InFull.Length, Read(id.InFull).IsOldForm));
    }

    [Fact]
    public void An_area_given_out_after_the_birth_is_no_error_but_told()
    {
        Assert.False(Read("500154199301135886").AreaFitsBirth);
        Assert.True(Read("440308199901101512").AreaFitsBirth);
        Assert.Null(Read("140120197901010008").County); // withdrawn, and not in the table
        Assert.True(Read("830000199201300022").IsResidencePermit);
    }

    [Fact]
    public void Nothing_that_prints_an_identity_number_shows_the_person() =>
        Assert.DoesNotContain("1949", IdNumberReader.Read("11010519491231002X", Today).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Every_rule_has_a_sentence_in_both_languages()
    {
        Assert.All(Enum.GetValues<IdNumberRule>(), rule => Both(NumberText.Of(rule, true), NumberText.Of(rule, false)));
        Assert.All(Enum.GetValues<BankCardRule>(), rule => Both(NumberText.Of(rule, true), NumberText.Of(rule, false)));
        Assert.All(Enum.GetValues<CardKind>(), kind => Both(NumberText.Of(kind, true), NumberText.Of(kind, false)));

        static void Both(string chinese, string english) =>
            Assert.True(chinese.Any(c => c > '\u4e00') && english.All(c => c < '\u4e00') && english.Length > 0);
    }

    private static IdNumber Read(string text) => Assert.IsType<IdNumberRead>(IdNumberReader.Read(text, Today)).Id;
}
