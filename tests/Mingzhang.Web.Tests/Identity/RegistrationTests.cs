using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.People;
using Mingzhang.Web.Identity;

namespace Mingzhang.Web.Tests.Identity;

/// <summary>From a phone number to an open line, with everything that can be wrong on the way.</summary>
public sealed partial class RegistrationTests(Host host)
{
    private const string Password = "a sentence of my own";
    private const string Pin = "385016";
    private static int _last = 1000;

    [GeneratedRegex("[0-9]{8}")]
    private static partial Regex Digits { get; }

    [Fact]
    public async Task Somebody_new_registers_sets_a_pin_binds_a_card_and_opens_a_line_with_consents_and_an_assessment()
    {
        var (visitor, customer) = await JoinAsync();
        Assert.Equal("/app/open", (await visitor.GetAsync("/app")).Headers.Location?.ToString());
        var early = await Host.PostAsync(visitor, "/app/open", "/app/open/card", new() { ["number"] = "6212600000000009" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, early.StatusCode);
        Assert.Equal(422, (int)(await PinAsync(visitor, "123456", "123456")).StatusCode);
        Assert.Equal(422, (int)(await PinAsync(visitor, Pin, "385017")).StatusCode);
        Assert.Equal("/app/open?done=pin-changed", (await PinAsync(visitor, Pin, Pin)).Headers.Location?.ToString());
        Assert.Equal(422, (int)(await PinAsync(visitor, "385026", "385026")).StatusCode);
        Assert.Equal(422, (int)(await OpenAsync(visitor, Consents)).StatusCode); // no card
        Assert.Equal(422, (int)(await CardAsync(visitor, "6212600000000001")).StatusCode);
        Assert.Equal("/app/open?done=card-added", (await CardAsync(visitor, "5309850000003215")).Headers.Location?.ToString());
        Assert.Equal(422, (int)(await OpenAsync(visitor, ["privacy"])).StatusCode);
        Assert.Equal(422, (int)(await OpenAsync(visitor, Consents, "000000")).StatusCode);
        Assert.Equal("/app?done=line-opened", (await OpenAsync(visitor, Consents)).Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/app")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync("/app/open/pay-later")).StatusCode);
        var house = host.Services.GetRequiredService<CreditHouse>();
        var state = (await house.ReadAsync(AccountId.Of(customer, house.Terms.All.First(one => one.Code == "pay-later").Slot)))!;
        Assert.Equal(("sample-2", 300_000L, "3215"), (state.Assessment!.Model, state.TotalLimit.MinorUnits, state.Card!.LastFour));
        var lines = host.Services.GetRequiredService<ConsentLedger>().Of(customer);
        Assert.Equal(["privacy", "bureau-query-report", "credit-agreement"], lines.Select(line => line.Code));
        Assert.All(lines, line => Assert.Equal(("app", true), (line.Channel, line.Given)));
    }

    [Theory]
    [InlineData("id", "11010519491231002", "18 characters")]
    [InlineData("id", "110105194912310021", "does not check")]
    [InlineData("id", "990105194912310021", "no province")]
    [InlineData("id", "11010519490231002X", "no day of birth")]
    [InlineData("id", "110105209912310021", "in the future")]
    [InlineData("id", "1101051949123100X1", "Digits only")]
    [InlineData("id", "110105491231002", "15 digits")]
    [InlineData("name", "X", "as on the identity card")]
    [InlineData("name", "<b>Lin</b>", "as on the identity card")]
    [InlineData("new", "short", "fewer than 10")]
    [InlineData("consent", "", "Without this consent")]
    public async Task What_is_wrong_is_said_beside_its_field_and_the_code_stays_good(string field, string value, string said)
    {
        var phone = NewPhone();
        var visitor = host.Visitor();
        var code = await AskAsync(visitor, phone);
        var form = Form(code);
        form[field] = value;
        if (field == "new")
        {
            form["again"] = value;
        }

        var answer = await Host.PostAsync(visitor, "/register/person?lang=en", "/register/person", form);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(said, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        answer = await Host.PostAsync(visitor, "/register/person", "/register/person", Form(code));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    [Fact]
    public async Task Who_is_not_yet_eighteen_is_told_so()
    {
        var visitor = host.Visitor();
        var code = await AskAsync(visitor, NewPhone());
        var young = IdOf(DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddYears(-18).AddDays(2), 7);
        var answer = await Host.PostAsync(
            visitor, "/register/person?lang=en", "/register/person", new(Form(code)) { ["id"] = young });
        Assert.Contains("18 years", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_with_a_log_in_gets_no_code_and_an_identity_number_is_taken_once()
    {
        var one = await Somebody.NewAsync(host);
        var visitor = host.Visitor();
        Assert.Equal("", await AskAsync(visitor, one.Phone));
        Assert.Equal(422, (int)(await Host.PostAsync(visitor, "/register/person", "/register/person", Form("12345678"))).StatusCode);

        var again = Form("");
        var first = host.Visitor();
        again["code"] = await AskAsync(first, NewPhone());
        Assert.Equal(HttpStatusCode.Redirect, (await Host.PostAsync(first, "/register/person", "/register/person", new(again))).StatusCode);
        var second = host.Visitor();
        again["code"] = await AskAsync(second, NewPhone());
        var refused = await Host.PostAsync(second, "/register/person?lang=en", "/register/person", new(again));
        Assert.Equal(422, (int)refused.StatusCode);
        Assert.Contains("cannot register you online", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static string[] Consents => ["privacy", "bureau-query-report", "credit-agreement"];

    internal async Task<(HttpClient Visitor, CustomerId Customer)> JoinAsync()
    {
        var phone = NewPhone();
        var visitor = host.Visitor();
        var answer = await Host.PostAsync(visitor, "/register", "/register", new() { ["phone"] = phone });
        var code = Digits.Match((await Host.ReadAsync(visitor, "/register/person")).Split("sandbox-letter")[1]).Value;
        answer = await Host.PostAsync(visitor, "/register/person", "/register/person", Form(code));
        Assert.Equal("/app", answer.Headers.Location?.ToString());
        return (visitor, new CustomerId(host.Services.GetRequiredService<Logins>().Find(Realms.App, phone)!.CustomerId));
    }

    private static async Task<string> AskAsync(HttpClient visitor, string phone)
    {
        var answer = await Host.PostAsync(visitor, "/register", "/register", new() { ["phone"] = phone });
        Assert.Equal("/register/person", answer.Headers.Location?.ToString());
        return Digits.Match((await Host.ReadAsync(visitor, "/register/person")).Split("sandbox-letter")[1].Split("</div>")[0]).Value;
    }

    private static Dictionary<string, string> Form(string code) => new()
    {
        ["code"] = code, ["name"] = "欧阳 试", ["id"] = IdOf(new DateOnly(1991, 4, 5), Interlocked.Increment(ref _last) % 1000),
        ["new"] = Password, ["again"] = Password, ["consent"] = "privacy",
    };

    private static string NewPhone() =>
        string.Create(CultureInfo.InvariantCulture, $"1780000{Interlocked.Increment(ref _last):0000}");

    private static string IdOf(DateOnly birth, int order)
    {
        var digits = string.Create(CultureInfo.InvariantCulture, $"110105{birth:yyyyMMdd}{order:000}");
        return digits + IdNumber.CheckDigit(digits);
    }

    private static Task<HttpResponseMessage> PinAsync(HttpClient visitor, string pin, string again) =>
        Host.PostAsync(visitor, "/app/open", "/app/open/pin", new() { ["new"] = pin, ["again"] = again });

    private static Task<HttpResponseMessage> CardAsync(HttpClient visitor, string number) =>
        Host.PostAsync(visitor, "/app/open", "/app/open/card", new() { ["number"] = number, ["pin"] = Pin });

    private static async Task<HttpResponseMessage> OpenAsync(HttpClient visitor, string[] consents, string pin = Pin)
    {
        var html = await visitor.GetStringAsync(new Uri("/app/open/pay-later", UriKind.Relative));
        List<KeyValuePair<string, string>> fields =
            [new("pin", pin), new("day", "10"), .. consents.Select(one => KeyValuePair.Create("consent", one))];
        foreach (var name in (string[])["_form", "key"])
        {
            fields.Add(new(name, html.Split($"name=\"{name}\" value=\"")[1].Split('"')[0]));
        }

        return await visitor.PostAsync(new Uri("/app/open/pay-later", UriKind.Relative), new FormUrlEncodedContent(fields));
    }
}
