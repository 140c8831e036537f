using Mingzhang.Domain.Ledger;
using Mingzhang.Engine.Encoding;
using Mingzhang.Store;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Api.Resources;

/// <summary>One journal row.</summary>
/// <param name="Sequence">1, 2, 3 … within the account.</param>
/// <param name="Kind">accepted, refused, day.</param>
/// <param name="BookedOn">Business day of the books.</param>
/// <param name="EffectiveOn">Economic day.</param>
/// <param name="Actor">Who asked.</param>
/// <param name="Key">Idempotency key; of API callers with <c>api:</c> before it.</param>
/// <param name="Body">The events, or the refusal, as stored.</param>
/// <param name="Postings">The balanced entry.</param>
/// <param name="Hash">Link of the account's chain.</param>
internal sealed record JournalLine(
    long Sequence, RowKind Kind, DateOnly BookedOn, DateOnly EffectiveOn, string Actor, string Key, RawJson Body,
    IReadOnlyList<PostingLine> Postings, string Hash);

/// <summary>One line of an entry: debit positive, credit negative, minor units.</summary>
internal sealed record PostingLine(int Number, LedgerAccount Ledger, string Currency, long AmountMinor);

/// <summary>One notice of the inbox.</summary>
internal sealed record NoticeLine(long Position, int Part, string Kind, DateOnly BookedOn, RawJson Data);

/// <summary>The journal of an account, and its inbox.</summary>
internal static class JournalApi
{
    public static void Map(ApiRoutes api)
    {
        api.Account<PageQuery, Page<JournalLine>>(
            "/journal", "list-journal", "Every row of the account's journal: events or refusal, and postings.", q =>
                PageQuery.Read(q, "journal"), Journal);
        api.Account<PageQuery, Page<NoticeLine>>(
            "/inbox", "list-inbox", "Notices to the borrower, oldest first.", q => PageQuery.Read(q, "inbox"), Inbox);
    }

    private static ApiResult<Page<JournalLine>> Journal(AccountCall account, PageQuery page)
    {
        var left = account.House.Rows(account.Id).Where(row => row.Sequence > page.After).ToList();
        var items = left.Take(page.Limit).Select(LineOf).ToList();
        return new Page<JournalLine>(items, left.Count > items.Count ? Cursor.Of("journal", items[^1].Sequence) : null);
    }

    private static JournalLine LineOf(JournalRow row) => new(
        row.Sequence, row.Kind, row.BookedOn, row.EffectiveOn, row.Actor, row.Key, new RawJson(row.Body),
        [.. PostingCodec.Read(row.Postings).Select(posting => new PostingLine(
            (int)posting.Account, posting.Account, posting.Amount.Currency.ToString(), posting.Amount.MinorUnits))],
        Convert.ToHexStringLower(row.Hash));

    private static ApiResult<Page<NoticeLine>> Inbox(AccountCall account, PageQuery page)
    {
        var items = (
            from row in account.House.Rows(account.Id)
            from told in ToldEvent.Of(row)
            where PlaceOf(row.Position, told.Part) > page.After
            select new NoticeLine(row.Position, told.Part, told.Kind, row.BookedOn, new RawJson(told.Data)))
            .Take(page.Limit + 1).ToList();
        var shown = items.Take(page.Limit).ToList();
        return new Page<NoticeLine>(
            shown, items.Count > shown.Count ? Cursor.Of("inbox", PlaceOf(shown[^1].Position, shown[^1].Part)) : null);
    }

    private static long PlaceOf(long position, int part) => (position * 1000) + part;
}
