using Mingzhang.Domain.Explaining;
using Mingzhang.Services.Payments;
using Mingzhang.Store;

namespace Mingzhang.Services.Diagnosis;

/// <summary>A step of an account's life, as a borrower may keep it.</summary>
/// <param name="Sequence">Journal sequence.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="BookedOn">Day of the books.</param>
/// <param name="EffectiveOn">Day it counts from.</param>
/// <param name="By">borrower, staff, channel or system; no name.</param>
/// <param name="Events">What happened, by name and reference.</param>
public sealed record TraceEntry(
    long Sequence, DateTimeOffset At, DateOnly BookedOn, DateOnly EffectiveOn, string By, IReadOnlyList<string> Events);

/// <summary>A transfer with its steps.</summary>
/// <param name="Id">Its name at the bank.</param>
/// <param name="State">How far it is.</param>
/// <param name="AmountMinor">Asked for.</param>
/// <param name="MovedMinor">What moved.</param>
/// <param name="Steps">Time and step.</param>
public sealed record TraceTransfer(string Id, string State, long AmountMinor, long MovedMinor, IReadOnlyList<string> Steps);

/// <summary>Events, times and ids of an answer (R151): no secrets, no names, nothing about how risk is judged.</summary>
/// <param name="Diagnosis">The answer.</param>
/// <param name="Journal">The latest entries.</param>
/// <param name="Transfers">The latest transfers.</param>
/// <param name="PermissionStore">What it knew.</param>
/// <param name="Differences">What was found to differ, and when it was repaired.</param>
/// <param name="Attempts">The latest attempts to pay at shops.</param>
public sealed record UseTrace(
    UseDiagnosis Diagnosis, IReadOnlyList<TraceEntry> Journal, IReadOnlyList<TraceTransfer> Transfers, string PermissionStore,
    IReadOnlyList<string> Differences, IReadOnlyList<string> Attempts)
{
    private const int Entries = 50;

    /// <summary>Of what was read.</summary>
    internal static UseTrace Of(UseCase asked, UseDiagnosis diagnosis, Func<string, IReadOnlyList<TransferStep>> steps)
    {
        var rows = asked.Rows.ToDictionary(row => row.Sequence);
        return new UseTrace(
            diagnosis,
            [.. asked.View.History.TakeLast(Entries).Where(entry => rows.ContainsKey(entry.Sequence)).Select(entry => new TraceEntry(
                entry.Sequence, UseCase.Time(rows[entry.Sequence].RecordedAt), entry.BookedOn, rows[entry.Sequence].EffectiveOn,
                Who(rows[entry.Sequence]),
                [.. entry.Events.Select(one => $"{EventNames.Of(one)} {EventNames.ReferenceOf(one)}".TrimEnd())]))],
            [.. asked.Transfers.Take(10).Select(one => new TraceTransfer(
                one.Id, TransferWords.Of(one.State), one.Amount.MinorUnits, one.Moved,
                [.. steps(one.Id).Select(step => $"{UseCase.Time(step.At):O} {step.Step}")]))],
            asked.Entitlement is { } kept ? $"wanted {kept.Wanted}, granted {kept.Granted} at {UseCase.Time(kept.GrantedAt):O}" : "no row",
            [.. asked.Faults.Select(fault => $"{UseCase.Time(fault.FoundAt):O} {fault.Kind}: {fault.Detail}, "
                + (fault.EndedAt > 0 ? $"repaired {UseCase.Time(fault.EndedAt):O}" : "open"))],
            [.. asked.Attempts.Select(one => $"{UseCase.Time(one.At):O} {one.OrderId} {one.AmountMinor}: {one.Outcome}")]);
    }

    private static string Who(JournalRow row) => row.Actor.Split(':')[0] switch
    {
        "customer" or "web" => "borrower",
        "channel" => "channel",
        "staff" or "key" => "staff",
        _ => "system",
    };
}
