using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Mingzhang.Channel;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Closing;
using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.People;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Opening;
using Mingzhang.Services.People;
using Mingzhang.Services.Reading;

namespace Mingzhang.Web.Tests.People;

/// <summary>Opening a line by oneself: what is missing is refused before anybody is asked about credit.</summary>
public sealed class LineDeskTests : IDisposable
{
    private const string Secret = "0123456789012345678901234567890123456789";
    private static readonly CustomerId Someone = new(2_100_000_001);

    private static readonly LineChoice Choice = new("pay-later", ["privacy", "bureau-query-report", "credit-agreement"], 10);

    private readonly string _folder = Directory.CreateTempSubdirectory("mz-line-").FullName;
    private readonly PeopleHouse _house;
    private readonly CardShelf _cards;
    private readonly ConsentLedger _consents;

    public LineDeskTests()
    {
        _house = new PeopleHouse(_folder);
        _cards = new CardShelf(_house.House, _house.People, TimeProvider.System);
        _consents = new ConsentLedger(_house.House, _house.People, TimeProvider.System);
    }

    [Fact]
    public async Task Each_thing_that_is_missing_has_its_own_no_and_nothing_is_written()
    {
        Assert.IsType<PersonUnknown>(await NoAsync(new NoAssessor(), Choice));
        await _house.People.AddAsync(new Person(Someone.Value, "欧阳试", "17812340001"));
        Assert.IsType<BankCardMissing>(await NoAsync(new NoAssessor(), Choice));
        await _cards.AddAsync(Someone, "tok-1", "3215", "ICBC", "credit");
        Assert.Equal(
            new ConsentMissing("credit-agreement"),
            await NoAsync(new NoAssessor(), Choice with { Consents = ["privacy", "bureau-query-report"] }));
        Assert.IsType<AssessmentNotMade>(await NoAsync(new NoAssessor(), Choice));
        Assert.Equal(new AssessmentDeclined("overdue"), await NoAsync(new Says(false, "overdue"), Choice));
        Assert.IsType<Domain.Accounts.InvalidCommand>(await NoAsync(new SampleAssessor(), Choice with { Product = "none" }));
        Assert.Empty(_consents.Of(Someone));
        Assert.False(await Desk(new NoAssessor()).HasAnyAsync(Someone));
    }

    [Fact]
    public async Task A_form_sent_twice_opens_once_and_consents_stand_once_in_the_ledger()
    {
        await _house.People.AddAsync(new Person(Someone.Value, "欧阳试", "17812340001"));
        await _cards.AddAsync(Someone, "tok-1", "3215", "ICBC", "credit");
        var desk = Desk(new SampleAssessor());
        for (var i = 0; i < 2; i++)
        {
            var (account, refusal) = await desk.OpenAsync(
                Someone, Choice, "web:12345678", "customer", TestContext.Current.CancellationToken);
            Assert.Null(refusal);
            Assert.Equal(Someone, account!.Value.Customer);
        }

        Assert.Equal(3, _consents.Of(Someone).Count);
        Assert.DoesNotContain(await desk.OfferedAsync(Someone), terms => terms.Code == "pay-later");
    }

    [Fact]
    public void The_sample_models_start_follows_from_months_paid_and_from_use()
    {
        Behaviour Used(int due, int late, long usualMinor) => new(
            due, late, [.. new[] { 0, usualMinor, usualMinor, usualMinor }.Select(minor => Money.Of(minor, Currency.Cny))]);

        Assert.Equal(300_000, SampleAssessor.StartFor([]));
        Assert.Equal(800_000, SampleAssessor.StartFor([Used(10, 0, 100_000)]));
        Assert.Equal(200_000, SampleAssessor.StartFor([Used(10, 2, 100_000)]));
        Assert.Equal(300_000 + (12 * 30_000) + 600_000, SampleAssessor.StartFor([Used(12, 0, 900_000), Used(5, 0, 0)]));
    }

    [Fact]
    public async Task The_lenders_assessor_is_asked_with_a_signature_and_what_is_no_answer_is_no_decision()
    {
        var answer = (Status: 200, Text: """{"approved":true,"limitMinor":250000,"model":"score-9"}""");
        string? signed = null;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var bank = builder.Build();
        bank.MapPost("/assess", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, TestContext.Current.CancellationToken);
            signed = ChannelSignature.Fits(
                request.Headers[ChannelSignature.Header], Secret, TimeProvider.System.GetUtcNow(), "POST", "/assess", body.ToArray())
                ? System.Text.Encoding.UTF8.GetString(body.ToArray()) : null;
            return Results.Text(answer.Text, "application/json", statusCode: answer.Status);
        });
        await bank.StartAsync(TestContext.Current.CancellationToken);
        using var assessor = new HttpAssessor(
            new Uri(bank.Urls.Single() + "/assess"), Secret, TimeSpan.FromSeconds(5), TimeProvider.System);
        var ask = new AssessmentAsk(
            "as-1", new Person(7, "Lin", "19900000001"), _house.House.Terms.All.First(terms => terms.Code == "pay-later"), new(0, 0));
        Assert.Equal(
            new Assessment("as-1", true, Money.Of(250_000, ask.Terms.Currency), "score-9", null),
            await assessor.AssessAsync(ask, TestContext.Current.CancellationToken));
        Assert.Contains("\"product\":\"pay-later\"", signed, StringComparison.Ordinal);
        foreach (var bad in ((int, string)[])
            [(500, answer.Text), (200, "{"), (200, "null"), (200, """{"approved":true,"limitMinor":-1,"model":"m"}"""), (200, "{}")])
        {
            answer = bad;
            Assert.Null(await assessor.AssessAsync(ask, TestContext.Current.CancellationToken));
        }

        await bank.StopAsync(TestContext.Current.CancellationToken);
        Assert.Null(await assessor.AssessAsync(ask, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_closed_line_is_assessed_anew_declined_with_its_reason_and_never_opens_by_itself()
    {
        var account = await ClosedAsync(forced: false);
        Assert.IsType<ConsentMissing>((await AgainAsync(new Says(true, ""), account, ["privacy"])).Refusal);
        Assert.IsType<AssessmentNotMade>((await AgainAsync(new NoAssessor(), account)).Refusal);
        var declined = await AgainAsync(new Says(false, "overdue"), account, key: "web:no-00001");
        Assert.Equal(new AssessmentDeclined("overdue"), declined.Refusal);
        Assert.IsType<Closed>((await _house.House.ReadAsync(account))!.Lifecycle);
        // The answer to a form sent again is the first one, whoever would assess now.
        Assert.Equal(declined.Refusal, (await AgainAsync(new Says(true, ""), account, key: "web:no-00001")).Refusal);
        var (granted, refusal) = await AgainAsync(new Says(true, ""), account);
        Assert.Null(refusal);
        var open = (await _house.House.ReadAsync(account))!;
        Assert.IsType<Active>(open.Lifecycle);
        Assert.Equal(granted!.Limit, open.TotalLimit);
        Assert.NotEqual(SampleAssessor.StartMinor, open.TotalLimit.MinorUnits); // that was the limit before
        var told = Desk(new NoAssessor()).Applications(account);
        Assert.Equal([null, granted], told.Select(one => one.Granted));
        Assert.IsType<AccountAlreadyOpen>((await AgainAsync(new Says(true, ""), account)).Refusal);
    }

    [Fact]
    public async Task Who_was_closed_by_the_house_is_refused_before_anybody_is_asked()
    {
        var account = await ClosedAsync(forced: true);
        Assert.IsType<ReopeningNotAllowed>((await AgainAsync(new Asked(), account)).Refusal);
        Assert.Empty(Desk(new NoAssessor()).Applications(account));
    }

    [Fact]
    public async Task Closing_a_line_changes_nothing_of_what_the_next_assessment_is_asked()
    {
        var first = new Asked();
        var account = await ClosedAsync(forced: false, before: async desk => await desk(first));
        var after = new Asked();
        await Desk(after).OpenAsync(
            Someone, new LineChoice("reserve", [.. TermsOf("reserve").RequiredConsents], null), "web:other-001", "customer",
            TestContext.Current.CancellationToken);
        var (one, other) = (first.Seen!.Others, after.Seen!.Others);
        Assert.Equal((one.Overdue, one.OpenedWithinMonth), (other.Overdue, other.OpenedWithinMonth));
        Assert.Equal(one.Behaviour, other.Behaviour);
        Assert.IsType<Closed>((await _house.House.ReadAsync(account))!.Lifecycle);
    }

    public void Dispose()
    {
        _house.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private LineDesk Desk(IAssessor assessor) => new(
        _house.House, new AccountReader(_house.House), _house.People, _cards, _consents, assessor);

    private async Task<Domain.Accounts.Refusal?> NoAsync(IAssessor assessor, LineChoice choice)
    {
        var key = "web:" + Guid.CreateVersion7().ToString("N");
        return (await Desk(assessor).OpenAsync(Someone, choice, key, "customer", TestContext.Current.CancellationToken)).Refusal;
    }

    private Domain.Products.ProductTerms TermsOf(string product) => _house.House.Terms.InForce(product, _house.House.BusinessDate)!;

    private async Task<(Assessment? Granted, Domain.Accounts.Refusal? Refusal)> AgainAsync(
        IAssessor assessor, AccountId account, string[]? consents = null, string? key = null) => await Desk(assessor).ReopenAsync(
        (await new AccountReader(_house.House).FindAsync(account))!, consents ?? [.. TermsOf("pay-later").RequiredConsents], "app",
        key ?? "web:" + Guid.CreateVersion7().ToString("N"), "customer", TestContext.Current.CancellationToken);

    /// <summary>A line that was opened by the sample model and closed.</summary>
    private async Task<AccountId> ClosedAsync(bool forced, Func<Func<IAssessor, Task>, Task>? before = null)
    {
        await _house.People.AddAsync(new Person(Someone.Value, "欧阳试", "17812340001"));
        await _cards.AddAsync(Someone, "tok-1", "3215", "ICBC", "credit");
        var (opened, _) = await Desk(new SampleAssessor()).OpenAsync(
            Someone, Choice, "web:12345678", "customer", TestContext.Current.CancellationToken);
        var account = opened!.Value;
        await (before?.Invoke(asked => Desk(asked).OpenAsync(
            Someone, new LineChoice("reserve", [.. TermsOf("reserve").RequiredConsents], null), "web:before-01", "customer",
            TestContext.Current.CancellationToken)) ?? Task.CompletedTask);
        var day = _house.House.BusinessDateOf(account);
        Domain.Accounts.AccountCommand[] steps = forced
            ? [new ForceClosing("test", "notice-1") { EffectiveOn = day }]
            : [new RequestClosing(ClosingMode.Now, TermsOf("pay-later").Closing.NoticeVersion, "test") { EffectiveOn = day },
                new ConfirmClosing(true, false) { EffectiveOn = day }];
        foreach (var step in steps)
        {
            var envelope = new Engine.CommandEnvelope(account, "test:" + step.GetType().Name, step, "test");
            Assert.Null((await _house.House.SubmitAsync(envelope, TestContext.Current.CancellationToken)).Refusal);
        }

        return account;
    }

    /// <summary>Keeps what it was asked and never decides.</summary>
    private sealed class Asked : IAssessor
    {
        public AssessmentAsk? Seen { get; private set; }

        public Task<Assessment?> AssessAsync(AssessmentAsk ask, CancellationToken cancel)
        {
            Seen = ask;
            return Task.FromResult<Assessment?>(null);
        }
    }

    private sealed class Says(bool approved, string failed) : IAssessor
    {
        public Task<Assessment?> AssessAsync(AssessmentAsk ask, CancellationToken cancel) =>
            Task.FromResult<Assessment?>(new Assessment(ask.Id, approved, ask.Terms.Limits.Smallest, "test-1", failed));
    }
}
