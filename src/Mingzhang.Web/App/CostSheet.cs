using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Disclosure;
using Mingzhang.Services.Reading;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.App;

/// <summary>A cost table as it is shown, with the clock of its reading.</summary>
/// <param name="Quote">What is offered.</param>
/// <param name="Cap">The cap of the licence today; null when none is dated.</param>
/// <param name="ReadingSeconds">Shortest time it must be open.</param>
/// <param name="Shown">Signed value of when it was shown.</param>
/// <param name="Left">Seconds until it can be confirmed.</param>
public sealed record CostSheet(LoanQuote Quote, CapRow? Cap, int ReadingSeconds, string Shown, int Left)
{
    /// <summary>The table of a quote; goes on with the clock of the form when the form showed the same table.</summary>
    public static CostSheet Of(AccountView view, LoanQuote quote, int readingSeconds, ReadingClock clock, string? shown = null)
    {
        var read = clock.Seconds(shown, view.State.Id, quote.CostTableId);
        readingSeconds = LoanCostTables.ReadingSeconds(view.Terms, readingSeconds, view.Today);
        return new CostSheet(
            quote, quote.Cap, readingSeconds,
            read is null ? clock.Start(view.State.Id, quote.CostTableId) : shown!,
            Math.Max(0, readingSeconds - (read ?? 0)));
    }

    /// <summary>Evidence for the contract, or what to say: read on, or the table is another one.</summary>
    public static (CostConfirmation? Evidence, PageNotice? Problem) Confirm(
        AccountView view, LoanQuote quote, int readingSeconds, ReadingClock clock, string? shown, Speech speech)
    {
        var seconds = LoanCostTables.ReadingSeconds(view.Terms, readingSeconds, view.Today);
        return clock.Seconds(shown, view.State.Id, quote.CostTableId) switch
        {
            null => (null, new PageNotice(false, speech["cost.changed"])),
            { } read when read < seconds => (null, new PageNotice(false, speech.Say("cost.too-fast", seconds - read))),
            { } read => (new CostConfirmation(quote.CostTableId, read) { Language = speech.Language, Channel = "app" }, null),
        };
    }
}
