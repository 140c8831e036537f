using System.Collections;
using System.Reflection;

namespace Mingzhang.Domain.Tests.Versions;

/// <summary>Every value of some terms, and the same terms with that one value changed.</summary>
internal static class TermsLeaves
{
    /// <summary>Name of the value and terms that differ in it alone.</summary>
    public static IEnumerable<(string Name, ProductTerms Changed)> Of(ProductTerms terms) =>
        Changed(terms, "terms").Select(one => (one.Name, (ProductTerms)one.Value));

    private static IEnumerable<(string Name, object Value)> Changed(object value, string name) => value switch
    {
        long number => [(name, number + 1)],
        int number => [(name, number + 1)],
        bool yes => [(name, !yes)],
        string text => [(name, text + "x")],
        DateOnly day => [(name, day.AddDays(1))],
        Money money => [(name, Money.Of(money.MinorUnits + 1, money.Currency))],
        Currency => [(name, Currency.Parse("USD"))],
        Enum word => [(name, Next(word))],
        IList => throw new InvalidOperationException(name),
        IEnumerable list => Elements(list, name),
        _ => Properties(value, name),
    };

    private static object Next(Enum word)
    {
        var all = Enum.GetValues(word.GetType());
        return all.GetValue((Array.IndexOf(all, word) + 1) % all.Length)!;
    }

    private static IEnumerable<(string Name, object Value)> Elements(IEnumerable list, string name)
    {
        var items = list.Cast<object>().ToList();
        for (var i = 0; i < items.Count; i++)
        {
            yield return ($"{name}[-{i}]", Made(list, [.. items.Where((_, at) => at != i)]));
            foreach (var (below, changed) in Changed(items[i], $"{name}[{i}]"))
            {
                var copy = items.ToList();
                copy[i] = changed;
                yield return (below, Made(list, copy));
            }
        }
    }

    private static object Made(IEnumerable like, List<object> items)
    {
        var element = like.GetType().GetGenericArguments()[0];
        var typed = Array.CreateInstance(element, items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            typed.SetValue(items[i], i);
        }

        return typeof(ValueList).GetMethod(nameof(ValueList.From))!.MakeGenericMethod(element).Invoke(null, [typed])!;
    }

    private static IEnumerable<(string Name, object Value)> Properties(object owner, string name)
    {
        foreach (var property in owner.GetType().GetProperties().Where(one => one.SetMethod is not null && one.CanRead))
        {
            if (property.GetValue(owner) is not { } value)
            {
                continue;
            }

            foreach (var (below, changed) in Changed(value, $"{name}.{property.Name}"))
            {
                yield return (below, With(owner, property, changed));
            }
        }
    }

    private static object With(object owner, PropertyInfo property, object value)
    {
        var copy = owner.GetType().GetMethod("<Clone>$")?.Invoke(owner, null) ?? owner;
        property.SetValue(copy, value);
        return copy;
    }
}
