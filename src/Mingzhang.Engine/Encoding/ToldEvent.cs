using System.Globalization;
using System.Text.Json;
using Mingzhang.Store;

namespace Mingzhang.Engine.Encoding;

/// <summary>Something a borrower hears of; its text is made from kind and data when it is shown.</summary>
/// <param name="Part">Index of the event in its row.</param>
/// <param name="Kind">The event's name without version, such as <c>statement-issued</c>.</param>
/// <param name="Data">The event as JSON in UTF-8; a correction without its states.</param>
public sealed record ToldEvent(int Part, string Kind, ReadOnlyMemory<byte> Data)
{
    private const string Corrected = "account-corrected";

    private static readonly HashSet<string> Kinds =
    [
        "account-opened", "account-reopened", "account-closed", Corrected, "auto-repay-fell-due", "bill-overdue", "bill-rolled",
        "closing-cancelled", "closing-confirmed", "closing-lapsed", "closing-requested", "credit-balance-returned",
        "dispute-opened", "dispute-resolved", "due-day-changed", "forced-closing-started", "limit-changed", "overdue-cured",
        "payment-failed", "refund-received", "repayment-received", "run-off-resumed", "restricted", "restricted-by-rule",
        "restriction-ended", "restriction-lifted", "statement-issued", "temporary-limit-expired", "temporary-limit-granted",
        "loan-requested", "loan-disbursed", "disbursement-failed", "loan-request-lapsed", "instalment-due", "loan-overdue",
        "loan-rescheduled", "loan-settled", "loan-debit-fell-due", "plan-started", "price-set", "version-move-booked", "version-moved",
    ];

    /// <summary>What follows from a row, in the order of its events.</summary>
    public static IEnumerable<ToldEvent> Of(JournalRow row)
    {
        if (row.Kind == RowKind.Refused)
        {
            yield break;
        }

        foreach (var slice in EventSlices.Of(row.Body))
        {
            var kind = slice.Type[..slice.Type.LastIndexOf('.')];
            if (Kinds.Contains(kind))
            {
                yield return new ToldEvent(slice.Part, kind, kind == Corrected ? Short(slice) : slice.Json);
            }
        }
    }

    /// <summary>A correction without the states it carries: what arrived late, what was withdrawn, which statements changed.</summary>
    private static byte[] Short(EventSlice slice)
    {
        var corrected = CorrectionFacts.Read(slice);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("type", slice.Type);
            writer.WriteString("effectiveOn", corrected.EffectiveOn.ToString("O", CultureInfo.InvariantCulture));
            writer.WriteString("late", corrected.Late?.GetType().Name);
            writer.WriteNumber("withdrawn", corrected.Withdrawn);
            writer.WriteStartArray("statements");
            foreach (var statement in corrected.Statements.AsSpan())
            {
                writer.WriteStartObject();
                writer.WriteString("issuedOn", statement.After.IssuedOn.ToString("O", CultureInfo.InvariantCulture));
                writer.WriteString("before", statement.Before.Closing.ToString());
                writer.WriteString("after", statement.After.Closing.ToString());
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
