using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Disclosure;
using Mingzhang.Domain.Permissions;
using Mingzhang.Domain.Relief;
using Mingzhang.Domain.Values;

namespace Mingzhang.Services.Wording;

/// <summary>A refusal in words: the catalogue's text with the refusal's facts put in.</summary>
public static class RefusalText
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Facts = new();

    /// <summary>The text in Chinese or English.</summary>
    public static string Of(Refusal refusal, bool chinese)
    {
        if (refusal is InvalidCommand fault)
        {
            return FaultWords.Of(fault, chinese);
        }

        var entry = RefusalCatalogue.Of(refusal.Code);
        var text = chinese ? entry.Zh : entry.En;
        var facts = Facts.GetOrAdd(refusal.GetType(), type => type.GetProperties());
        foreach (var fact in facts)
        {
            var hole = "{" + fact.Name + "}";
            if (text.Contains(hole, StringComparison.Ordinal))
            {
                var inChinese = chinese ? Array.Find(facts, other => other.Name == fact.Name + "Zh")?.GetValue(refusal) : null;
                var written = Written(inChinese ?? fact.GetValue(refusal), fact.Name, chinese);
                text = text.Replace(hole, written, StringComparison.Ordinal);
            }
        }

        return text;
    }

    /// <summary>Yuan with two digits and thousands marks, such as 1,234.50.</summary>
    public static string Yuan(Money amount) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(amount.IsNegative ? "-" : "")}{Math.Abs(amount.MinorUnits / 100):N0}.{Math.Abs(amount.MinorUnits % 100):00}");

    private static string Fits(ReliefMismatch why, bool chinese) => why switch
    {
        ReliefMismatch.NothingOwed => chinese ? "没有可调整的欠款" : "nothing is owed that it could move",
        ReliefMismatch.SomethingDue => chinese ? "已有到期或逾期款项，请先还清或选择其他方式"
            : "something is due or overdue; pay it, or choose another kind",
        ReliefMismatch.NothingOverdue => chinese ? "没有逾期款项" : "nothing is overdue",
        ReliefMismatch.NoRowsLeft => chinese ? "没有剩余期次" : "no rows are left",
        ReliefMismatch.DisputedOrWrittenOff => chinese ? "部分欠款存在争议或已核销" : "a part of it is disputed or written off",
        // The rest: the terms make no schedule.
        _ => chinese ? "无法生成还款计划" : "the terms make no schedule",
    };

    private static string Written(object? value, string name, bool chinese) => value switch
    {
        null => "",
        Clause clause => chinese ? clause.Zh : clause.En,
        long ppm when name.EndsWith("Ppm", StringComparison.Ordinal) => CostTableText.Percent(ppm),
        ReliefMismatch why => Fits(why, chinese),
        RestrictionReason reason => RestrictionWords.Of(reason, chinese),
        Money money => Yuan(money),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
