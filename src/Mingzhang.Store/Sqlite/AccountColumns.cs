using Mingzhang.Domain.Values;

namespace Mingzhang.Store.Sqlite;

/// <summary>The one place that reads an account row's columns.</summary>
internal static class AccountColumns
{
    /// <summary>One account's row.</summary>
    public const string ById =
        "SELECT account_id, version, head_hash, status, product, terms_version, currency, opened_on, figures_on, total_limit, "
            + "available, debt, "
        + "credit, overdue_since, restricted, next_date FROM account WHERE partition_id = ?1 AND account_id = ?2";

    /// <summary>Reads the current row; the columns of <c>account</c> without the partition.</summary>
    public static AccountRow Read(RawStatement row) => new(
        new AccountId(row.Long(0)),
        row.Long(1),
        row.Bytes(2),
        row.Text(3),
        row.Text(4),
        checked((int)row.Long(5)),
        row.Text(6),
        Day(row.Long(7)),
        StoreDates.FromStored(row.Long(8)),
        row.Long(9),
        row.Long(10),
        row.Long(11),
        row.Long(12),
        Day(row.Long(13)),
        checked((int)row.Long(14)),
        StoreDates.FromStored(row.Long(15)));

    private static DateOnly? Day(long stored) => stored == 0 ? null : StoreDates.FromStored(stored);
}
