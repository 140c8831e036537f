using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Mingzhang.Services.Help;
using Mingzhang.Services.Reading;
using Mingzhang.Services.Sandbox;

namespace Mingzhang.Web.Tests;

/// <summary>What borrowers were promised and find on their pages.</summary>
public sealed class BorrowerRowTests(OwnHost host) : IClassFixture<OwnHost>
{
    [Fact]
    public async Task Settings_lead_to_progress_management_and_list_the_products()
    {
        var visitor = await host.BorrowerAsync("two");
        var page = await Host.ReadAsync(visitor, "/app/settings?lang=zh");
        Assert.Matches("<a class=\"row\" id=\"progress\" href=\"/app/progress\"><span>进度管理", page);
        var products = page.Split("id=\"products\"")[1].Split("</section>")[0];
        var links = Regex.Matches(products, "href=\"(/app/account/[^\"]+)\"").Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(2, links.Count);
        var home = await visitor.GetAsync(links[1]);
        Assert.Equal("/app", home.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("/app", "paid")]
    [InlineData("/app", "loan")]
    public async Task The_top_of_home_searches_the_help(string page, string story)
    {
        var visitor = await host.BorrowerAsync(story);
        var header = (await Host.ReadAsync(visitor, page)).Split("</header>")[0];
        Assert.Contains("role=\"search\" method=\"get\" action=\"/app/help/articles\"", header);
        Assert.Contains("/app/help/articles/close-progress\"", await Host.ReadAsync(visitor, "/app/help/articles?q=进度管理"));
    }

    [Fact]
    public async Task Closing_with_an_unpaid_bill_is_advised_against_and_not_stopped()
    {
        var visitor = await host.BorrowerAsync("revolver");
        var page = await Host.ReadAsync(visitor, "/app/progress/close?lang=zh");
        Assert.Contains("id=\"unpaid\"", page);
        Assert.Contains("name=\"understood\"", page);
        var shown = await Host.PostAsync(visitor, "/app/progress/close", "/app/progress/close", new() { ["understood"] = "on" });
        var second = shown.Headers.Location!.ToString();
        var step = second[(second.IndexOf('=', StringComparison.Ordinal) + 1)..];
        var done = await Host.PostAsync(
            visitor, second, "/app/progress/close/confirm", new() { ["closing"] = step, ["pin"] = DemoCustomer.Pin });
        Assert.Equal("/app/progress?done=progress-closed", done.Headers.Location?.OriginalString);
        Assert.DoesNotContain("id=\"unpaid\"", await Host.ReadAsync(await host.BorrowerAsync("new"), "/app/progress/close"));
    }

    [Theory]
    [InlineData("zh", "账单提醒暂停", "消费记录隐藏", "历史记录查询受限", "功能停止", "自动还款功能失效", "不再收到还款进度提醒", "影响按时还款")]
    [InlineData(
        "en", "Bill reminders pause", "records are hidden", "history is limited", "features stop", "Automatic repayment stops",
        "no more progress reminders", "may be late")]
    public async Task The_text_of_closing_names_what_is_lost(string language, params string[] words)
    {
        var page = await Host.ReadAsync(await host.BorrowerAsync("paid"), "/app/progress/close?lang=" + language);
        var text = page.Split("<ul class=\"reasons\">")[1].Split("</ul>")[0];
        Assert.All(words, word => Assert.Contains(word, text, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task The_history_is_offered_before_closing_and_is_what_the_account_says()
    {
        var visitor = await host.BorrowerAsync("corrected");
        var page = await Host.ReadAsync(visitor, "/app/progress/close");
        var link = Regex.Match(page, "id=\"export\" href=\"([^\"]+)\"").Groups[1].Value;
        Assert.DoesNotContain("name=\"understood\"", page.Split("id=\"export\"")[0]);
        var answer = await visitor.GetAsync(link);
        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        var lines = (await answer.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.True(lines.Length > 3);
        var sheet = await visitor.GetByteArrayAsync(link.Replace(".csv", ".xlsx", StringComparison.Ordinal));
        using var book = DocumentFormat.OpenXml.Packaging.SpreadsheetDocument.Open(new MemoryStream(sheet), isEditable: false);
        var rows = book.WorkbookPart!.WorksheetParts
            .Select(part => part.Worksheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.Row>().ToList())
            .Single(part => part[0].InnerText == "daypartwhatmerchanttypeamountcurrency");
        Assert.Equal(lines.Length, rows.Count);
        Assert.DoesNotContain(rows.SelectMany(row => row.Descendants<DocumentFormat.OpenXml.Spreadsheet.CellFormula>()), _ => true);
    }

    [Fact]
    public async Task Activity_is_found_by_shop_kind_amount_and_day_and_no_address_breaks_it()
    {
        var visitor = await host.BorrowerAsync("paid");
        var all = await CountAsync(visitor, "");
        Assert.True(all > 5);
        var page = await Host.ReadAsync(visitor, "/app/activity?kind=purchases&lang=en");
        var shop = Regex.Match(page.Split("class=\"txs\"")[1], "<b>([^<]+)</b>").Groups[1].Value;
        Assert.InRange(await CountAsync(visitor, "q=" + Uri.EscapeDataString(shop)), 1, all - 1);
        var amount = Regex.Match(page.Split("class=\"txs\"")[1], "<b class=\"num\">\u2212([0-9.,]+)</b>").Groups[1].Value;
        Assert.InRange(await CountAsync(visitor, "q=" + amount.Replace(",", "", StringComparison.Ordinal)), 1, all - 1);
        var paid = await CountAsync(visitor, "kind=payments");
        Assert.InRange(paid, 1, all - 1);
        Assert.Equal(all, await CountAsync(visitor, "from=2026-06-01") + await CountAsync(visitor, "to=2026-05-31"));
        Assert.Equal(0, await CountAsync(visitor, "q=no-such-shop"));
        foreach (var odd in (string[])
            ["kind=x", "from=yesterday", "before=0", "before=9999999999999999999.1", "before=-1.0", "before=7.x", "q=%00",
                "kind=payments&kind=x"])
        {
            Assert.InRange(await CountAsync(visitor, odd), 0, all);
        }
    }

    [Fact]
    public async Task The_dearest_debt_stands_first_and_a_sum_says_what_it_saves()
    {
        var page = await Host.ReadAsync(await host.BorrowerAsync("two"), "/app/debts?amount=500&lang=en");
        var prices = Regex.Matches(page, "costs ([0-9.]+)% a year").Select(match => decimal.Parse(
            match.Groups[1].Value, CultureInfo.InvariantCulture)).ToList();
        Assert.NotEmpty(prices);
        Assert.Equal(prices.OrderDescending(), prices);
        Assert.Contains("id=\"saved\"", page);
        Assert.Contains("Nothing is owed", await Host.ReadAsync(await host.BorrowerAsync("frozen"), "/app/debts?lang=en"));
        foreach (var odd in (string[])["x", "-5", "0", "99999999999999999999"])
        {
            Assert.Contains("1000.00", await Host.ReadAsync(await host.BorrowerAsync("overdue"), "/app/debts?amount=" + odd));
        }
    }

    [Fact]
    public async Task A_schedule_tells_principal_interest_fee_and_rest_apart_and_the_penalty_beside_it()
    {
        var visitor = await host.BorrowerAsync("loan-overdue");
        var list = await Host.ReadAsync(visitor, "/app/loans");
        var loan = Regex.Match(list, "href=\"(/app/loans/[^\"/]+)\"").Groups[1].Value;
        var page = await Host.ReadAsync(visitor, loan + "?lang=en");
        Assert.Matches("principal [0-9.,]+ · interest [0-9.,]+ · fee 0\\.00 · left after it [0-9.,]+", page);
        Assert.Contains("left after it 0.00", page);
        Assert.Contains("id=\"penalty\"", page);
    }

    [Fact]
    public async Task Numbers_of_the_house_and_outside_advice_are_shown_and_marked_a_sample()
    {
        var visitor = await host.BorrowerAsync("frozen");
        foreach (var page in (string[])["/app/use?lang=en", "/app/help/tickets?lang=en", "/app/close/theft?lang=en"])
        {
            var html = await Host.ReadAsync(visitor, page);
            Assert.Contains("400-000-0000", html);
            Assert.Contains("Only these numbers are ours", html);
            Assert.Contains("Sample", html);
        }

        var advice = await Host.ReadAsync(visitor, "/app/help/advice?lang=en");
        Assert.Contains("Charity", advice);
        Assert.Contains("Professional", advice);
        Assert.Contains("id=\"sample\"", advice);
        Assert.Contains("/app/help/advice", await Host.ReadAsync(visitor, "/app/close/impact?mode=run-off&reason=hardship"));
    }

    [Fact]
    public void A_sample_is_shown_in_sandboxes_only_and_a_broken_file_is_named()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "products");
        Assert.NotEmpty(Contacts.Read(folder, isSandbox: true).House);
        Assert.Empty(Contacts.Read(folder, isSandbox: false).House);
        Assert.Empty(Contacts.Read(Path.GetTempPath(), isSandbox: true).Advice);
        const string Bad = """
            {"sample":false,"house":[],
             "advice":[{"kind":"friend","zh":"a","en":"A","reach":"javascript:1","free":true,"whatZh":"a","whatEn":"a"}]}
            """;
        var fault = Assert.Throws<ProductsException>(() => Contacts.Parse(Bad));
        Assert.Contains("reach is a telephone number", fault.Message);
        Assert.Contains("kind is one of", fault.Message);
        Assert.Throws<ProductsException>(() => Contacts.Parse("""{"sample":true}"""));
    }

    /// <summary>How many lines are found, over all pages.</summary>
    private static async Task<int> CountAsync(HttpClient visitor, string query)
    {
        var count = 0;
        for (var address = "/app/activity?" + query; address is not null;)
        {
            var page = await Host.ReadAsync(visitor, address);
            var found = page.Split("<ul class=\"txs\">")[1].Split("</ul>")[0].Split("<li>").Length - 1;
            Assert.Contains($"id=\"count\">", page, StringComparison.Ordinal);
            count += found;
            address = Regex.Match(page, "id=\"older\" href=\"([^\"]+)\"") is { Success: true } match
                ? WebUtility.HtmlDecode(match.Groups[1].Value) : null;
        }

        return count;
    }
}
