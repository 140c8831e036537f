using Mingzhang.Domain.Closing;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.People;
using Mingzhang.Services.Privacy;
using Mingzhang.Services.Reading;
using Mingzhang.Services.Tickets;
using Mingzhang.Services.Tickets.Clocks;
using Mingzhang.Services.Tickets.Rules;

namespace Mingzhang.Web.Tests.People;

/// <summary>A house of its own with somebody whose account is closed.</summary>
internal sealed class PrivacyHouse : IDisposable
{
    private static readonly CustomerId Someone = new(41_000_777);
    private readonly string _folder = Directory.CreateTempSubdirectory("mz-privacy-").FullName;
    private readonly PeopleHouse _house;
    private int _keys;

    public PrivacyHouse(DateOnly? onlineSince = null)
    {
        _house = new PeopleHouse(_folder);
        var reader = new AccountReader(_house.House);
        var erasure = new ErasureDesk(
            _house.House, reader, [new PrivacyTraces(TimeProvider.System)], new ErasureRules(10, Path.Combine(_folder, "list")),
            TimeProvider.System);
        var tickets = new TicketDesk(
            _house.House, reader, TicketRulesFile.Read(Path.Combine(AppContext.BaseDirectory, "products")),
            new SealedTicketText(_house.People), ShippedCalendar.Read(), TimeProvider.System);
        Desk = new PrivacyDesk(
            _house.House, erasure, tickets, _house.People, new PrivacyRules(10) { OnlineSince = onlineSince }, TimeProvider.System);
    }

    public PrivacyDesk Desk { get; }

    public DateOnly ClosedOn => _house.House.BusinessDate;

    public async Task<CustomerId> ClosedPersonAsync()
    {
        await _house.People.AddAsync(new Person(Someone.Value, "欧阳试", "17812340002"));
        var terms = _house.House.Terms.InForce("pay-later", ClosedOn)!;
        var account = AccountId.Of(Someone, terms.Slot);
        await DoAsync("open", account, new OpenAccount(
            account, terms.Code, terms.Version, terms.RequiredConsents.Map(code => new Consent(code, "2026-01")),
            new BankCard("tok-1", "3215"), new Assessment("as-1", true, terms.Limits.Smallest, "test", null), null)
        {
            EffectiveOn = ClosedOn,
        });
        await DoAsync("close", account, new ForceClosing("test", "notice-1") { EffectiveOn = ClosedOn });
        return Someone;
    }

    public Task<PrivacyAnswer> AskAsync(CustomerId customer, PrivacyKind kind, PrivacyRoute route) =>
        Desk.AskAsync(new AskPrivacy(customer, kind, route, "asked", "customer", $"key-{_keys++}"));

    public void Dispose()
    {
        _house.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task DoAsync(string key, AccountId account, Domain.Accounts.AccountCommand command) =>
        Assert.Null((await _house.House.SubmitAsync(new CommandEnvelope(account, key, command, "test"))).Refusal);
}
