using Mingzhang.Channel;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Closing;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.People;
using Mingzhang.Domain.Permissions;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Payments;
using Mingzhang.Services.People;
using Mingzhang.Services.Reading;

namespace Mingzhang.Web.Tests.People;

/// <summary>Cards, consents, devices and looks of a person with an account.</summary>
public sealed class PeopleDeskTests : IDisposable, ICardIssuer, IPaymentChannel
{
    private const string Digits = "6222021234567890128";
    private const string Other = "6222021234567890136";

    private static readonly CustomerId Someone = new(41_000_005);
    private static readonly AccountId Account = AccountId.Of(Someone, 1);

    private readonly string _folder = Directory.CreateTempSubdirectory("mz-desk-").FullName;
    private readonly PeopleHouse _house;
    private readonly CardShelf _cards;
    private readonly CardDesk _desk;
    private readonly ConsentLedger _consents;

    private bool _answers = true;

    public PeopleDeskTests()
    {
        _house = new PeopleHouse(_folder);
        _cards = new CardShelf(_house.House, _house.People, TimeProvider.System);
        _consents = new ConsentLedger(_house.House, _house.People, TimeProvider.System);
        var transfers = new TransferDesk(_house.House, this, new PaymentOptions(), TimeProvider.System);
        _desk = new CardDesk(_house.House, _cards, this, transfers);
    }

    public bool IsSetUp => true;

    public Task<string?> TokenOfAsync(string number, CancellationToken cancel) =>
        Task.FromResult(_answers ? "card-" + number[^6..] : null);

    public Task<TransferAnswer?> SendAsync(TransferOrder order, CancellationToken cancel) => Task.FromResult<TransferAnswer?>(null);

    public Task<TransferAnswer?> QueryAsync(string id, CancellationToken cancel) => Task.FromResult<TransferAnswer?>(null);

    public Task<TransferAnswer?> VoidAsync(string id, CancellationToken cancel) => Task.FromResult<TransferAnswer?>(null);

    Task<bool?> IPaymentChannel.MandateAsync(MandateOrder mandate, CancellationToken cancel) => throw new NotSupportedException();

    public Task<Settlement?> SettlementAsync(DateOnly day, CancellationToken cancel) => Task.FromResult<Settlement?>(null);

    [Fact]
    public async Task A_card_is_kept_as_the_banks_token_and_the_first_is_the_default()
    {
        Assert.IsType<PersonUnknown>((await _desk.AddAsync(Someone, Card(Digits), default)).Refusal);
        await AddPersonAsync();
        var first = (await _desk.AddAsync(Someone, Card(Digits), default)).Card!;
        Assert.Equal(("card-890128", "0128", true), (first.Token, first.LastFour, first.IsDefault));
        Assert.Equal("ICBC", first.Bank);
        Assert.Equal(first, (await _desk.AddAsync(Someone, Card(Digits), default)).Card);
        var second = (await _desk.AddAsync(Someone, Card(Other), default)).Card!;
        Assert.True(await _cards.ChooseAsync(Someone, second.Id));
        Assert.Equal(second.Id, _cards.DefaultOf(Someone)!.Id);
        Assert.Null((await _desk.RemoveAsync(Someone, second.Id)).Refusal);
        Assert.Equal(first.Id, _cards.DefaultOf(Someone)!.Id);
        Assert.False(await _cards.ChooseAsync(Someone, second.Id));
        Assert.IsType<CardUnknown>((await _desk.RemoveAsync(Someone, second.Id)).Refusal);
    }

    [Fact]
    public async Task A_bank_that_does_not_answer_binds_nothing()
    {
        await AddPersonAsync();
        _answers = false;
        Assert.IsType<CardNotTaken>((await _desk.AddAsync(Someone, Card(Digits), default)).Refusal);
        Assert.Empty(_cards.Of(Someone));
    }

    [Fact]
    public async Task The_only_card_stays_while_repayment_is_automatic_and_any_card_while_its_money_moves()
    {
        await AddPersonAsync();
        await OpenAsync();
        var card = (await _desk.AddAsync(Someone, Card(Digits), default)).Card!;
        await DoAsync("auto", new SetAutoRepay(true, ["bank-card"]) { EffectiveOn = Day });
        Assert.Equal(Account, Assert.IsType<CardRepaysAutomatically>((await _desk.RemoveAsync(Someone, card.Id)).Refusal).Account);
        await _desk.AddAsync(Someone, Card(Other), default);
        var sent = new Transfer
        {
            Id = $"{Account.PartitionId}-1", Account = Account, Subject = "p", Token = card.Token, Source = "bank-card",
            Amount = Money.Of(100, Currency.Cny), State = TransferState.Sent, AskedOn = Day,
        };
        await _house.House.WriteAsync((connection, transaction) => TransferShelf.Add(connection, transaction, sent));
        Assert.Equal(sent.Id, Assert.IsType<CardMovesMoney>((await _desk.RemoveAsync(Someone, card.Id)).Refusal).Transfer);
    }

    [Fact]
    public async Task Withdrawing_a_required_consent_ends_use_of_the_account_and_is_a_line_of_its_own()
    {
        await AddPersonAsync();
        await OpenAsync();
        Assert.IsType<ConsentNotGiven>(await _consents.WithdrawAsync(Someone, "marketing", "app", "key-00001", "test"));
        await _consents.TakeOverAsync(Someone);
        await _consents.TakeOverAsync(Someone);
        Assert.Equal(["bureau-query-report", "credit-agreement", "privacy"], _consents.Of(Someone).Select(line => line.Code).Order());
        Assert.Null(await _consents.WithdrawAsync(Someone, "bureau-query-report", "app", "key-00002", "test"));
        var last = _consents.Of(Someone)[^1];
        Assert.Equal(("bureau-query-report", false, "app"), (last.Code, last.Given, last.Channel));
        var state = await _house.House.ReadAsync(Account);
        Assert.Contains(state!.Restrictions, one => one.Reason == RestrictionReason.ConsentMissing);
        Assert.IsType<ConsentNotGiven>(await _consents.WithdrawAsync(Someone, "bureau-query-report", "app", "key-00003", "test"));
        Assert.True(await _consents.GiveAsync(Someone, "bureau-query-report", "2026-01", "app", "shown and sent"));
        Assert.True(await _consents.GiveAsync(Someone, "bureau-query-report", "2026-01", "app", "shown and sent"));
        Assert.Equal(5, _consents.Of(Someone).Count);
        Assert.Equal(64, _consents.Of(Someone)[^1].Evidence.Length);
    }

    [Fact]
    public void Every_shipped_text_of_a_consent_is_there_in_both_languages()
    {
        Assert.All(ConsentTexts.All, text => Assert.True(
            text.Zh.Title.Length > 0 && text.Zh.Text.Length > 40 && text.En.Title.Length > 0 && text.En.Text.Length > 40, text.Code));
        Assert.All(
            ["bureau-query-report", "credit-agreement", "privacy"], code => Assert.NotNull(ConsentTexts.Find(code, "2026-01")));
    }

    [Fact]
    public async Task Devices_and_looks_are_kept_under_the_persons_key()
    {
        var devices = new DeviceShelf(_house.House, _house.People, TimeProvider.System);
        var looks = new LookLog(_house.House, _house.People, TimeProvider.System);
        Assert.False(await devices.SeenAsync(Someone, "d-1", "phone"));
        Assert.False(await looks.AddAsync(Someone, "staff:lin", "console.account"));
        await AddPersonAsync();
        await devices.SeenAsync(Someone, "d-1", "phone");
        await devices.SeenAsync(Someone, "d-1", "my phone");
        var device = Assert.Single(devices.Of(Someone));
        Assert.Equal("my phone", device.Name);
        Assert.True(device.FirstAt <= device.LastAt);
        await looks.AddAsync(Someone, "staff:lin", "console.account", "asked by phone");
        await looks.AddAsync(Someone, "staff:mei", "console.person");
        Assert.Equal(["staff:mei:", "staff:lin:asked by phone"], looks.Of(Someone, 9).Select(look => $"{look.Who}:{look.Note}"));
        Assert.True(await devices.RemoveAsync(Someone, "d-1"));
        Assert.False(await devices.RemoveAsync(Someone, "d-1"));
    }

    [Fact]
    public async Task Records_of_a_closed_account_are_kept_for_ten_years()
    {
        await AddPersonAsync();
        await OpenAsync();
        ErasureDesk Desk(int years) => new(
            _house.House, new AccountReader(_house.House), [], new ErasureRules(years, Path.Combine(_folder, "list")), TimeProvider.System);
        Assert.Equal(Account, Assert.IsType<PersonHasAccount>(await Desk(10).CheckAsync(Someone)).Account);
        await DoAsync("close", new ForceClosing("test", "notice-1") { EffectiveOn = Day });
        Assert.IsType<Closed>((await _house.House.ReadAsync(Account))!.Lifecycle);
        var kept = Assert.IsType<RecordsKept>(await Desk(10).CheckAsync(Someone));
        Assert.Equal(Day.AddYears(10), kept.Until);
        Assert.Null(await Desk(0).CheckAsync(Someone));
        Assert.Equal(917, new PersonNotSettled(Account).Code.Number);
    }

    public void Dispose()
    {
        _house.Dispose();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private DateOnly Day => _house.House.BusinessDate;

    private static BankCardNumber Card(string digits) => Assert.IsType<BankCardRead>(BankCardNumber.Read(digits)).Card;

    private Task AddPersonAsync() => _house.People.AddAsync(new Person(Someone.Value, "测试", "19900000005"));

    private Task OpenAsync() => DoAsync("open", new OpenAccount(
        Account, "pay-later", 1,
        [new Consent("bureau-query-report", "2026-01"), new Consent("credit-agreement", "2026-01"), new Consent("privacy", "2026-01")],
        new BankCard("tok", "1234"), new Assessment("a", true, Money.Of(1_000_000, Currency.Cny), "m", null), null) { EffectiveOn = Day });

    private async Task DoAsync(string key, AccountCommand command)
    {
        var answer = await _house.House.SubmitAsync(new CommandEnvelope(Account, key, command, "test"));
        Assert.Null(answer.Refusal);
    }
}
