using System.Globalization;
using System.Text.Json;

namespace Mingzhang.Domain.Products;

/// <summary>The rules over several fields of a product file. Each is asked only when the fields it reads are sound.</summary>
internal static class ProductRules
{
    public static void Check(ProductTerms terms, JsonElement root, ProductErrors errors)
    {
        Cycles(terms, errors);
        Scenes(terms, errors);
        Limits(terms, errors);
        Order(terms, errors);
        Caps(terms, errors);
        PriceRules.Check(terms, errors);
        LoanTermsRules.Check(terms, errors);
        Relief(terms, errors);
        Names(terms, root, errors);
    }

    private static void Relief(ProductTerms terms, ProductErrors errors)
    {
        if (terms.Relief is not { } relief || !errors.Sound("relief"))
        {
            return;
        }

        for (var i = 0; i < relief.Offers.Count; i++)
        {
            var offer = relief.Offers[i];
            var months = offer.Kind == ReliefKind.Deferral;
            var rows = offer.Kind is ReliefKind.ReAge or ReliefKind.Replan;
            if ((offer.MostMonths > 0) != months || (offer.MostRows > 0) != rows)
            {
                errors.Add(Path($"relief.offers[{i}]"), ProductRuleSentences.ReliefBounds);
            }

            if (relief.Offers.AsSpan()[..i].ToArray().Any(earlier => earlier.Kind == offer.Kind))
            {
                errors.Add(Path($"relief.offers[{i}].kind"), ProductRuleSentences.CodeTwice(offer.Kind.ToString()));
            }
        }
    }

    private static void Cycles(ProductTerms terms, ProductErrors errors)
    {
        if (!errors.Sound("cycles"))
        {
            return;
        }

        if (terms.Cycles.Count == 0 && terms.Loan is null)
        {
            errors.Add("cycles", ProductRuleSentences.NeedsCycle);
        }

        var statementDays = new HashSet<int>();
        var dueDays = new HashSet<int>();
        for (var i = 0; i < terms.Cycles.Count; i++)
        {
            var cycle = terms.Cycles[i];
            if (!statementDays.Add(cycle.StatementDay))
            {
                errors.Add(Path($"cycles[{i}].statementDay"), ProductRuleSentences.StatementDayTwice(cycle.StatementDay));
            }

            for (var j = 0; j < cycle.DueDays.Count; j++)
            {
                var day = cycle.DueDays[j];
                if (day == cycle.StatementDay)
                {
                    errors.Add(Path($"cycles[{i}].dueDays[{j}]"), ProductRuleSentences.DueOnStatementDay);
                }

                if (!dueDays.Add(day))
                {
                    errors.Add(Path($"cycles[{i}].dueDays[{j}]"), ProductRuleSentences.DueDayTwice(day));
                }
            }
        }
    }

    private static void Scenes(ProductTerms terms, ProductErrors errors)
    {
        if (!errors.Sound("scenes"))
        {
            return;
        }

        var codes = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < terms.Scenes.Count; i++)
        {
            var scene = terms.Scenes[i];
            if (!codes.Add(scene.Code))
            {
                errors.Add(Path($"scenes[{i}].code"), ProductRuleSentences.CodeTwice(scene.Code));
            }

            if ((scene.PostsAt == PostingMoment.Receipt) != (scene.AutoConfirmDays > 0))
            {
                errors.Add(Path($"scenes[{i}].autoConfirmDays"), ProductRuleSentences.AutoConfirm);
            }
        }
    }

    private static void Limits(ProductTerms terms, ProductErrors errors)
    {
        var limits = terms.Limits;
        if (errors.Sound("limits.smallestMinor", "limits.largestMinor") && limits.Smallest > limits.Largest)
        {
            errors.Add("limits.smallestMinor", ProductRuleSentences.AtMost("limits.largestMinor", limits.Largest));
        }

        const string Single = "limits.singlePurchaseMaxMinor";
        if (errors.Sound(Single, "limits.dailyPurchaseMaxMinor") && limits.SinglePurchaseMax > limits.DailyPurchaseMax)
        {
            errors.Add(Single, ProductRuleSentences.AtMost("limits.dailyPurchaseMaxMinor", limits.DailyPurchaseMax));
        }

        if (errors.Sound("minimumPayment.floorMinor", "limits.largestMinor") && terms.MinimumPayment.Floor > limits.Largest)
        {
            errors.Add("minimumPayment.floorMinor", ProductRuleSentences.AtMost("limits.largestMinor", limits.Largest));
        }
    }

    private static void Order(ProductTerms terms, ProductErrors errors)
    {
        if (!errors.Sound("allocationOrder"))
        {
            return;
        }

        var seen = new HashSet<AllocationBucket>();
        for (var i = 0; i < terms.AllocationOrder.Count; i++)
        {
            if (!seen.Add(terms.AllocationOrder[i]))
            {
                errors.Add(Path($"allocationOrder[{i}]"), ProductRuleSentences.BucketTwice);
            }
        }

        var missing = ProductWords.Buckets.Where(word => !seen.Contains(word.Value)).Select(word => word.Key).ToArray();
        if (missing.Length > 0)
        {
            errors.Add("allocationOrder", ProductRuleSentences.BucketsMissing(missing));
        }
    }

    private static void Caps(ProductTerms terms, ProductErrors errors)
    {
        if (!errors.Sound("caps"))
        {
            return;
        }

        for (var i = 0; i < terms.Caps.Count; i++)
        {
            var cap = terms.Caps[i];
            if (cap.Until is { } until && until <= cap.From)
            {
                errors.Add(Path($"caps[{i}].until"), ProductRuleSentences.UntilAfterFrom);
            }
            else if (Enumerable.Range(0, i).Any(earlier => Overlap(terms.Caps[earlier], cap)))
            {
                errors.Add(Path($"caps[{i}].from"), ProductRuleSentences.CapsOverlap(cap.Licence));
            }
        }
    }

    private static bool Overlap(CostCap a, CostCap b) => a.Licence == b.Licence
        && a.From < (b.Until ?? DateOnly.MaxValue) && b.From < (a.Until ?? DateOnly.MaxValue);

    private static void Names(ProductTerms terms, JsonElement root, ProductErrors errors)
    {
        if (errors.Sound("requiredConsents"))
        {
            Once("requiredConsents", terms.RequiredConsents, errors);
        }

        if (!errors.Sound("sampleFields"))
        {
            return;
        }

        Once("sampleFields", terms.SampleFields, errors);
        for (var i = 0; i < terms.SampleFields.Count; i++)
        {
            if (!Exists(root, terms.SampleFields[i]))
            {
                errors.Add(Path($"sampleFields[{i}]"), ProductRuleSentences.NoSuchField(terms.SampleFields[i]));
            }
        }
    }

    private static void Once(string field, ValueList<string> values, ProductErrors errors)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < values.Count; i++)
        {
            if (!seen.Add(values[i]))
            {
                errors.Add(Path($"{field}[{i}]"), ProductRuleSentences.CodeTwice(values[i]));
            }
        }
    }

    // A path goes through lists by their first element: scenes.holdDays.
    private static bool Exists(JsonElement element, string path)
    {
        foreach (var name in path.Split('.'))
        {
            var inside = element.ValueKind == JsonValueKind.Array && element.GetArrayLength() > 0 ? element[0] : element;
            if (inside.ValueKind != JsonValueKind.Object || !inside.TryGetProperty(name, out element))
            {
                return false;
            }
        }

        return true;
    }

    private static string Path(FormattableString path) => path.ToString(CultureInfo.InvariantCulture);
}
