using System.Data.Common;
using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Store;

namespace Mingzhang.Engine.Approvals;

/// <summary>Which proposals are asked for.</summary>
/// <param name="Before">Below this number; 0 = from the latest on.</param>
/// <param name="Limit">At most so many.</param>
/// <param name="Open">True: those that wait. False: those that do not. Null: all.</param>
/// <param name="Account">Only of this account.</param>
public sealed record ProposalQuery(long Before, int Limit, bool? Open = null, AccountId? Account = null);

/// <summary>The rows of proposals.</summary>
internal static class ProposalShelf
{
    private const string Columns =
        "SELECT number AS Number, account_id AS Account, kind AS Kind, act AS Act, payload AS Payload, seal AS Seal, "
        + "bound_version AS BoundVersion, bound_on AS BoundOn, preview AS Preview, makers AS Makers, actor AS Actor, reason AS Reason, "
        + "proposed_on AS ProposedOn, proposed_at AS ProposedAt, last_on AS LastOn, replaces AS Replaces, status AS Status, "
        + "decider AS Decider, decided_with AS DecidedWith, note AS Note, decided_on AS DecidedOn, decided_at AS DecidedAt, "
        + "outcome AS Outcome FROM proposal WHERE partition_id BETWEEN 0 AND 1023 ";

    private const string One = Columns + "AND number = @number";

    private const string Unfinished =
        Columns + "AND status = 'approved' ORDER BY number";

    private const string Same =
        Columns + "AND partition_id = @Partition AND account_id = @Account AND status = 'open' AND seal = @Seal";

    private const string Page =
        Columns + "AND (@before = 0 OR number < @before) "
        + "AND (@open = 0 OR (status = 'open' AND last_on >= @today)) AND (@closed = 0 OR NOT (status = 'open' AND last_on >= @today)) "
        + "ORDER BY number DESC LIMIT @limit";

    private const string PageOfAccount =
        Columns + "AND partition_id = @partition AND account_id = @account AND (@before = 0 OR number < @before) "
        + "AND (@open = 0 OR (status = 'open' AND last_on >= @today)) AND (@closed = 0 OR NOT (status = 'open' AND last_on >= @today)) "
        + "ORDER BY number DESC LIMIT @limit";

    private const string NextNumber = "SELECT coalesce(max(number), 0) + 1 FROM proposal WHERE partition_id BETWEEN 0 AND 1023";

    private const string Insert =
        "INSERT INTO proposal (partition_id, number, account_id, kind, act, payload, seal, bound_version, bound_on, preview, makers, "
        + "actor, reason, proposed_on, proposed_at, last_on, replaces, status, decider, decided_with, note, decided_on, decided_at, "
        + "outcome) VALUES (@Partition, @Number, @Account, @Kind, @Act, @Payload, @Seal, @BoundVersion, @BoundOn, @Preview, @Makers, "
        + "@Actor, @Reason, @ProposedOn, @ProposedAt, @LastOn, @Replaces, 'open', '', '', '', 0, 0, '')";

    private const string DecideOpen =
        "UPDATE proposal SET status = @status, decider = @by, decided_with = @with, note = @note, decided_on = @on, decided_at = @at "
        + "WHERE partition_id = @partition AND number = @number AND status = 'open'";

    private const string Finish =
        "UPDATE proposal SET status = @status, outcome = @outcome WHERE partition_id = @partition AND number = @number "
        + "AND status = 'approved'";

    /// <summary>One proposal, or null.</summary>
    public static Proposal? Find(DbConnection connection, long number, DbTransaction? transaction = null) =>
        connection.QueryFirstOrDefault<Row>(One, new { number }, transaction)?.ToProposal();

    /// <summary>Approved ones whose act is not confirmed.</summary>
    public static IReadOnlyList<Proposal> Approved(DbConnection connection) =>
        [.. connection.Query<Row>(Unfinished).Select(row => row.ToProposal())];

    /// <summary>A page, latest first.</summary>
    public static IReadOnlyList<Proposal> List(DbConnection connection, ProposalQuery query, DateOnly today)
    {
        var values = new
        {
            before = query.Before, limit = query.Limit, open = query.Open == true ? 1 : 0, closed = query.Open == false ? 1 : 0,
            today = today.ToStored(), partition = query.Account?.PartitionId ?? 0, account = query.Account?.Value ?? 0,
        };
        return [.. connection.Query<Row>(query.Account is null ? Page : PageOfAccount, values).Select(row => row.ToProposal())];
    }

    /// <summary>Stores a proposal under the next number; the open one when the same stands there already.</summary>
    public static Proposal Add(DbConnection connection, DbTransaction transaction, Proposal proposal)
    {
        var row = Row.Of(proposal);
        if (connection.QueryFirstOrDefault<Row>(Same, row, transaction) is { } same)
        {
            return same.ToProposal();
        }

        var numbered = proposal with { Number = connection.ExecuteScalar<long>(NextNumber, null, transaction) };
        connection.Execute(Insert, Row.Of(numbered), transaction);
        return numbered;
    }

    /// <summary>Writes a decision; false when somebody decided before.</summary>
    public static bool Decide(
        DbConnection connection, DbTransaction transaction, Proposal proposal, ProposalStatus status, ProposalDecision decision) =>
        connection.Execute(
            DecideOpen,
            new
            {
                status = Word(status), by = decision.By, with = decision.Actor, note = decision.Note, on = decision.On.ToStored(),
                at = decision.At, partition = Row.PartitionOf(proposal), number = proposal.Number,
            },
            transaction) == 1;

    /// <summary>Writes what the act answered, once.</summary>
    public static void Answer(
        DbConnection connection, DbTransaction transaction, Proposal proposal, ProposalStatus status, string outcome) =>
        connection.Execute(
            Finish,
            new { status = Word(status), outcome, partition = Row.PartitionOf(proposal), number = proposal.Number },
            transaction);

    private static string Word(ProposalStatus status) => status.ToString().ToLowerInvariant();

    private sealed record Row
    {
        public long Partition { get; init; }
        public long Number { get; init; }
        public long Account { get; init; }
        public string Kind { get; init; } = "";
        public string Act { get; init; } = "";
        public string Payload { get; init; } = "";
        public string Seal { get; init; } = "";
        public long BoundVersion { get; init; }
        public long BoundOn { get; init; }
        public string Preview { get; init; } = "";
        public string Makers { get; init; } = "";
        public string Actor { get; init; } = "";
        public string Reason { get; init; } = "";
        public long ProposedOn { get; init; }
        public long ProposedAt { get; init; }
        public long LastOn { get; init; }
        public long Replaces { get; init; }
        public string Status { get; init; } = "";
        public string Decider { get; init; } = "";
        public string DecidedWith { get; init; } = "";
        public string Note { get; init; } = "";
        public long DecidedOn { get; init; }
        public long DecidedAt { get; init; }
        public string Outcome { get; init; } = "";

        public static int PartitionOf(Proposal proposal) => proposal.Draft.Account?.PartitionId ?? 0;

        public static Row Of(Proposal p) => new()
        {
            Partition = PartitionOf(p), Number = p.Number, Account = p.Draft.Account?.Value ?? 0, Kind = p.Draft.Kind, Act = p.Draft.Act,
            Payload = p.Draft.Payload, Seal = p.Seal, BoundVersion = p.BoundVersion, BoundOn = p.BoundOn.ToStored(), Preview = p.Preview,
            Makers = string.Join('\n', p.Makers), Actor = p.Actor, Reason = p.Draft.Reason, ProposedOn = p.ProposedOn.ToStored(),
            ProposedAt = p.ProposedAt, LastOn = p.LastOn.ToStored(), Replaces = p.Replaces,
        };

        public Proposal ToProposal() => new()
        {
            Number = Number,
            Draft = new ProposalDraft(Kind, Act, Account == 0 ? null : new AccountId(Account), Payload, Reason),
            Seal = Seal,
            BoundVersion = BoundVersion,
            BoundOn = StoreDates.FromStored(BoundOn),
            Preview = Preview,
            Makers = Makers.Split('\n'),
            Actor = Actor,
            ProposedOn = StoreDates.FromStored(ProposedOn),
            ProposedAt = ProposedAt,
            LastOn = StoreDates.FromStored(LastOn),
            Replaces = Replaces,
            Status = Enum.Parse<ProposalStatus>(Status, ignoreCase: true),
            Decision = Decider.Length == 0
                ? null : new ProposalDecision(Decider, DecidedWith, Note, StoreDates.FromStored(DecidedOn), DecidedAt),
            Outcome = Outcome,
        };
    }
}
