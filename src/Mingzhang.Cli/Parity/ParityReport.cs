using System.Globalization;
using Mingzhang.Cli.Output;

namespace Mingzhang.Cli.Parity;

/// <summary>What a file of cases came to.</summary>
/// <param name="Family">The family's name.</param>
/// <param name="Cases">Compared cases.</param>
/// <param name="Equal">Those that are equal.</param>
/// <param name="Failures">Those that are not.</param>
/// <param name="NotCompared">Cases out of scope, by reason.</param>
public sealed record ParityReport(
    string Family, int Cases, int Equal, IReadOnlyList<ParityFailure> Failures, IReadOnlyList<ParityLeftOut> NotCompared)
{
    /// <summary>Whether cases were compared and all are equal. A file of which nothing is compared shows nothing.</summary>
    public bool IsLevel => Cases > 0 && Equal == Cases;

    /// <summary>Runs all cases; throws <see cref="ProblemException"/> when there is none, or two of one id.</summary>
    public static ParityReport Of(IParityFamily family, ParityFile file)
    {
        var cases = family.Read(file);
        if (cases.Count == 0)
        {
            throw file.Bad(null, "cases", ("there is no case in the file", "Name a file that holds cases of this family."),
                ("文件中没有案例", "请指定含有该类别案例的文件。"));
        }

        if (cases.GroupBy(one => one.Id, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw file.Bad(null, "id", ($"the case {twice.Key} comes twice", "Give each case an id of its own."),
                ($"案例 {twice.Key} 重复出现", "请让每个案例的编号唯一。"));
        }

        return Of(family.Name, [.. cases.Select(one => (one.Id, Outcome(one)))]);
    }

    /// <summary>Failures first, then what was not compared, then <c>N of M</c>, or one line of JSON.</summary>
    public void Write(Screen screen)
    {
        foreach (var failure in Failures)
        {
            screen.Line($"{failure.Id}: expected {failure.Expected}");
            screen.Line($"{new string(' ', failure.Id.Length)}    actual {failure.Actual}");
        }

        foreach (var left in NotCompared)
        {
            screen.Line(string.Create(
                CultureInfo.InvariantCulture, $"not compared: {left.Cases.Count} ({string.Join(", ", left.Cases)}): {left.Reason}"));
        }

        screen.Line(string.Create(CultureInfo.InvariantCulture, $"{Equal} of {Cases}"));
        screen.Json(this);
    }

    private static ParityReport Of(string family, IReadOnlyList<(string Id, ParityOutcome Outcome)> done)
    {
        var failures = done.Where(one => one.Outcome is CaseDiffers)
            .Select(one => (one.Id, Differs: (CaseDiffers)one.Outcome))
            .Select(one => new ParityFailure(one.Id, one.Differs.Expected, one.Differs.Actual)).ToList();
        var leftOut = done.Where(one => one.Outcome is CaseLeftOut).GroupBy(one => ((CaseLeftOut)one.Outcome).Reason, one => one.Id)
            .Select(same => new ParityLeftOut(same.Key, [.. same])).ToList();
        var equal = done.Count(one => one.Outcome is CaseEqual);
        return new ParityReport(family, equal + failures.Count, equal, failures, leftOut);
    }

    // A case that breaks the product is a difference of that case; the others are still told.
    private static ParityOutcome Outcome(ParityCase one)
    {
        try
        {
            return one.Run();
        }
        catch (Exception e) when (e is not ProblemException and not OutOfMemoryException)
        {
            return new CaseDiffers("an answer", $"{e.GetType().Name}: {e.Message}");
        }
    }
}

/// <summary>A case that is not equal.</summary>
public sealed record ParityFailure(string Id, string Expected, string Actual);

/// <summary>Cases that are out of scope for one reason.</summary>
public sealed record ParityLeftOut(string Reason, IReadOnlyList<string> Cases);
