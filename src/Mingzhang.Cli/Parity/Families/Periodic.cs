using System.Globalization;
using System.Text.Json;
using Mingzhang.Domain.AnnualCost;

namespace Mingzhang.Cli.Parity.Families;

/// <summary>Financial functions by their spreadsheet names.</summary>
/// <remarks>Format: a list of <c>id</c>, <c>fn</c>, <c>args</c>, <c>expected</c> (a number, <c>#NUM!</c> or <c>#VALUE!</c>) and
/// <c>tolerance</c> (null: exact up to rounding of the last digits).</remarks>
internal sealed class Periodic : IParityFamily
{
    private const double Exact = 1e-9;

    public string Name => "periodic";

    public IReadOnlyList<ParityCase> Read(ParityFile file) => [.. CaseList.Of(file.Json()).Select(Case)];

    private static ParityCase Case(ParityNode node)
    {
        var (function, arguments, expected) = (node.Get("fn").Text(), node.Get("args").Items(), node.Get("expected"));
        var tolerance = node.Find("tolerance")?.Number() ?? Exact;
        var number = expected.Kind == JsonValueKind.Number ? expected.Number() : (double?)null;
        var error = number is null && expected.Kind != JsonValueKind.Null ? expected.Text() : null;
        return new ParityCase(node.Get("id").Text(), () => Compare(PeriodicCall.Of(function, arguments), number, error, tolerance));
    }

    private static ParityOutcome Compare(PeriodicAnswer answer, double? expected, string? error, double tolerance)
    {
        if (answer.Number is { } number && expected is { } wanted)
        {
            return new Comparison().Near("value", wanted, number, tolerance).Outcome;
        }

        var actual = answer.Number?.ToString(CultureInfo.InvariantCulture) ?? answer.Error;
        return new Comparison().Same("value", expected?.ToString(CultureInfo.InvariantCulture) ?? error ?? "#NUM!", actual).Outcome;
    }
}
