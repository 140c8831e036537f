using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Closing;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Permissions;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Engine.Approvals;
using Mingzhang.Services.Approvals;
using Mingzhang.Web.Texts;

namespace Mingzhang.Web.Console;

/// <summary>What a proposal is called and what stands in it, in the visitor's language. Fields are those of the command's record, so a new
/// command needs words only; a test names those that have none.</summary>
public static class ProposalWords
{
    private static readonly Dictionary<Type, string> Commands = typeof(AccountCommand).GetCustomAttributes<JsonDerivedTypeAttribute>()
        .ToDictionary(one => one.DerivedType, one => "act." + ((string)one.TypeDiscriminator!)[..^3]);

    private static readonly Dictionary<Type, string> Families = new()
    {
        [typeof(ReliefKind)] = "relief-kind.", [typeof(Component)] = "component.", [typeof(RestrictionReason)] = "restriction.",
        [typeof(ClosingMode)] = "closing-mode.", [typeof(EarlyMode)] = "early-mode.",
    };

    /// <summary>What it is called, such as "Offer an agreement".</summary>
    public static string Name(Speech say, ProposalDraft draft) => draft.Kind == CommandProposals.Kind
        ? say[Commands[CommandProposals.CommandOf(draft).GetType()]]
        : say.Or("act." + draft.Act, draft.Act);

    /// <summary>What stands in its command, field by field; empty for other kinds, whose preview says everything.</summary>
    public static IReadOnlyList<(string Label, string Value)> Fields(Speech say, ProposalDraft draft)
    {
        var lines = new List<(string, string)>();
        if (draft.Kind == CommandProposals.Kind)
        {
            Walk(say, CommandProposals.CommandOf(draft), lines);
        }

        return lines;
    }

    /// <summary>All texts that commands may ask for. Days and forks of a sandbox are never proposed.</summary>
    public static IReadOnlySet<string> Keys()
    {
        var keys = new SortedSet<string>(StringComparer.Ordinal) { "word.yes" };
        var seen = new HashSet<Type>();
        foreach (var command in Commands.Keys.Where(one => one != typeof(ForkAccount) && one != typeof(PassDay)))
        {
            keys.Add(Commands[command]);
            Collect(command, keys, seen);
        }

        return keys;
    }

    private static void Walk(Speech say, object record, List<(string, string)> lines)
    {
        foreach (var property in PropertiesOf(record.GetType()))
        {
            var value = property.GetValue(record);
            var label = say[LabelOf(property)];
            if (value is AccountCommand inner)
            {
                lines.Add((label, say[Commands[inner.GetType()]]));
                Walk(say, inner, lines);
            }
            else if (value is not null && !IsPlain(value.GetType()) && value is IEnumerable many)
            {
                Each(say, label, [.. many.Cast<object>()], lines);
            }
            else if (value is not null && !IsPlain(value.GetType()))
            {
                Walk(say, value, lines);
            }
            else if (Shown(say, property, value) is { Length: > 0 } shown)
            {
                lines.Add((label, shown));
            }
        }
    }

    private static void Each(Speech say, string label, List<object> items, List<(string, string)> lines)
    {
        if (items.TrueForAll(item => IsPlain(item.GetType())))
        {
            lines.AddRange(items.Count == 0 ? [] : [(label, string.Join(", ", items.Select(item => Word(say, item))))]);
            return;
        }

        foreach (var item in items)
        {
            Walk(say, item, lines);
        }
    }

    // What was left out is not shown: null, no, and a zero that stands for nothing. A zero that may be null was given.
    private static string Shown(Speech say, PropertyInfo property, object? value) =>
        value is null || (value is false or 0 or 0L && Nullable.GetUnderlyingType(property.PropertyType) is null) ? ""
        : property.Name.EndsWith("Ppm", StringComparison.Ordinal) ? say.Price(Convert.ToInt64(value, CultureInfo.InvariantCulture))
        : Word(say, value);

    private static string Word(Speech say, object value) => value switch
    {
        Money money => say.Money(money),
        DateOnly day => day == default ? "" : Speech.Iso(day),
        Rate rate => say.Price(rate.Ppm),
        true => say["word.yes"],
        Enum named => say[FamilyOf(named.GetType()) + named],
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static void Collect(Type type, SortedSet<string> keys, HashSet<Type> seen)
    {
        foreach (var property in seen.Add(type) ? PropertiesOf(type) : [])
        {
            keys.Add(LabelOf(property));
            var inner = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            inner = inner.IsGenericType ? inner.GetGenericArguments()[0] : inner;
            keys.UnionWith(inner.IsEnum ? Enum.GetNames(inner).Select(name => FamilyOf(inner) + name) : []);
            if (!IsPlain(inner) && inner != typeof(AccountCommand))
            {
                Collect(inner, keys, seen);
            }
        }
    }

    // A record's own fields; what it works out has no setter.
    private static IEnumerable<PropertyInfo> PropertiesOf(Type type) =>
        type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => property.SetMethod is not null);

    private static bool IsPlain(Type type) =>
        type == typeof(string) || (type.IsValueType && !typeof(IEnumerable).IsAssignableFrom(type));

    private static string LabelOf(PropertyInfo property) => "field." + JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    private static string FamilyOf(Type type) => Families.GetValueOrDefault(type) ?? "word." + type.Name + ".";
}
