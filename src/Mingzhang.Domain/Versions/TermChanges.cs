using System.Globalization;

namespace Mingzhang.Domain.Versions;

/// <summary>Collects differences, term by term.</summary>
internal sealed class TermChanges
{
    private readonly List<TermChange> _found = [];

    /// <summary>All of them, in the order of the product file.</summary>
    public ValueList<TermChange> All => ValueList.From(_found);

    /// <summary>A number of which more is worse.</summary>
    public void Dearer(string term, long before, long after) => Number(term, before, after, after > before);

    /// <summary>A number of which less is worse.</summary>
    public void Scarcer(string term, long before, long after) => Number(term, before, after, after < before);

    /// <summary>A number that may be absent, of which less is worse; absent = without bound.</summary>
    public void Scarcer(string term, long? before, long? after) =>
        Add(term, Text(before), Text(after), (after ?? long.MaxValue) < (before ?? long.MaxValue) ? TermEffect.Worse : TermEffect.Better);

    /// <summary>A yes that is worse than a no.</summary>
    public void Yes(string term, bool before, bool after) =>
        Add(term, Text(before), Text(after), after ? TermEffect.Worse : TermEffect.Better);

    /// <summary>A yes that is better than a no.</summary>
    public void Favour(string term, bool before, bool after) =>
        Add(term, Text(before), Text(after), after ? TermEffect.Better : TermEffect.Worse);

    /// <summary>A value of which nobody can say in general whether it is better.</summary>
    public void Other<T>(string term, T before, T after) => Add(term, Text(before), Text(after), TermEffect.Unclear);

    /// <summary>A value that does not concern what the customer pays or may do.</summary>
    public void Neutral<T>(string term, T before, T after) => Add(term, Text(before), Text(after), TermEffect.Neutral);

    /// <summary>Things with a code: what is new is better, what is gone is worse, what stayed is compared.</summary>
    public void Each<T>(
        string term, ValueList<T> before, ValueList<T> after, Func<T, string> code, Action<string, T, T> compare,
        TermEffect added = TermEffect.Better)
        where T : notnull
    {
        var gone = added == TermEffect.Better ? TermEffect.Worse : TermEffect.Better;
        foreach (var old in before.AsSpan())
        {
            var name = $"{term}[{code(old)}]";
            var place = Place(after, code, code(old));
            if (place < 0)
            {
                Add(name, code(old), "", gone);
            }
            else
            {
                compare(name, old, after[place]);
            }
        }

        foreach (var one in after.AsSpan())
        {
            if (Place(before, code, code(one)) < 0)
            {
                Add($"{term}[{code(one)}]", "", code(one), added);
            }
        }
    }

    private static int Place<T>(ValueList<T> list, Func<T, string> code, string wanted)
        where T : notnull
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (code(list[i]) == wanted)
            {
                return i;
            }
        }

        return -1;
    }

    private void Number(string term, long before, long after, bool worse) =>
        Add(term, Text(before), Text(after), worse ? TermEffect.Worse : TermEffect.Better);

    private void Add(string term, string before, string after, TermEffect effect)
    {
        if (before != after)
        {
            _found.Add(new TermChange(term, before, after, effect));
        }
    }

    private static string Text<T>(T value) => value switch
    {
        null => "",
        LocalText text => $"{text.Zh} / {text.En}",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        // The rest: words and yes or no.
        _ => value.ToString() ?? "",
    };
}
