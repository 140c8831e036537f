using System.Globalization;
using Mingzhang.Channel;
using Mingzhang.Engine;
using Mingzhang.Services.Lenders;
using Mingzhang.Services.Payments;
using Mingzhang.Services.Reconciliation;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.Console;

/// <summary>The three books side by side, for the page.</summary>
internal sealed class SettlementDesk(
    StaffDesk staff, Reconciler bank, LenderReconciler statements, LenderDesk lenders, MoneyDesk money, CreditHouse house)
{
    /// <summary>The bank's side.</summary>
    public Reconciler Bank => bank;

    /// <summary>The open business day.</summary>
    public DateOnly Today => house.BusinessDate;

    /// <summary>The page.</summary>
    public IResult Show(HttpContext http, PageNotice? notice) => staff.Show<SettlementPage>(
        http,
        new()
        {
            ["Breaks"] = bank.Breaks(open: false, Settlements.MostShown), ["IsSetUp"] = money.IsSetUp, ["Lenders"] = lenders.Lenders,
        },
        notice);

    /// <summary>The open break of a name, or null.</summary>
    public SettlementBreak? Named(string? name) => bank.Breaks(open: true, Settlements.MostShown).FirstOrDefault(one => string.Create(
        CultureInfo.InvariantCulture, $"{one.Day:yyyy-MM-dd}|{one.Kind}|{one.TransferId}") == name);

    /// <summary>Compares a file: its lines, and how many breaks. Throws <see cref="FormatException"/> naming line, field and rule.
    /// </summary>
    public async Task<(int Lines, int Breaks)> CompareAsync(string from, DateOnly day, string text, CancellationToken cancel)
    {
        if (!lenders.Lenders.Contains(from))
        {
            var report = await bank.CompareAsync(day, SettlementFile.Read(text), cancel);
            return (report.Lines, report.Breaks.Count);
        }

        var statement = LenderFile.Read(text);
        return (statement.Lines.Count, (await statements.CompareAsync(from, day, statement, cancel)).Count);
    }
}
