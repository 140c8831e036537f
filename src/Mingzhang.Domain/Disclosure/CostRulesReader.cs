using System.Globalization;
using System.Text.Json;

namespace Mingzhang.Domain.Disclosure;

/// <summary>Reads <c>products/cost-rules.json</c>; the shape is also in <c>products/cost-rules.schema.json</c>.</summary>
internal static class CostRulesReader
{
    private const int MostDays = 36_500;
    private const long Million = 1_000_000;

    private static readonly BrokenRule Ends = new(
        "a row ends after it begins", "Correct the day, or write null for open.", "结束日须晚于开始日", "请改正日期，或填 null 表示未定。");

    private static readonly BrokenRule Longer = new(
        "atMostDays is above moreThanDays", "Correct the bounds of the term.", "atMostDays 须大于 moreThanDays", "请改正期限范围。");

    private static readonly BrokenRule Twice = new(
        "one rule for one thing on one day", "Let the earlier row end where the later begins.",
        "同一事项在同一天只能有一条规则", "请让前一条在后一条开始之日结束。");

    public static CostRules Read(JsonElement root, ProductErrors errors)
    {
        var fields = new JsonFields(root, "", errors);
        fields.Allow("$schema");
        var rules = new CostRules(
            fields["version"].Count(1, 1_000_000),
            new CapTable(fields["caps"].List(1, item => Cap(item.Object()))),
            new DisclosureGate(fields["disclosure"].List(1, item => Duty(item.Object()))),
            new ExposureTable(fields["exposure"].List(1, item => Exposure(item.Object()))))
        {
            Cooperation = fields["cooperation"].List(1, item => Cooperation(item.Object())),
        };
        fields.NoOthers();
        Check("caps", rules.Caps.Rows, row => row.Validity, Collides, errors);
        Check("disclosure", rules.Gate.Duties, row => row.Validity, (_, _) => true, errors);
        Check("exposure", rules.Exposure.Rows, row => row.Validity, (a, b) => a.Class == b.Class, errors);
        Check("cooperation", rules.Cooperation, row => row.Validity, (_, _) => true, errors);
        for (var i = 0; i < rules.Caps.Rows.Count; i++)
        {
            var field = Path("caps", i, "atMostDays");
            if (errors.Sound(field, Path("caps", i, "moreThanDays")) && rules.Caps.Rows[i].AtMostDays <= rules.Caps.Rows[i].MoreThanDays)
            {
                errors.Add(field, Longer);
            }
        }

        return rules;
    }

    private static CapRow Cap(JsonFields fields) => Done(fields, new CapRow(
        fields["licence"].Code() is var licence && licence == "any" ? null : licence,
        fields["moreThanDays"].Count(0, MostDays), CountOrNull(fields["atMostDays"]), During(fields),
        fields["annualPpm"].Whole(0, Million), Clause(fields["clause"].Object())));

    private static DisclosureDuty Duty(JsonFields fields) => Done(fields, new DisclosureDuty(
        During(fields), fields["readingSeconds"].Count(0, 3600), fields["validDays"].Count(0, 365), Clause(fields["clause"].Object())));

    private static ExposureRow Exposure(JsonFields fields)
    {
        var share = IsNull(fields["debtServicePpm"]) ? (long?)null : fields["debtServicePpm"].Whole(0, Million);
        return Done(fields, new ExposureRow(
            fields["class"].Code(), During(fields), fields["personCapMinor"].Whole(0, ProductReader.LargestAmountMinor), share,
            Clause(fields["capClause"].Object()), IsNull(fields["debtClause"]) ? null : Clause(fields["debtClause"].Object()))
        {
            IncomeFromMinor = fields["incomeFromMinor"].Whole(0, ProductReader.LargestAmountMinor),
            DeclarationDays = fields["declarationDays"].Count(1, MostDays),
            MostInstitutions = IsNull(fields["mostInstitutions"]) ? null : fields["mostInstitutions"].Count(0, 1000),
        });
    }

    private static CooperationRow Cooperation(JsonFields fields) => Done(fields, new CooperationRow(
        During(fields), fields["partnerMinPpm"].Whole(0, Million), fields["onePartnerMaxPpm"].Whole(0, Million),
        fields["jointMaxPpm"].Whole(0, Million), Clause(fields["clause"].Object())));

    private static Validity During(JsonFields fields) => new(fields["from"].Date(), fields["until"].DateOrNull());

    private static Clause Clause(JsonFields fields) => Done(fields, new Clause(
        fields["zh"].Text(), fields["en"].Text(), fields["source"].Text(), fields["sample"].Flag()));

    private static int? CountOrNull(JsonField field) => IsNull(field) ? null : field.Count(1, MostDays);

    private static bool IsNull(JsonField field) => field.Value.ValueKind == JsonValueKind.Null;

    private static bool Collides(CapRow a, CapRow b) =>
        a.Licence == b.Licence && !(a.MoreThanDays >= b.AtMostDays) && !(b.MoreThanDays >= a.AtMostDays);

    private static void Check<T>(
        string list, ValueList<T> rows, Func<T, Validity> validity, Func<T, T, bool> sameThing, ProductErrors errors)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            var (field, from) = (Path(list, i, "until"), Path(list, i, "from"));
            if (!errors.Sound(field, from))
            {
                continue;
            }

            var days = validity(rows[i]);
            if (days.Until <= days.From)
            {
                errors.Add(field, Ends);
            }

            for (var k = 0; k < i; k++)
            {
                if (sameThing(rows[k], rows[i]) && days.Overlaps(validity(rows[k])))
                {
                    errors.Add(from, Twice);
                    break;
                }
            }
        }
    }

    private static string Path(string list, int i, string field) => string.Create(CultureInfo.InvariantCulture, $"{list}[{i}].{field}");

    private static T Done<T>(JsonFields fields, T read)
    {
        fields.NoOthers();
        return read;
    }
}
