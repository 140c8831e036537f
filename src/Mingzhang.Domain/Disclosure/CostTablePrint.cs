using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Mingzhang.Domain.Disclosure;

/// <summary>The content of a cost table as one text, and its SHA-256: whoever has the text can compute the id.</summary>
internal static class CostTablePrint
{
    public static string Of(CostTable table) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text(table))));

    /// <summary>One line per thing, fields separated by tabs; field order is part of the format and never changes.</summary>
    public static string Text(CostTable table)
    {
        var (offer, text) = (table.Offer, new StringBuilder("cost-table.1\n"));
        Line(text, offer.ProductCode, offer.TermsVersion, offer.Licence, offer.WordingVersion);
        Line(text, Day(offer.OfferedOn), Day(offer.DisbursedOn), offer.Principal);
        Line(text, table.Rates.SimplePpm, table.Rates.CompoundPpm, table.Cap.AnnualPpm, table.Cap.Clause.Zh);
        foreach (var later in offer.Later.AsSpan())
        {
            Line(text, "out", Day(later.On), later.AmountMinor);
        }

        foreach (var row in offer.Rows.AsSpan())
        {
            Line(text, "row", row.Number, Day(row.DueOn), row.PrincipalMinor, row.InterestMinor, row.FeeMinor);
        }

        foreach (var item in offer.Items.AsSpan())
        {
            Line(text, "item", item.Kind, item.Timing, item.AmountMinor, item.StandardPpm, item.Basis, item.Receiver);
        }

        return text.ToString();
    }

    private static void Line(StringBuilder text, params ReadOnlySpan<object?> fields)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            var field = Convert.ToString(fields[i], CultureInfo.InvariantCulture) ?? "";
            text.Append(i == 0 ? "" : "\t").Append(field.Replace('\t', ' ').Replace('\n', ' '));
        }

        text.Append('\n');
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
