using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Corrections;
using Mingzhang.Domain.Prices;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Approvals;
using Mingzhang.Services.Reading;
using Mingzhang.Web.Api;
using Mingzhang.Web.Tests.Api;
using Mingzhang.Web.Texts;

namespace Mingzhang.Web.Tests;

/// <summary>The letter about a correction has no number that is not the preview's, in either language.</summary>
[Collection(ApiCollection.Name)]
public sealed partial class LetterTests(ApiHost host)
{
    [GeneratedRegex(@"[\d,]+\.\d\d(?!\d|%)")]
    private static partial Regex Amount { get; }

    [GeneratedRegex("CNY(?<minor>-?[0-9]+)")]
    private static partial Regex Written { get; }

    [Theory]
    [InlineData("zh-Hans")]
    [InlineData("en")]
    public async Task Every_amount_in_the_letter_is_one_of_the_preview(string language)
    {
        var letters = 0;
        foreach (var preview in await PreviewsAsync())
        {
            var known = Written.Matches(JsonSerializer.Serialize(preview, ApiJson.Options))
                .Select(match => long.Parse(match.Groups["minor"].Value, System.Globalization.CultureInfo.InvariantCulture)).ToHashSet();
            var parts = CorrectionLetter.Of(preview, Speech.In(language));
            Assert.True(parts.Count >= 5);
            foreach (Match amount in Amount.Matches(string.Join('\n', parts.SelectMany(part => part.Lines))))
            {
                var minor = (long)(decimal.Parse(amount.Value, System.Globalization.CultureInfo.InvariantCulture) * 100);
                Assert.True(known.Contains(minor) || known.Contains(-minor), $"{amount.Value} is not in the preview");
                letters++;
            }

            Assert.All(parts, part => Assert.All(part.Lines, line => Assert.DoesNotContain("letter.", line, StringComparison.Ordinal)));
            Assert.All(parts, part => Assert.All(part.Lines, line => Assert.DoesNotContain("fact.", line, StringComparison.Ordinal)));
        }

        Assert.True(letters > 20);
    }

    [Fact]
    public void Every_kind_of_fact_that_can_be_wrong_has_words()
    {
        var kinds = typeof(AccountCommand).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(AccountCommand)))
            .Where(type => FactKinds.MayBeReversed((AccountCommand)RuntimeHelpers.GetUninitializedObject(type)));
        Assert.All(kinds, type => Assert.True(Catalogue.Has("fact." + type.Name), type.Name));
    }

    [Fact]
    public async Task The_preview_kept_with_a_proposal_reads_back_as_it_was()
    {
        var view = (await new AccountReader(host.House).FindAsync(Account("1000002-01")))!;
        var command = Price(view);
        var previewed = Assert.IsType<CorrectionPreviewed>(
            CorrectionPreviewer.Preview(view.State, view.History, command, view.Book, view.Today));
        var content = new CorrectionCommandPreview().Write(view, command, previewed.Decision);
        Assert.Equal(previewed.Preview, CorrectionCommandPreview.Read(content));
    }

    private async Task<List<CorrectionPreview>> PreviewsAsync()
    {
        var reader = new AccountReader(host.House);
        var corrected = (await reader.FindAsync(Account("1000006-01")))!;
        var booked = corrected.History.First(entry => entry.Events.Any(happened => happened is AccountCorrected)).Sequence;
        var previews = new List<CorrectionPreview> { CorrectionPreviewer.Booked(corrected.History, corrected.Book, booked)! };
        foreach (var id in (string[])["1000002-01", "1000003-01", "1000008-01"])
        {
            var view = (await reader.FindAsync(Account(id)))!;
            var paid = view.History.Where(entry => entry.Events.Any(happened => happened is RepaymentReceived));
            AccountCommand[] asked =
                [Price(view), .. paid.Select(entry => new ReverseFact(entry.Sequence, "typed twice") { EffectiveOn = view.Today })];
            previews.AddRange(asked
                .Select(command => CorrectionPreviewer.Preview(view.State, view.History, command, view.Book, view.Today))
                .OfType<CorrectionPreviewed>().Select(previewed => previewed.Preview));
        }

        return previews;
    }

    private static AccountId Account(string text) => AccountId.TryParse(text, out var id) ? id : throw new FormatException(text);

    private static SetPrice Price(AccountView view) =>
        new(null, 400, 450, "recorded wrongly") { EffectiveOn = view.State.OpenedOn.AddDays(1) };
}
