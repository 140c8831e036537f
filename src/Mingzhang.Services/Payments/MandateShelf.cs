using System.Data.Common;
using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Store;

namespace Mingzhang.Services.Payments;

/// <summary>The rows of mandates.</summary>
internal static class MandateShelf
{
    private const string OfAccount =
        "SELECT partition_id AS Partition, account_id AS Account, token AS Token, number AS Number, most AS Most, agreed_on AS AgreedOn, "
        + "text_version AS TextVersion, ended_on AS EndedOn, ended_by AS EndedBy, turn AS Turn, registered AS Registered FROM mandate "
        + "WHERE partition_id = @partition AND account_id = @account ORDER BY token";

    private const string Upsert =
        "INSERT INTO mandate (partition_id, account_id, token, number, most, agreed_on, text_version, ended_on, ended_by, turn, "
        + "registered) VALUES (@partition, @account, @token, @number, @most, @agreed, @text, @ended, @by, @turn, @registered) "
        + "ON CONFLICT (partition_id, account_id, token) DO UPDATE SET number = excluded.number, most = excluded.most, "
        + "agreed_on = excluded.agreed_on, text_version = excluded.text_version, ended_on = excluded.ended_on, "
        + "ended_by = excluded.ended_by, turn = excluded.turn, registered = excluded.registered";

    /// <summary>Those of an account, one for each bank account.</summary>
    public static IReadOnlyList<Mandate> Of(DbConnection connection, AccountId account, DbTransaction? transaction = null) =>
        [.. connection.Query<Row>(OfAccount, new { partition = account.PartitionId, account = account.Value }, transaction)
            .Select(row => row.ToMandate())];

    /// <summary>Keeps one.</summary>
    public static void Put(DbConnection connection, DbTransaction transaction, Mandate one) => connection.Execute(
        Upsert,
        new
        {
            partition = one.Account.PartitionId, account = one.Account.Value, token = one.Token, number = one.Number, most = one.Most,
            agreed = one.AgreedOn.ToStored(), text = one.TextVersion, ended = one.EndedOn?.ToStored() ?? 0, by = one.EndedBy,
            turn = one.Turn, registered = one.Registered ? 1 : 0,
        },
        transaction);

    private sealed record Row
    {
        public long Partition { get; init; }
        public long Account { get; init; }
        public string Token { get; init; } = "";
        public string Number { get; init; } = "";
        public long Most { get; init; }
        public long AgreedOn { get; init; }
        public string TextVersion { get; init; } = "";
        public long EndedOn { get; init; }
        public string EndedBy { get; init; } = "";
        public long Turn { get; init; }
        public long Registered { get; init; }

        public Mandate ToMandate() => new()
        {
            Account = new AccountId(Account), Token = Token, Number = Number, Most = Most, AgreedOn = StoreDates.FromStored(AgreedOn),
            TextVersion = TextVersion, EndedOn = EndedOn == 0 ? null : StoreDates.FromStored(EndedOn), EndedBy = EndedBy,
            Turn = (int)Turn, Registered = Registered == 1,
        };
    }
}
