using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Billing;
using Mingzhang.Domain.Closing;
using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Ledger;
using Mingzhang.Domain.Permissions;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Relief;
using Mingzhang.Domain.Repayment;
using Mingzhang.Services.Sandbox;
using Mingzhang.Services.Leaving;
using Mingzhang.Web.App.Leaving;
using Mingzhang.Web.Console;
using Mingzhang.Web.Texts;

namespace Mingzhang.Web.Tests;

public sealed partial class CatalogueTests
{
    [GeneratedRegex(@"\b(?:T|speech|say)(?:\[|\.Say\()""(?<key>[a-z][\w.\-]*)""(?! \+)")]
    private static partial Regex Used { get; }

    [GeneratedRegex(@"\{\d")]
    private static partial Regex Hole { get; }

    [Fact]
    public void Both_languages_have_the_same_keys() =>
        Assert.Equal(
            Catalogue.Keys(Catalogue.Chinese).Order(StringComparer.Ordinal),
            Catalogue.Keys(Catalogue.English).Order(StringComparer.Ordinal));

    [Fact]
    public void Both_languages_take_the_same_values_and_say_something()
    {
        foreach (var key in Catalogue.Keys(Catalogue.Chinese))
        {
            var (chinese, english) = (Catalogue.Of(Catalogue.Chinese, key), Catalogue.Of(Catalogue.English, key));
            Assert.False(chinese.Length == 0 || english.Length == 0, key);
            Assert.True(HolesOf(chinese).SetEquals(HolesOf(english)), key);
        }
    }

    [Fact]
    public void Every_text_a_page_asks_for_exists()
    {
        var folder = Path.Combine(Host.Root, "src", "Mingzhang.Web");
        var files = Directory.EnumerateFiles(folder, "*.*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal)).ToList();
        Assert.True(files.Count > 40);
        var missing = files.SelectMany(file => Used.Matches(File.ReadAllText(file)).Select(match => match.Groups["key"].Value))
            .Where(key => !Catalogue.Has(key)).Distinct().ToList();
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_name_that_comes_from_the_core_has_words()
    {
        var events = typeof(AccountEvent).GetCustomAttributes<JsonDerivedTypeAttribute>()
            .Select(type => "event." + ((string)type.TypeDiscriminator!)[..^3]);
        string[] wanted =
        [
            .. events, .. ProposalWords.Keys(),
            .. NamesOf<ReliefKind>("relief-kind."), .. NamesOf<ReliefStage>("relief-stage."), .. NamesOf<ReliefEnding>("relief-ending."),
            .. NamesOf<RestrictionReason>("restriction."), .. NamesOf<BlockerCode>("blocker."), .. NamesOf<BlockerCode>("blocker-help."),
            .. NamesOf<BlockerCode>("blocker-fix."), .. NamesOf<AllocationBucket>("bucket."), .. NamesOf<Component>("component."),
            .. NamesOf<LedgerAccount>("ledger."), .. NamesOf<LimitTermKind>("limit.term."), .. NamesOf<UseVerdict>("use.verdict."),
            .. NamesOf<BillStage>("bill.stage."), .. NamesOf<ClosingMode>("closing-mode."),
            .. DemoCustomer.All.Select(one => "story." + one.Story), .. DemoCustomer.All.Select(one => "story-help." + one.Story),
            .. ClosingEndpoints.Acknowledgements.Append("calendar").SelectMany(one => new[] { "ack." + one, "ack-help." + one }),
            .. LeaveReasons.All.Append(LeaveReasons.Theft).Select(one => "reason." + one),
            .. new[] { "request", "confirm", "cancel", "theft", "complete" }.Select(one => "evidence.step-" + one),
        ];
        var missing = wanted.Where(key => !Catalogue.Has(key)).ToList();
        Assert.True(missing.Count == 0, string.Join(' ', missing));
    }

    private static IEnumerable<string> NamesOf<T>(string prefix)
        where T : struct, Enum => Enum.GetNames<T>().Select(name => prefix + name);

    private static HashSet<string> HolesOf(string text) => [.. Hole.Matches(text).Select(match => match.Value)];
}
