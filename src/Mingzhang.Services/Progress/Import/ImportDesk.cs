using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.People;
using Mingzhang.Services.Progress.Spend;

namespace Mingzhang.Services.Progress.Import;

/// <summary>What came of bringing something.</summary>
/// <param name="Kept">Lines that were new.</param>
/// <param name="Known">Lines that were there already.</param>
/// <param name="Others">Rows that are no spending.</param>
/// <param name="Unknown">What was not understood.</param>
/// <param name="Refusal">Why nothing was taken; null = it was.</param>
public sealed record ImportAnswer(int Kept, int Known, int Others, IReadOnlyList<string> Unknown, Refusal? Refusal);

/// <summary>
/// Spending elsewhere that a person brings to the dashboard (R032, R040): from a payment app's bill or from bank messages. It is shown
/// beside the account's own spending, marked, can be deleted, and never becomes a posting.
/// </summary>
public sealed class ImportDesk(CreditHouse house, PersonShelf people, SpendDesk spend, SmsBook messages)
{
    /// <summary>Largest file.</summary>
    public const int Largest = 2 * 1024 * 1024;

    private const int DaysApart = 1;

    /// <summary>Takes a bill file. Refused with 896.</summary>
    public Task<ImportAnswer> TakeBillAsync(AccountId account, byte[] file) => KeepAsync(account, BillFile.Read(file));

    /// <summary>Takes pasted bank messages. Refused with 897 when none is understood.</summary>
    public Task<ImportAnswer> TakeMessagesAsync(AccountId account, string text) =>
        KeepAsync(account, messages.Read(text, house.BusinessDateOf(account)));

    /// <summary>What was brought between two days, latest first; what is a purchase of the account itself says so.</summary>
    public async Task<IReadOnlyList<ImportedLine>> OfAsync(AccountId account, DateOnly since, DateOnly until)
    {
        IReadOnlyList<ImportedLine> lines;
        using (var connection = house.OpenReadOnly())
        {
            using var key = people.KeyOf(connection, account.Customer);
            lines = ImportShelf.Of(connection, account, key, since, until);
        }

        return lines.Count == 0 ? lines : Matched(
            lines, await spend.LinesAsync(account, since.AddDays(-DaysApart), until.AddDays(DaysApart)));
    }

    /// <summary>Everything a person brought, over all accounts; for the copy of what is held.</summary>
    public IReadOnlyList<ImportedLine> AllOf(CustomerId customer)
    {
        using var connection = house.OpenReadOnly();
        using var key = people.KeyOf(connection, customer);
        return [.. house.Terms.All.Select(terms => terms.Slot).Distinct()
            .SelectMany(slot => ImportShelf.Of(connection, AccountId.Of(customer, slot), key))];
    }

    /// <summary>Deletes a batch, one line, or everything when both are null; how many lines.</summary>
    public Task<int> DropAsync(AccountId account, long? batch, long? number) => house.WriteAsync((connection, transaction) =>
        ImportShelf.Drop(connection, transaction, account, batch, number));

    /// <summary>What of some lines was spent besides the account.</summary>
    public static long Elsewhere(IEnumerable<ImportedLine> lines) => lines.Where(one => one.SameAs.Length == 0).Sum(one => one.Amount);

    /// <summary>
    /// Marks lines that are purchases of the account: the same amount at most a day apart, and either the same merchant's name or paid with
    /// the credit line. Each purchase is one line's only.
    /// </summary>
    public static IReadOnlyList<ImportedLine> Matched(IReadOnlyList<ImportedLine> lines, IReadOnlyList<SpendLine> own)
    {
        var free = own.Where(one => one.Kind == SpendKind.Purchase).ToList();
        return
        [
            .. lines.Select(line =>
            {
                var same = free.FirstOrDefault(one => one.Amount == line.Amount
                    && Math.Abs(one.On.DayNumber - line.On.DayNumber) <= DaysApart && IsSame(line, one.Merchant));
                _ = same is not null && free.Remove(same);
                return same is null ? line : line with { SameAs = same.PurchaseId };
            }),
        ];
    }

    private static bool IsSame(ImportedLine line, string merchant) => line.Method.Contains("花呗", StringComparison.Ordinal)
        || (merchant.Length > 1 && (line.Merchant.Contains(merchant, StringComparison.Ordinal)
            || line.What.Contains(merchant, StringComparison.Ordinal)))
        || (line.Merchant.Length > 1 && merchant.Contains(line.Merchant, StringComparison.Ordinal));

    private async Task<ImportAnswer> KeepAsync(AccountId account, ImportRead read)
    {
        if (read.Refusal is not null)
        {
            return new ImportAnswer(0, 0, read.Others, read.Unknown, read.Refusal);
        }

        var kept = await house.WriteAsync((connection, transaction) =>
        {
            using var key = people.KeyOf(connection, account.Customer, transaction);
            return ImportShelf.Keep(connection, transaction, account, key, read.Lines);
        });
        return new ImportAnswer(kept, read.Lines.Count - kept, read.Others, read.Unknown, null);
    }
}
