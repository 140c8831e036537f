using Dapper;
using Mingzhang.Engine.Encoding;
using Mingzhang.Engine.Followers;
using Mingzhang.Store;

namespace Mingzhang.Engine.Verification;

/// <summary>Compares what waits for webhooks, or was delivered, with the events of the journal.</summary>
/// <remarks>
/// That a message is missing cannot be seen: which endpoints were active when a row was followed is not kept. How often was tried, and the
/// last error, stand nowhere else; they are only held against each other.
/// </remarks>
internal sealed class OutboxCheck(IAuditReader reader, Findings findings, long checkpoint)
{
    private const string OfPartition =
        "SELECT position AS Position, part AS Part, webhook_id AS Webhook, account_id AS Account, type AS Type, payload AS Payload, "
        + "attempts AS Attempts, next_attempt AS NextAttempt, delivered_at AS DeliveredAt, last_error AS LastError "
        + "FROM outbox WHERE partition_id = @partition ORDER BY position, part, webhook_id";

    private JournalRow? _row;
    private List<EventSlice> _slices = [];

    /// <summary>Names every message of a partition that is not that of its event.</summary>
    public void Compare(int partition)
    {
        foreach (var message in reader.Connection.Query<Message>(OfPartition, new { partition }, buffered: false))
        {
            if (Fault(partition, message) is { } fault)
            {
                findings.Add(new Difference(
                    "outbox", partition, null, null, $"the message {message.Position}-{message.Part} to {message.Webhook} {fault}"));
            }
        }
    }

    private string? Fault(int partition, Message message)
    {
        if (_row?.Position != message.Position)
        {
            _row = reader.At(partition, message.Position);
            _slices = _row is null or { Kind: RowKind.Refused } ? [] : EventSlices.Of(_row.Body);
        }

        if (_row is null || message.Position > checkpoint || message.Part < 0 || message.Part >= _slices.Count)
        {
            return "follows from no event";
        }

        var slice = _slices[(int)message.Part];
        return message.Account != _row.Account.Value || message.Type != slice.Type || message.Payload != Outbox.Payload(_row, slice)
            ? "is not that of its event"
            : IsTold(message) ? null : "tells of attempts that cannot be";
    }

    /// <summary>Never tried, waiting or given up with an error, or delivered.</summary>
    private static bool IsTold(Message message) => message switch
    {
        { Attempts: 0 } => message is { NextAttempt: 0, DeliveredAt: 0, LastError: "" },
        { Attempts: < 0 or > 1000 } => false,
        { DeliveredAt: 0 } => message.NextAttempt > 0 && message.LastError.Length > 0,
        _ => message is { DeliveredAt: > 0, NextAttempt: 0, LastError: "" },
    };

    private sealed record Message(
        long Position, long Part, string Webhook, long Account, string Type, string Payload, long Attempts, long NextAttempt,
        long DeliveredAt, string LastError);
}
