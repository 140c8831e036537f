using Dapper;
using Mingzhang.Domain.Ledger;
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
    private const string Notices =
        "SELECT position AS Position, part AS Part, kind AS Kind, booked_on AS BookedOn, data AS Data FROM inbox "
        + "WHERE partition_id = @partition AND account_id = @account AND position * 1000 + part > @after "
        + "ORDER BY position, part LIMIT @limit";

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
        using var connection = account.House.OpenReadOnly();
        var rows = connection.Query<Row>(Notices, new
        {
            partition = account.Id.PartitionId, account = account.Id.Value, after = page.After, limit = page.Limit + 1,
        }).AsList();
        var items = rows.Take(page.Limit).Select(row => new NoticeLine(
            row.Position, (int)row.Part, row.Kind, StoreDates.FromStored(row.BookedOn),
                new RawJson(System.Text.Encoding.UTF8.GetBytes(row.Data)))).ToList();
        return new Page<NoticeLine>(
            items, rows.Count > items.Count ? Cursor.Of("inbox", (items[^1].Position * 1000) + items[^1].Part) : null);
    }

    private sealed record Row(long Position, long Part, string Kind, long BookedOn, string Data);
}
