using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Permissions;
using Mingzhang.Domain.Versions;
using Mingzhang.Services.Sandbox;
using Mingzhang.Services.Wording;

namespace Mingzhang.Web.Tests;

/// <summary>A form that is filled in wrongly says so in the words of its page, and acts on no other account than its own.</summary>
public sealed partial class FormWordsTests(OwnHost host) : IClassFixture<OwnHost>
{
    private const int Pages = 45;

    private static readonly string[] Garbage = ["", "abc", "-5", "1e9", "99999999999999999999", new('长', 3000), "2026-02-30"];

    // What the person would no longer be logged in after, or is another test's.
    private static readonly string[] Untouched = ["/logout", "/app/progress/cache", "/app/privacy", "/app/security"];

    [GeneratedRegex("<form method=\"post\" action=\"(?<action>/[^\"]*)\"(?<head>[^>]*)>(?<body>.*?)</form>", RegexOptions.Singleline)]
    private static partial Regex Forms { get; }

    [GeneratedRegex("<(?:input|textarea|select)\\b[^>]*?\\bname=\"(?<name>[^\"]+)\"(?<rest>[^>]*)>")]
    private static partial Regex Inputs { get; }

    [GeneratedRegex("href=\"(?<to>/app[^\"#]*)\"")]
    private static partial Regex Links { get; }

    [GeneratedRegex("value=\"(?<value>[^\"]*)\"")]
    private static partial Regex Value { get; }

    [GeneratedRegex("<option value=\"(?<value>[^\"]*)\"")]
    private static partial Regex Option { get; }

    [GeneratedRegex("\\b[a-z]+[A-Z][A-Za-z]+\\b|INVALID|Exception|请求内容有误|The request is not valid")]
    private static partial Regex Technical { get; }

    [GeneratedRegex("<[^>]+>|<script.*?</script>", RegexOptions.Singleline)]
    private static partial Regex Tags { get; }

    [GeneratedRegex("""InvalidCommand\(\s*"(?<field>[A-Za-z]+)",\s*(?<built>\$?)"(?<rule>[^"]+)",""")]
    private static partial Regex Faults { get; }

    [GeneratedRegex("""Guards\.Id\("(?<field>[A-Za-z]+)",""")]
    private static partial Regex Ids { get; }

    [Theory]
    [InlineData("paid")]
    [InlineData("two")]
    [InlineData("loan")]
    public async Task Garbage_in_any_form_of_a_borrower_is_answered_in_the_words_of_the_page(string story)
    {
        var visitor = await host.BorrowerAsync(story);
        var (posted, refused) = (0, 0);
        foreach (var (page, form) in await FormsAsync(visitor))
        {
            var fields = FieldsOf(form);
            foreach (var (field, value) in Cases(form))
            {
                var sent = new Dictionary<string, string>(fields) { [field] = value };
                var answer = await visitor.PostAsync(
                    new Uri(form.Groups["action"].Value, UriKind.Relative), new FormUrlEncodedContent(sent),
                    TestContext.Current.CancellationToken);
                var text = WebUtility.HtmlDecode(Tags.Replace(
                    await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), " "));
                var told = $"{page} {form.Groups["action"].Value} {field}={value[..Math.Min(20, value.Length)]}: {answer.StatusCode}";
                Assert.True((int)answer.StatusCode < 500, told);
                Assert.False(Technical.IsMatch(text), $"{told} {Technical.Match(text).Value}");
                posted++;
                refused += answer.StatusCode == HttpStatusCode.UnprocessableEntity ? 1 : 0;
            }
        }

        Assert.True(posted > 60 && refused > 30, $"{posted} posts, {refused} refused");
    }

    [Theory]
    [InlineData("1000002-01")] // somebody else's
    [InlineData("1000001-99")] // nobody's
    [InlineData("zzz")]
    [InlineData("")]
    public async Task A_form_of_an_account_that_the_person_does_not_have_is_not_done_on_another(string account)
    {
        var visitor = await host.BorrowerAsync("cured");
        var answer = await Host.PostAsync(
            visitor, "/app/settings", "/app/settings/cap", new() { ["cap"] = "77", ["account"] = account });
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.DoesNotContain("77.00", await Host.ReadAsync(visitor, "/app/settings?lang=en"));
    }

    [Theory]
    [InlineData("zh", "“上限（元）”：当前没有可取消的上限。需要时请填写上限金额。")]
    [InlineData("en", "“Cap (yuan)”: there is no cap to take away. Write an amount if you want a cap.")]
    public async Task What_the_books_refuse_is_told_with_label_rule_and_fix(string language, string says)
    {
        var visitor = await host.BorrowerAsync("frozen");
        await Host.ReadAsync(visitor, "/app/settings?lang=" + language);
        var answer = await Host.PostAsync(visitor, "/app/settings", "/app/settings/cap-off", []);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(
            says, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task A_stale_choice_in_the_cookie_shows_the_first_account()
    {
        var visitor = await host.BorrowerAsync("cured");
        visitor.DefaultRequestHeaders.Add("Cookie", "mz-account=1000002-01");
        Assert.Contains("id=\"available\"", await Host.ReadAsync(visitor, "/app"));
    }

    [Theory]
    [InlineData("/app/certificates", "/app/certificates", "language", "zzz", "Language")]
    [InlineData("/app/certificates", "/app/certificates", "name", "zzz", "Name")]
    [InlineData("/app/certificates", "/app/certificates", "kind", "zzz", "Kind")]
    [InlineData("/app/progress", "/app/progress/rules", "itself", "zzz", "Close it when nothing is owed any more")]
    public async Task A_value_that_a_page_does_not_offer_is_refused(string page, string action, string field, string value, string label)
    {
        var visitor = await host.BorrowerAsync("paid");
        await Host.ReadAsync(visitor, page + "?lang=en");
        var answer = await Host.PostAsync(visitor, page, action, new()
        {
            ["kind"] = "statement", ["from"] = "2026-03-02", ["to"] = "2026-07-05", ["language"] = "zh", ["name"] = "full", ["book"] = "3",
            [field] = value,
        });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(
            $"“{label}”: choose one of the values",
            WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void A_broken_rule_has_words_for_people()
    {
        var fault = new InvalidCommand("totalMinor", "more than the present limit", "ask for more, or lower it in the settings");
        Assert.Equal(
            "“希望的总额度（元）”：须高于当前额度。请填写更高的额度；要降低额度请到设置页。", RefusalText.Of(fault, chinese: true));
        Assert.Equal(
            "“Total limit you would like (yuan)”: more than the present limit. Ask for more; to lower it go to the settings.",
            RefusalText.Of(fault, chinese: false));
        var away = new PermissionAway(Permission.Borrow, RestrictionReason.Overdue, null, null);
        Assert.Equal("当前不能使用：逾期", RefusalText.Of(away, chinese: true));
        Assert.Equal("Use is not possible now: overdue", RefusalText.Of(away, chinese: false));
        foreach (var reason in Enum.GetValues<RestrictionReason>())
        {
            Assert.Equal(Words("zh-Hans", reason), RestrictionWords.Of(reason, chinese: true));
            Assert.Equal(Words("en", reason), RestrictionWords.Of(reason, chinese: false), ignoreCase: true);
        }

        var version = new VersionChangeRefused("it moves to a later one only", null) { RuleZh = "只能变更至更新的版本" };
        Assert.EndsWith("：只能变更至更新的版本", RefusalText.Of(version, chinese: true), StringComparison.Ordinal);
        Assert.EndsWith("it moves to a later one only", RefusalText.Of(version, chinese: false), StringComparison.Ordinal);
        var unknown = RefusalText.Of(new InvalidCommand("someField", "some rule", "some fix"), chinese: true);
        Assert.DoesNotContain("some", unknown, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_rule_that_the_house_names_has_words()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Host.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Select(File.ReadAllText).ToList();
        var faults = sources.SelectMany(text => Faults.Matches(text)).ToList();
        Assert.True(faults.Count >= 30, $"{faults.Count} found");
        Assert.All(faults, one => Assert.True(
            FaultWords.Knows(one.Groups["field"].Value, one.Groups["built"].Length > 0 ? "" : one.Groups["rule"].Value), one.Value));
        Assert.All(sources.SelectMany(text => Ids.Matches(text)), one => Assert.True(
            FaultWords.Knows(one.Groups["field"].Value, "1 to 64 visible ASCII characters"), one.Value));
        Assert.All(["owed", "monthly", "monthlyIncome"], one => Assert.True(
            FaultWords.Knows(one, "an amount that is not below zero"), one));
    }

    [Theory]
    [InlineData("totalMinor", "raise.total")]
    [InlineData("capMinor", "cap.amount")]
    [InlineData("owed", "room.owed")]
    [InlineData("monthly", "room.monthly")]
    [InlineData("monthlyIncome", "room.income")]
    [InlineData("institutions", "room.institutions")]
    public void A_field_is_called_what_its_form_calls_it(string field, string key)
    {
        var label = FaultWords.Label(new InvalidCommand(field, "", ""));
        Assert.Equal((Text("zh-Hans", key), Text("en", key)), (label.Zh, label.En));
    }

    private static string Text(string language, string key) =>
        (string)JsonNode.Parse(File.ReadAllText(Path.Combine(Host.Root, "src/Mingzhang.Web/Texts", language + ".json")))![key]!;

    private static async Task<List<(string Page, Match Form)>> FormsAsync(HttpClient visitor)
    {
        var (open, seen, actions) = (new Queue<string>(["/app"]), new HashSet<string>(["/app"]), new HashSet<string>());
        var found = new List<(string, Match)>();
        for (var read = 0; read < Pages && open.TryDequeue(out var page); read++)
        {
            var answer = await visitor.GetAsync(new Uri(page, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.True((int)answer.StatusCode < 500, $"{page}: {answer.StatusCode}");
            if (answer.StatusCode != HttpStatusCode.OK || answer.Content.Headers.ContentType?.MediaType != "text/html")
            {
                continue;
            }

            var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            found.AddRange(Forms.Matches(html)
                .Where(form => !Untouched.Any(no => form.Groups["action"].Value.StartsWith(no, StringComparison.Ordinal))
                    && !form.Groups["head"].Value.Contains("multipart", StringComparison.Ordinal)
                    && actions.Add(form.Groups["action"].Value))
                .Select(form => (page, form)));
            foreach (Match link in Links.Matches(html))
            {
                var to = WebUtility.HtmlDecode(link.Groups["to"].Value);
                if (!to.Contains("lang=", StringComparison.Ordinal) && seen.Add(to.Split('?')[0]))
                {
                    open.Enqueue(to);
                }
            }
        }

        return found;
    }

    private static Dictionary<string, string> FieldsOf(Match form)
    {
        var fields = new Dictionary<string, string>();
        var body = form.Groups["body"].Value;
        foreach (Match input in Inputs.Matches(body))
        {
            var option = input.Value.StartsWith("<select", StringComparison.Ordinal) ? Option.Match(body, input.Index) : Match.Empty;
            var value = option.Success ? option : Value.Match(input.Value);
            fields[input.Groups["name"].Value] = input.Groups["name"].Value == "pin" ? DemoCustomer.Pin
                : value.Success ? WebUtility.HtmlDecode(value.Groups["value"].Value) : "100";
        }

        return fields;
    }

    private static IEnumerable<(string Field, string Value)> Cases(Match form) => Inputs.Matches(form.Groups["body"].Value)
        .Select(input => input.Groups["name"].Value).Distinct().Where(name => name is not ("_form" or "key" or "account" or "pin"))
        .SelectMany(_ => Garbage, (name, value) => (name, value));

    private static string Words(string language, RestrictionReason reason)
    {
        var texts = JsonNode.Parse(File.ReadAllText(Path.Combine(Host.Root, "src", "Mingzhang.Web", "Texts", language + ".json")))!;
        return (string)texts["restriction." + reason]!;
    }
}
