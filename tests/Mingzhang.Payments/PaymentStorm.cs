using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Corrections;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Engine.Tests;
using Mingzhang.SandboxBank;
using Mingzhang.Services.Payments;
using Mingzhang.Services.Reconciliation;
using Mingzhang.Store;

namespace Mingzhang.Payments;

/// <summary>
/// Many payments against a bank with faults; afterwards every yuan is looked for: what left a customer's bank account, what the transfers
/// say and what the ledger booked have to be the same.
/// </summary>
internal sealed class PaymentStorm : IAsyncDisposable
{
    private const int Customers = 40;

    private readonly string _folder = Directory.CreateTempSubdirectory("mz-pay-").FullName;
    private readonly CancellationTokenSource _stop = new();
    private TestBank _bank = null!;
    private Task _pump = Task.CompletedTask;

    /// <summary>The house.</summary>
    public CreditHouse House { get; private set; } = null!;

    /// <summary>Its desk.</summary>
    public TransferDesk Desk { get; private set; } = null!;

    /// <summary>Its automatic collections.</summary>
    public AutoDebitDesk Automatic { get; private set; } = null!;

    /// <summary>Agreements to debit.</summary>
    public MandateDesk Mandates { get; private set; } = null!;

    /// <summary>Its reconciler.</summary>
    public Reconciler Reconciler { get; private set; } = null!;

    /// <summary>The bank's book.</summary>
    public BankBook Book => _bank.Book;

    public static async Task<PaymentStorm> StartAsync(Faults faults)
    {
        var storm = new PaymentStorm();
        await storm.OpenAsync(faults);
        return storm;
    }

    /// <summary>Sends payments of random sums, many at once.</summary>
    public Task PayAsync(int payments, int seed)
    {
        var random = new Random(seed);
        var asked = Enumerable.Range(0, payments)
            .Select(number => (number, customer: random.Next(Customers) + 1L, minor: random.Next(1, 3_000))).ToList();
        return Parallel.ForEachAsync(
            asked, new ParallelOptions { MaxDegreeOfParallelism = 32 },
            async (one, cancel) => await PayAsync(one.customer, $"p{seed}-{one.number}", one.minor, cancel));
    }

    /// <summary>One payment.</summary>
    public async Task<Transfer> PayAsync(long customer, string id, long minor, CancellationToken cancel = default) =>
        (await AskAsync(customer, id, minor, cancel)).Transfer;

    /// <summary>One payment, with what was refused.</summary>
    public async Task<(Transfer Transfer, Refusal? Refusal)> AskAsync(
        long customer, string id, long minor, CancellationToken cancel = default)
    {
        var account = Sample.Account(customer);
        var asked = new Transfer
        {
            Id = Transfer.NameOf(account, TransferPurpose.Repay, id), Account = account, Subject = id,
            Token = customer % 13 == 0 ? $"empty-{customer}" : customer % 17 == 0 ? $"closed-{customer}" : $"card-{customer}",
            Source = "bank-card", Amount = Sample.Cny(minor),
        };
        var fact = new SubmitPayment(id, asked.Amount) { EffectiveOn = House.BusinessDate };
        return await Desk.AskAsync(asked, new CommandEnvelope(account, "submit-" + id, fact, "test"), cancel);
    }

    /// <summary>Waits until nothing is under way any more.</summary>
    public async Task SettleAsync()
    {
        for (var tried = 0; ; tried++)
        {
            var open = Transfers().Count(transfer => !transfer.IsOver);
            if (open == 0)
            {
                return;
            }

            Assert.True(tried < 600, $"{open} transfers never ended: {Describe()}");
            await Task.Delay(200);
        }
    }

    /// <summary>Lets days pass, each with its settlement file.</summary>
    public async Task<List<SettlementBreak>> PassDaysAsync(int days)
    {
        var first = House.BusinessDate;
        var breaks = new List<SettlementBreak>();
        for (var day = 0; day < days; day++)
        {
            await House.AdvanceDayAsync();
            while (Reconciler.LastDay() is not { } last || last < House.BusinessDate.AddDays(-1))
            {
                // The file, too, may be late: a bank that was busy is asked again.
                foreach (var report in await Reconciler.CatchUpAsync(first, CancellationToken.None))
                {
                    breaks.AddRange(report.Breaks);
                }
            }

            await SettleAsync();
        }

        return breaks;
    }

    /// <summary>All transfers.</summary>
    public List<Transfer> Transfers() =>
        [.. Enumerable.Range(1, Customers).SelectMany(customer => Desk.Of(Sample.Account(customer), int.MaxValue))];

    /// <summary>Looks for every yuan; all bank accounts of a customer end in its number.</summary>
    public async Task CheckAsync()
    {
        foreach (var customer in Enumerable.Range(1, Customers))
        {
            var account = Sample.Account(customer);
            var moved = Desk.Of(account, int.MaxValue).Where(transfer => transfer.State == TransferState.Done)
                .Sum(transfer => transfer.Moved);
            Assert.Equal(moved, Booked(account));
            var left = Book.Accounts().Where(one => one.Token.EndsWith($"-{customer}", StringComparison.Ordinal))
                .Sum(one => one.Opened - one.Balance);
            Assert.True(moved == left, $"customer {customer}: transfers {moved}, bank {left}: {Differing(account)}");
            var state = await House.ReadAsync(account);
            Assert.DoesNotContain(state!.PendingPayments, payment => payment.FailedBecause is null);
        }

        Assert.True((await House.VerifyAsync()).IsSound);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _pump;
        await _bank.DisposeAsync();
        House.Dispose();
        _stop.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>What the ledger has of a customer's payments: received, and not returned.</summary>
    private long Booked(AccountId account)
    {
        var received = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var happened in House.History(account).SelectMany(entry => entry.Events))
        {
            if (happened is AccountCorrected { Request: ReturnRepayment back })
            {
                Assert.True(received.Remove(back.RepaymentId), "returned and never there");
            }
            else if (happened.Recorded is ReceiveRepayment one)
            {
                received.Add(one.RepaymentId, one.Sources.Sum(Currency.Cny, source => source.Amount).MinorUnits);
            }
        }

        return received.Values.Sum();
    }

    private string Differing(AccountId account) => string.Join("; ", Desk.Of(account, int.MaxValue)
        .Where(transfer => (Book.Find(transfer.Id)?.Status ?? "missing") != TransferWords.Of(transfer.State))
        .Select(transfer => $"{transfer} / {Book.Find(transfer.Id)}: "
            + string.Join(" ", Desk.Steps(transfer.Id).Select(step => $"{step.Step}={step.Detail}"))));

    private string Describe() => string.Join("; ", Transfers().Where(transfer => !transfer.IsOver).Take(3).Select(transfer =>
        $"{transfer.Id} {transfer.State} booked {transfer.Booked}: "
        + string.Join(" ", Desk.Steps(transfer.Id).Select(step => step.Step + (step.Detail.Length > 0 ? "=" + step.Detail : "")))));

    private async Task OpenAsync(Faults faults)
    {
        _bank = await TestBank.StartAsync(_folder, faults);
        House = CreditHouse.Open(new HouseOptions
        {
            Store = LedgerStores.Open(new StoreOptions
            {
                Path = Path.Combine(_folder, "house.db"), CreateAs = new HouseFacts(true, Sample.Start), Migrations = PaymentMigrations.All,
            }),
            Terms = Sample.Book, Followers = [new AutoDebitMarks(TimeProvider.System)],
        });
        var options = new PaymentOptions
        {
            FirstQuestion = TimeSpan.FromMilliseconds(100), LongestWait = TimeSpan.FromSeconds(1), Hold = TimeSpan.FromSeconds(2),
            NoticeTo = _bank.NoticeTo,
        };
        Desk = new TransferDesk(House, _bank.Channel, options, TimeProvider.System);
        Automatic = new AutoDebitDesk(
            House, new Services.Reading.AccountReader(House), Desk, Mandates = new MandateDesk(House, _bank.Channel),
            new AutoDebitOptions { Spacing = TimeSpan.FromMilliseconds(100) }, TimeProvider.System);
        Reconciler = new Reconciler(House, _bank.Channel, Desk, TimeProvider.System);
        _bank.Heard = Desk.HearAsync;
        foreach (var customer in Enumerable.Range(1, Customers))
        {
            Assert.True((await House.SubmitAsync(Sample.Open(customer, 100_000_000))).IsAccepted);
            Assert.True((await House.SubmitAsync(Sample.Buy(customer, $"buy-{customer}", 50_000_000, Sample.Start))).IsAccepted);
        }

        _pump = Task.Run(PumpAsync);
    }

    private async Task PumpAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                if (await Desk.GoOnAsync(_stop.Token) == 0)
                {
                    await Task.Delay(50, _stop.Token);
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
