using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Mingzhang.Channel;
using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.People;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Opening;
using Mingzhang.Services.People;

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

    public void Dispose()
    {
        _house.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private LineDesk Desk(IAssessor assessor) => new(_house.House, _house.People, _cards, _consents, assessor);

    private async Task<Domain.Accounts.Refusal?> NoAsync(IAssessor assessor, LineChoice choice)
    {
        var key = "web:" + Guid.CreateVersion7().ToString("N");
        return (await Desk(assessor).OpenAsync(Someone, choice, key, "customer", TestContext.Current.CancellationToken)).Refusal;
    }

    private sealed class Says(bool approved, string failed) : IAssessor
    {
        public Task<Assessment?> AssessAsync(AssessmentAsk ask, CancellationToken cancel) =>
            Task.FromResult<Assessment?>(new Assessment(ask.Id, approved, ask.Terms.Limits.Smallest, "test-1", failed));
    }
}
