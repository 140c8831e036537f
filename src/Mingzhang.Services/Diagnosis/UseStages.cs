using Mingzhang.Domain.Accounts;
using Mingzhang.Engine.Encoding;
using Mingzhang.Services.Payments;
using Mingzhang.Store;

namespace Mingzhang.Services.Diagnosis;

/// <summary>The five stages of the last repayment, or of the last change when nothing was repaid (R137).</summary>
internal static class UseStages
{
    private const string Repayment = "repayment-received.v1";

    public static IReadOnlyList<UseStage> Of(UseCase asked, long rowVersion, Func<string, IReadOnlyList<TransferStep>> steps)
    {
        var paid = asked.Rows.LastOrDefault(row => Has(row, Repayment));
        var row = paid ?? asked.LastThatMatters;
        var moved = asked.Transfers.FirstOrDefault(one => one.Way == Channel.TransferWay.Debit);
        var list = new List<UseStage>();
        if (moved is { IsOver: false })
        {
            var word = TransferWords.Of(moved.State);
            list.Add(new UseStage(UseStep.Repayment, null, null, $"转账 {moved.Id}（{word}）", $"transfer {moved.Id}, {word}"));
        }
        else if (paid is not null)
        {
            var done = moved is null ? null : steps(moved.Id).LastOrDefault(step => step.Step == "done");
            list.Add(done is null
                ? new UseStage(UseStep.Repayment, UseCase.Time(paid.RecordedAt), null, "由收款渠道通知", "told by the channel")
                : new UseStage(
                    UseStep.Repayment, UseCase.Time(done.At), null, $"转账 {moved!.Id}，银行流水 {moved.Reference}",
                    $"transfer {moved.Id}, reference {moved.Reference}"));
        }

        if (row is null)
        {
            return list;
        }

        var at = UseCase.Time(row.RecordedAt);
        var granted = asked.Entitlement?.Granted ?? 0;
        var shown = asked.Question.Shown;
        list.Add(new UseStage(
            UseStep.Ledger, at, row.Sequence, $"账目第 {row.Sequence} 笔，记账日 {row.BookedOn:yyyy-MM-dd}",
            $"journal row {row.Sequence}, booked {row.BookedOn:yyyy-MM-dd}"));
        list.Add(new UseStage(
            UseStep.Limit, rowVersion >= row.Sequence ? at : null, rowVersion, $"账户记录到第 {rowVersion} 笔，与入账同时完成",
            $"account row at {rowVersion}; decided with the ledger"));
        list.Add(new UseStage(
            UseStep.Permission, granted >= row.Sequence ? UseCase.Time(asked.Entitlement!.GrantedAt) : null, granted,
            $"权限库到第 {granted} 笔", $"permission store at {granted}"));
        list.Add(shown is null || shown.Sequence >= row.Sequence
            ? new UseStage(UseStep.Screen, asked.Now, asked.View.State.Version, "本次查询", "this answer")
            : new UseStage(
                UseStep.Screen, null, shown.Sequence, $"页面显示到第 {shown.Sequence} 笔", $"the page shows {shown.Sequence}"));
        return list;
    }

    /// <summary>Whether a row holds an event of a type.</summary>
    private static bool Has(JournalRow row, string type) =>
        row.Kind != RowKind.Refused && EventSlices.Of(row.Body).Exists(slice => slice.Type == type);
}
