using System.Net;
using Mingzhang.Services.Sandbox;

namespace Mingzhang.Web.Tests;

public sealed class PageTests(Host host)
{
    private static readonly string[] Pages =
    [
        "/app", "/app/bills", "/app/activity", "/app/limit", "/app/use", "/app/use?amount=99999&scene=dining", "/app/pay",
        "/app/pay?amount=0.01",
        "/app/pay?amount=x&fen=-1&on=never", "/app/loans", "/app/close", "/app/close/impact?mode=now", "/app/messages", "/app/settings",
        "/app/settings/notifications", "/app/messages?show=unread&group=bill&page=2", "/app/payments", "/app/pay/ask", "/app/pay/for/none",
        "/app/bureau", "/app/spend", "/app/spend/calendar", "/app/spend/budgets", "/app/spend/recurring", "/app/progress",
        "/app/progress/score", "/app/certificates", "/app/privacy", "/app/privacy/held", "/app/cards", "/app/consents", "/app/security",
    ];

    public static TheoryData<string> Stories => [.. DemoCustomer.All.Select(one => one.Story)];

    [Theory]
    [MemberData(nameof(Stories))]
    public async Task Every_page_of_every_demo_customer_opens_in_both_languages(string story)
    {
        var visitor = await host.BorrowerAsync(story);
        foreach (var page in Lends(story) ? [.. Pages, "/app/borrow", "/app/borrow?amount=x&choice=equal:99&purpose=none"] : Pages)
        {
            foreach (var language in (string[])["zh", "en"])
            {
                var answer = await visitor.GetAsync(page + (page.Contains('?') ? "&" : "?") + "lang=" + language);
                var elsewhere = Lends(story) && page.Split('?')[0] == "/app/pay";
                var wanted = elsewhere ? HttpStatusCode.Redirect : HttpStatusCode.OK;
                Assert.True(answer.StatusCode == wanted, $"{story} {page} {language}: {answer.StatusCode}");
            }
        }
    }

    [Fact]
    public async Task A_bill_that_does_not_exist_and_a_word_that_is_no_day_answer_the_same()
    {
        var visitor = await host.BorrowerAsync("new");
        var missing = await visitor.GetAsync("/app/bills/2026-07-01");
        var malformed = await visitor.GetAsync("/app/bills/yesterday");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Equal(await missing.Content.ReadAsStringAsync(), await malformed.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_corrected_bill_shows_both_versions()
    {
        var visitor = await host.BorrowerAsync("corrected");
        var page = await visitor.GetStringAsync("/app/bills/2026-07-01?lang=en");
        Assert.Contains("<s>1,638.04</s>", page);
        Assert.Contains("119.00", page);
        Assert.Contains("version 2", page);
    }

    [Fact]
    public async Task The_account_as_known_before_the_correction_still_owes_the_charge()
    {
        var staff = await host.StaffAsync();
        Assert.Contains("1,638.04", await staff.GetStringAsync("/console/accounts/1000006-01?on=2026-07-02&known=2026-07-02"));
        foreach (var wrong in (string[])["on=2099-01-01", "known=2099-01-01", "on=foo"])
        {
            var refused = await staff.GetAsync($"/console/accounts/1000006-01?{wrong}&lang=en", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains("dates up to the business date", await refused.Content.ReadAsStringAsync());
        }

    }

    [Fact]
    public async Task Five_wrong_pins_lock_the_right_one_out_and_nothing_is_paid()
    {
        var visitor = await host.BorrowerAsync("overdue");
        for (var attempt = 0; attempt < 5; attempt++)
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PayAsync(visitor, "000000")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PayAsync(visitor, DemoCustomer.Pin)).StatusCode);
        Assert.DoesNotContain("+1.00", await Host.ReadAsync(visitor, "/app/activity"));
    }

    [Fact]
    public async Task The_same_form_sent_twice_pays_once()
    {
        var visitor = await host.BorrowerAsync("revolver");
        var fields = new Dictionary<string, string> { ["amount"] = "7.77", ["pin"] = DemoCustomer.Pin };
        Assert.Equal(HttpStatusCode.Redirect, (await Host.PostAsync(visitor, "/app/pay", "/app/pay", fields)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.PostAsync("/app/pay", new FormUrlEncodedContent(fields))).StatusCode);
        var activity = await Host.ReadAsync(visitor, "/app/activity");
        Assert.Equal(2, activity.Split("+7.77").Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-5")]
    [InlineData("abc")]
    [InlineData("1.234")]
    [InlineData("99999999999999999999")]
    [InlineData("9999999")]
    public async Task An_impossible_amount_is_refused_with_words_and_books_nothing(string amount)
    {
        var visitor = await host.BorrowerAsync("corrected");
        var answer = await Host.PostAsync(visitor, "/app/pay", "/app/pay", new() { ["amount"] = amount, ["pin"] = DemoCustomer.Pin });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("role=\"alert\"", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_trial_balance_is_zero()
    {
        var staff = await host.StaffAsync();
        Assert.Contains("t-ok\" id=\"balance\"", await staff.GetStringAsync("/console/ledger"));
    }

    private static bool Lends(string story) => story is "loan" or "loan-overdue" or "reserve" or "joint";

    private static Task<HttpResponseMessage> PayAsync(HttpClient visitor, string pin) =>
        Host.PostAsync(visitor, "/app/pay", "/app/pay", new() { ["amount"] = "1.00", ["pin"] = pin });
}
