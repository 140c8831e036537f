using Mingzhang.Engine.Encoding;
using Mingzhang.Store;

namespace Mingzhang.Cli.Replay.Taiwan;

/// <summary>Reads the replay's figures back from the journal alone: every row is folded again, so the report does not rest on what the
/// run remembers.</summary>
public sealed class JournalReading(IStoreReader reader, TermsBook book, IReadOnlyList<TaiwanClient> clients)
{
    private const int Page = 4096;

    private readonly ProductTerms _terms = book.Find(TaiwanPlan.Product, TaiwanPlan.TermsVersion)
        ?? throw new ProblemException($"{TaiwanPlan.Product} is not among the products");

    private readonly Dictionary<AccountId, ClientReading> _readings =
        clients.ToDictionary(TaiwanPlan.AccountOf, client => new ClientReading(client));

    private readonly SortedDictionary<LedgerAccount, long> _balances = [];

    /// <summary>Journal rows.</summary>
    public long Rows { get; private set; }

    /// <summary>Events in them.</summary>
    public long Events { get; private set; }

    /// <summary>Purchases posted by force, above their hold or without one.</summary>
    public long Forced { get; private set; }

    /// <summary>Balance of each ledger account in minor units, debit positive.</summary>
    public IReadOnlyDictionary<LedgerAccount, long> Balances => _balances;

    /// <summary>Each client's bills and standings, in the file's order.</summary>
    public IEnumerable<ClientReading> Clients => clients.Select(client => _readings[TaiwanPlan.AccountOf(client)]);

    /// <summary>Accounts of the journal that are no client of the file.</summary>
    public long Strangers { get; private set; }

    /// <summary>Reads it all.</summary>
    public void Read()
    {
        var strangers = new HashSet<AccountId>();
        for (var after = 0L; ;)
        {
            var page = reader.Log(after, Page);
            if (page.Count == 0)
            {
                break;
            }

            foreach (var row in page)
            {
                Take(row, strangers);
            }

            after = page[^1].Position;
        }

        Strangers = strangers.Count;
    }

    private void Take(JournalRow row, HashSet<AccountId> strangers)
    {
        Rows++;
        foreach (var posting in PostingCodec.Read(row.Postings))
        {
            _balances[posting.Account] = _balances.GetValueOrDefault(posting.Account) + posting.Amount.MinorUnits;
        }

        if (!_readings.TryGetValue(row.Account, out var reading))
        {
            strangers.Add(row.Account);
            return;
        }

        if (row.Kind == RowKind.Refused)
        {
            reading.Refused(row.Sequence);
            return;
        }

        var events = DomainJson.ReadEvents(row.Body);
        Events += events.Count;
        Forced += events.Count(happened => happened is PurchasePosted { Forced: true });
        reading.Take(events, row.Sequence, _terms);
    }
}

/// <summary>One client's account as the journal tells it.</summary>
public sealed class ClientReading(TaiwanClient client)
{
    private readonly Money?[] _bills = new Money?[TaiwanColumns.Months];
    private readonly Standing[] _standings = new Standing[TaiwanColumns.Months];
    private AccountState _state = AccountState.Empty(TaiwanPlan.AccountOf(client), Currency.Twd);

    /// <summary>The client.</summary>
    public TaiwanClient Client => client;

    /// <summary>The statement of a month as issued; null when there is none.</summary>
    public Money? BillOf(int month) => _bills[month];

    /// <summary>How the account stood on a month's statement day.</summary>
    public Standing StandingOf(int month) => _standings[month];

    /// <summary>Whether a month's statement equals the data to the unit.</summary>
    public bool Equal(int month) => _bills[month] == TaiwanPlan.Dollars(client.Bills[month]);

    /// <summary>A refused command.</summary>
    public void Refused(long sequence) => _state = _state with { Version = sequence };

    /// <summary>An accepted command or a passed day.</summary>
    public void Take(ValueList<AccountEvent> events, long sequence, ProductTerms terms)
    {
        _state = AccountEvolver.After(_state, events, sequence, terms);
        foreach (var happened in events)
        {
            if (happened is StatementIssued issued && MonthOf(issued.EffectiveOn) is { } month)
            {
                _bills[month] = issued.Bill.Closing;
                _standings[month] = Standing.Of(_state, month == 0 ? null : _bills[month - 1], issued.EffectiveOn);
            }
        }
    }

    private static int? MonthOf(DateOnly day)
    {
        var month = day.Month - TaiwanPlan.StatementOn(0).Month;
        return month is >= 0 and < TaiwanColumns.Months && TaiwanPlan.StatementOn(month) == day ? month : null;
    }
}
