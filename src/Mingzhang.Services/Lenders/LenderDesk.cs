using System.Globalization;
using Mingzhang.Channel;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Corrections;
using Mingzhang.Domain.Ledger;
using Mingzhang.Domain.Lenders;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Diagnosis;
using Mingzhang.Store;

namespace Mingzhang.Services.Lenders;

/// <summary>
/// Tells the lenders what each day changed in their sub-ledgers. A line is the difference between what a lender's balance is at the end of
/// the day and what it was told before, so that late facts and corrections need no rule of their own; it is told until the lender has
/// booked it, under a name that follows from what it is about (decision 0031).
/// </summary>
public sealed class LenderDesk(CreditHouse house, ILenderGateway gateway, UseNeighbours neighbours, TimeProvider time)
{
    private const int Page = 500;
    private const int MostDays = 31;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>Journal rows looked at since the start, to find what moved.</summary>
    public long RowsRead { get; private set; }

    /// <summary>The lenders beside the house itself, by their codes.</summary>
    public IReadOnlyList<string> Lenders =>
        [.. house.Terms.All.SelectMany(terms => terms.Lenders).Where(lender => !lender.Platform).Select(lender => lender.Code)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Writes the lines of every day that is over; returns how many lines. A house that was away longer writes its last month day
    /// by day and what was before with the first of them.</summary>
    public async Task<int> WriteDaysAsync(CancellationToken cancel)
    {
        var yesterday = house.BusinessDate.AddDays(-1);
        var lines = 0;
        if (LastWritten() == yesterday || Lenders.Count == 0)
        {
            return 0;
        }

        await house.SettleAsync();
        var first = LastWritten()?.AddDays(1) ?? yesterday;
        first = first < yesterday.AddDays(-MostDays) ? yesterday.AddDays(-MostDays) : first;
        for (var day = first; day <= yesterday; day = day.AddDays(1))
        {
            lines += await WriteDayAsync(day, cancel);
        }

        return lines;
    }

    /// <summary>Tells what waits; returns how many lines.</summary>
    public async Task<int> TellAsync(CancellationToken cancel)
    {
        IReadOnlyList<AdvisedLine> due;
        using (var connection = house.OpenReadOnly())
        {
            due = LenderShelf.Due(connection, Now(), Page);
        }

        foreach (var lines in due.GroupBy(line => line.Lender, StringComparer.Ordinal))
        {
            await TellAsync(lines.Key, [.. lines], cancel);
        }

        return due.Count;
    }

    /// <summary>Tells lines, whether they wait or not; the ids the lender has booked, or null without an answer.</summary>
    public async Task<IReadOnlyCollection<string>?> TellAsync(string lender, IReadOnlyList<AdvisedLine> lines, CancellationToken cancel)
    {
        var booked = await gateway.AdviseAsync(lender, [.. lines.Select(line => line.Advice)], cancel);
        await house.WriteAsync((connection, transaction) =>
        {
            foreach (var line in lines)
            {
                LenderShelf.Answer(connection, transaction, line, booked?.Contains(line.Id) == true, In(Wait(line.Tries)));
            }

            return 0;
        });
        foreach (var account in lines.Where(line => booked?.Contains(line.Id) == true).Select(line => line.Account).Distinct())
        {
            if (Of(account).All(line => line.Lender != lender || line.Confirmed))
            {
                await neighbours.ConfirmLenderAsync(account, lender);
            }
        }

        return booked;
    }

    /// <summary>What the lenders were told of an account, latest day first.</summary>
    public IReadOnlyList<AdvisedLine> Of(AccountId account)
    {
        using var connection = house.OpenReadOnly();
        return LenderShelf.Of(connection, account);
    }

    /// <summary>The last day whose lines are written; null = none.</summary>
    public DateOnly? LastWritten()
    {
        using var connection = house.OpenReadOnly();
        return LenderShelf.LastDay(connection, "");
    }

    private async Task<int> WriteDayAsync(DateOnly day, CancellationToken cancel)
    {
        var written = 0;
        var own = house.Terms.All.SelectMany(terms => terms.Lenders).Where(lender => lender.Platform).Select(lender => lender.Code)
            .ToHashSet(StringComparer.Ordinal);
        var (moved, place) = Moved(day, cancel);
        foreach (var account in moved)
        {
            cancel.ThrowIfCancellationRequested();
            written += await WriteAccountAsync(account, day, own);
        }

        await house.WriteAsync((connection, transaction) =>
        {
            LenderShelf.DayDone(connection, transaction, day, "", written, 0, Now(), place);
            return 0;
        });
        return written;
    }

    /// <summary>Balances of the day's end less what was told.</summary>
    private async Task<int> WriteAccountAsync(AccountId account, DateOnly day, HashSet<string> own)
    {
        var history = house.History(account).Where(entry => entry.BookedOn <= day).ToList();
        if (CreditHouse.IsFork(account) || history.Count == 0)
        {
            return 0;
        }

        var sequence = house.Rows(account).Where(row => row.BookedOn <= day).Max(row => row.Sequence);

        var books = AccountBooks.Of(history, house.Terms);
        Dictionary<(string Lender, string Loan, int Ledger), long> told;
        using (var connection = house.OpenReadOnly())
        {
            told = LenderShelf.SumsOf(connection, account);
        }

        var now = books.Loans.Where(loan => loan.IsShared)
            .SelectMany(loan => loan.Split().Select(part => (Key: (part.Lender, loan.Id, (int)(part.Ledger ?? default)), part.Minor)))
            .ToDictionary(part => part.Key, part => part.Minor);
        var currency = books.Loans.Select(loan => loan.Currency.ToString()).FirstOrDefault() ?? "CNY";
        var lines = now.Keys.Union(told.Keys).Where(key => !own.Contains(key.Item1))
            .Select(key => (Key: key, Amount: now.GetValueOrDefault(key) - told.GetValueOrDefault(key))).Where(one => one.Amount != 0)
            .Select(one => Line(account, day, one.Key, one.Amount, currency)).ToList();
        await house.WriteAsync((connection, transaction) =>
        {
            LenderShelf.Keep(connection, transaction, account, sequence, lines, Now());
            return 0;
        });
        foreach (var (repayment, lender) in Repaid(books, history, day).Where(one => !own.Contains(one.Lender)))
        {
            await neighbours.ExpectLenderAsync(account, repayment, lender);
        }

        return lines.Count;
    }

    /// <summary>The repayments of the day, each with the lenders that get a part of it.</summary>
    private static IEnumerable<(string Repayment, string Lender)> Repaid(
        AccountBooks books, IReadOnlyList<HistoryEntry> history, DateOnly day)
    {
        var repayments = history.Where(entry => entry.BookedOn == day)
            .SelectMany(entry => entry.Events.Select(happened => (entry.Sequence, Fact: happened.Recorded as ReceiveRepayment)))
            .Where(one => one.Fact is not null).DistinctBy(one => one.Sequence)
            .ToDictionary(one => one.Sequence, one => one.Fact!.RepaymentId);
        return books.Entries.Where(entry => repayments.ContainsKey(entry.Sequence))
            .Select(entry => (repayments[entry.Sequence], entry.Line.Lender)).Distinct();
    }

    private static AdvisedLine Line(
        AccountId account, DateOnly day, (string Lender, string Loan, int Ledger) key, long amount, string currency)
    {
        LedgerAccount? ledger = key.Ledger == 0 ? null : (LedgerAccount)key.Ledger;
        return new AdvisedLine
        {
            Id = AdvisedLine.NameOf(account, day, key.Lender, key.Loan, ledger), Account = account, Lender = key.Lender, Day = day,
            Loan = key.Loan, Ledger = ledger, Amount = amount, Currency = currency,
        };
    }

    /// <summary>
    /// Accounts of shared products that moved until a day's end and whose lenders do not know it yet, and the position before the first row
    /// of a later day: what was booked later is read again with its own day.
    /// </summary>
    private (List<AccountId> Accounts, long Place) Moved(DateOnly day, CancellationToken cancel)
    {
        var slots = house.Terms.All.Where(terms => terms.Lenders.Count > 0).Select(terms => terms.Slot).ToHashSet();
        var (last, end) = (new SortedDictionary<(int Partition, long Account), long>(), day.ToStored());
        using var connection = house.OpenReadOnly();
        var at = LenderShelf.PlaceOf(connection);
        long? place = null;
        for (var page = LenderShelf.MovesAfter(connection, at, Page); page.Count > 0; page = LenderShelf.MovesAfter(connection, at, Page))
        {
            cancel.ThrowIfCancellationRequested();
            RowsRead += page.Count;
            foreach (var row in page)
            {
                var account = new AccountId(row.Account);
                if (row.BookedOn > end)
                {
                    place ??= CreditHouse.IsFork(account) ? null : row.Position - 1;
                }
                else if (slots.Contains(account.Slot))
                {
                    last[(account.PartitionId, row.Account)] = row.Sequence;
                }
            }

            at = page[^1].Position;
        }

        return ([
            .. last.Where(one => LenderShelf.ToldOf(connection, new AccountId(one.Key.Account)) < one.Value)
                .Select(one => new AccountId(one.Key.Account)),
        ], place ?? at);
    }

    private static TimeSpan Wait(int tries) => First * Math.Pow(2, Math.Min(tries, 20)) is var wait && wait < Longest ? wait : Longest;

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;

    private long In(TimeSpan span) => Now() + (long)(span.TotalMilliseconds * 1000);
}
