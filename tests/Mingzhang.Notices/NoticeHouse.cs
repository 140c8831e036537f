using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Engine.Tests;
using Mingzhang.Services.Notifications;
using Mingzhang.Store;
using Mingzhang.Store.Tests;

namespace Mingzhang.Notices;

/// <summary>A house that tells people, on a file or a private PostgreSQL server; it can be crashed and opened again.</summary>
internal sealed class NoticeHouse : IDisposable
{
    private readonly List<string> _folders = [];
    private string _path;
    private CreditHouse? _house;

    public NoticeHouse(bool server, NoticeBook? book = null)
    {
        Assert.SkipWhen(server && PostgresCluster.One.Value is null, "PostgreSQL is not installed");
        Book = book ?? NoticeBook.Shipped;
        _path = server ? PostgresCluster.One.Value!.NewDatabase() : Path.Combine(NewFolder(), "house.db");
    }

    public NoticeBook Book { get; }

    public MovingTime Time { get; } = new();

    public CreditHouse House => _house ??= CreditHouse.Open(new HouseOptions
    {
        Store = LedgerStores.Open(new StoreOptions
        {
            Path = _path, CreateAs = new HouseFacts(true, Sample.Start), Migrations = NoticeMigrations.All,
            NodeCountsFor = TimeSpan.FromSeconds(1),
        }),
        Terms = Sample.Book,
        Followers = [new NoticeFollower(Book, Time)],
    });

    public ContactRules Rules { get; set; } = ContactRules.Shipped;

    public ContactGovernor Governor => new(House, Rules, Time);

    public WishDesk Wishes => new(House, Book, Time);

    public AddressList Addresses { get; } = new();

    public List<IMessageChannel> Channels { get; } = [];

    public MessageDesk Messages => new(House, Book, Governor, Addresses, Channels, new MessageOptions(), Time);

    public ReminderDesk Reminders => new(House, Book, Time);

    public NoticeDesk Desk => new(House, Book, Time);

    public IReadOnlyList<Notice> Of(long customer) => Desk.Of(new CustomerId(customer), new NoticeQuery(false, null, 1000, 0));

    public async Task CatchUpAsync() => await House.CatchUpFollowersAsync(TestContext.Current.CancellationToken);

    /// <summary>Moves the house, and works off what falls due as the host would after it.</summary>
    public async Task MoveAsync(DateOnly day, bool eachDay)
    {
        while (House.BusinessDate < day)
        {
            var (_, refusal) = await House.AdvanceToAsync(eachDay ? House.BusinessDate.AddDays(1) : day);
            Assert.Null(refusal);
            await CatchUpAsync();
            while (await Reminders.WorkAsync() > 0)
            {
            }
        }
    }

    public long Count(string sql)
    {
        using var connection = House.OpenReadOnly();
        return connection.ExecuteScalar<long>(sql);
    }

    /// <summary>Goes on with the files as a power cut would leave them.</summary>
    public void Crash()
    {
        var old = _house;
        if (LedgerStores.IsServer(_path))
        {
            PostgresCluster.One.Value!.CutOff(_path);
        }
        else
        {
            var to = Path.Combine(NewFolder(), "house.db");
            foreach (var suffix in (string[])["", "-wal"])
            {
                if (File.Exists(_path + suffix))
                {
                    File.Copy(_path + suffix, to + suffix);
                }
            }

            _path = to;
        }

        _house = null;
        try
        {
            old?.Dispose();
        }
        catch (HouseStoppedException)
        {
            // Its connections were cut off.
        }
    }

    public void Dispose()
    {
        _house?.Dispose();
        foreach (var folder in _folders)
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string NewFolder()
    {
        var folder = Directory.CreateTempSubdirectory("mz-notice-").FullName;
        _folders.Add(folder);
        return folder;
    }
}

/// <summary>People whose addresses a test makes up.</summary>
internal sealed class AddressList : IAddressBook
{
    private readonly Dictionary<CustomerId, Recipient> _known = [];

    public void Add(long customer, string email = "someone@example.com") =>
        _known[new CustomerId(customer)] = new Recipient("张三", "张*", "19900000001", email);

    public Recipient? Find(CustomerId customer) => _known.GetValueOrDefault(customer);

    public Task<bool> ChangeEmailAsync(CustomerId customer, string email) => Task.FromResult(false);
}
