using System.Globalization;
using System.Text.Json;
using Mingzhang.Services.People;

namespace Mingzhang.Cli.Parity.Families;

/// <summary>Identity numbers of GB 11643, and the areas of GB/T 2260.</summary>
/// <remarks>Format: an object whose lists hold cases of <c>id</c>, <c>valid</c> (null: right by a loose check, wrong by a strict one,
/// which also asks that the area was given out by the year of birth) and optional <c>birth</c>, <c>sex</c>, <c>area</c>; or a table
/// <c>code,last_name,first_year,last_year</c>.</remarks>
internal sealed class Ids : IParityFamily
{
    private const string TableHeader = "code,last_name,first_year,last_year";

    public string Name => "ids";

    public IReadOnlyList<ParityCase> Read(ParityFile file)
    {
        if (CaseTable.Is(file, TableHeader))
        {
            return [.. CaseTable.Rows(file).Select(row => new ParityCase(row[0], () => Area(row)))];
        }

        return [.. CaseList.AllLists(file.Json(), "id").Select(Case)];
    }

    private static ParityCase Case(ParityNode node)
    {
        var text = node.Get("id").Text();
        var (birth, sex, area) = (node.Find("birth")?.Day(), node.Find("sex")?.Text(), node.Find("area")?.Text());
        var valid = node.Get("valid") is { Kind: not JsonValueKind.Null } verdict ? verdict.Flag() : (bool?)null;
        return new ParityCase($"{node.Place} {text}", () => Compare(IdNumberReader.Read(text, Today()), valid, birth, sex, area));
    }

    private static ParityOutcome Compare(IdNumberAnswer answer, bool? valid, DateOnly? birth, string? sex, string? area)
    {
        var id = (answer as IdNumberRead)?.Id;
        var comparison = new Comparison().Same("valid", valid ?? true, id is not null);
        if (id is null)
        {
            return comparison.Outcome;
        }

        if (valid is null)
        {
            comparison.Same("valid by the strict check", false, id.AreaFitsBirth);
        }

        return comparison
            .Same("birth", birth ?? id.Birth, id.Birth)
            .Same("sex", sex ?? Sex(id), Sex(id))
            .Same("area", area ?? id.County?.Name, id.County?.Name).Outcome;
    }

    private static ParityOutcome Area(string[] row)
    {
        var area = int.TryParse(row[0], CultureInfo.InvariantCulture, out var code) ? AreaCodes.Find(code) : null;
        return new Comparison().Same("area", string.Join(',', row), area is null
            ? "none"
            : string.Create(CultureInfo.InvariantCulture, $"{area.Code},{area.Name},{area.FirstYear},{area.LastYear}")).Outcome;
    }

    private static string Sex(IdNumber id) => id.IsMale ? "M" : "F";

    private static DateOnly Today() => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).Date);
}
