using System.Globalization;
using System.Text.Json;
using Mingzhang.Domain.Corrections;
using Mingzhang.Engine.Encoding;
using Mingzhang.Store;

namespace Mingzhang.Engine.Followers;

/// <summary>One notice to a borrower; its text is made from kind and data when it is shown.</summary>
/// <param name="Part">Index of the event in its row.</param>
/// <param name="Kind">The event's name without version, such as <c>statement-issued</c>.</param>
/// <param name="Data">The event as JSON; a correction without its states.</param>
public sealed record Notice(int Part, string Kind, string Data);

/// <summary>Puts what a borrower must hear of into the inbox.</summary>
internal sealed class Inbox : IFollower
{
    /// <summary>Its checkpoint's name.</summary>
    public const string Checkpoint = "inbox";

    private const string Insert =
        "INSERT INTO inbox (partition_id, account_id, position, part, kind, booked_on, data) "
        + "VALUES (@partition, @account, @position, @part, @kind, @day, @data)";

    private const string Corrected = "account-corrected";

    private static readonly HashSet<string> Told =
    [
        "account-opened", "account-reopened", "account-closed", Corrected, "auto-repay-fell-due", "bill-overdue", "bill-rolled",
        "closing-cancelled", "closing-confirmed", "closing-lapsed", "closing-requested", "credit-balance-returned",
        "dispute-opened", "dispute-resolved", "due-day-changed", "forced-closing-started", "limit-changed", "overdue-cured",
        "payment-failed", "refund-received", "repayment-received", "run-off-resumed", "restricted", "restricted-by-rule",
        "restriction-ended", "restriction-lifted", "statement-issued", "temporary-limit-expired", "temporary-limit-granted",
        "loan-requested", "loan-disbursed", "disbursement-failed", "loan-request-lapsed", "instalment-due", "loan-overdue",
        "loan-rescheduled", "loan-settled", "loan-debit-fell-due", "plan-started", "price-set", "version-move-booked", "version-moved",
    ];

    /// <inheritdoc/>
    public string Name => Checkpoint;

    /// <summary>The notices that follow from a row.</summary>
    public static IEnumerable<Notice> Of(JournalRow row)
    {
        if (row.Kind == RowKind.Refused)
        {
            yield break;
        }

        foreach (var slice in EventSlices.Of(row.Body))
        {
            var kind = slice.Type[..slice.Type.LastIndexOf('.')];
            if (Told.Contains(kind))
            {
                yield return new Notice(slice.Part, kind, kind == Corrected
                    ? Short(slice) : System.Text.Encoding.UTF8.GetString(slice.Json.Span));
            }
        }
    }

    /// <inheritdoc/>
    public object? Prepare(IReadOnlyList<JournalRow> rows) => rows.SelectMany(row => Of(row).Select(notice => (row, notice))).ToList();

    /// <inheritdoc/>
    public void Handle(IReadOnlyList<JournalRow> rows, object? prepared, FollowerTransaction transaction) => transaction.Write(
        Insert, ["@partition", "@account", "@position", "@part", "@kind", "@day", "@data"],
        (List<(JournalRow Row, Notice Notice)>)prepared!,
        one => [
            one.Row.Account.PartitionId, one.Row.Account.Value, one.Row.Position, one.Notice.Part, one.Notice.Kind,
            one.Row.BookedOn.ToStored(), one.Notice.Data,
        ]);

    /// <summary>A correction without the states it carries: what arrived late, what was withdrawn, which statements changed.</summary>
    private static string Short(EventSlice slice)
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

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }
}
