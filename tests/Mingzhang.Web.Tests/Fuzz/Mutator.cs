using System.Text;

namespace Mingzhang.Web.Tests.Fuzz;

/// <summary>Makes texts from good ones: cuts, doubles, swaps, splices, and puts in what parsers stumble over. The same seed, the same
/// texts.</summary>
internal sealed class Mutator(int seed)
{
    private static readonly string[] Odd =
    [
        "\0", "\n", "\r\n", "\t", " ", "　", "\u202e", "\ufeff", "\ud800", "\udc00",
        "😀", "é", "٣", "１", "−", "-", "+", ".", ",", "\"", "\\",
        "'", ";", ":", "{", "}", "[", "]", "null", "true", "NaN", "1e400", "1e9", "0", "00", "9223372036854775808", "-9223372036854775808",
        "79228162514264337593543950335", "99999999999999999999999999999999", "2026-02-30", "0001-01-01", "9999-12-31", "%00", "\\u0000",
        "\\ud800", "x", "X", new string('9', 40), new string('a', 300), "[[[[[[[[[[[[[[[[", "{\"a\":",
    ];

    private readonly Random _random = new(seed);

    /// <summary>A text made of one of the good ones; one in twelve is good itself.</summary>
    public string Next(IReadOnlyList<string> good)
    {
        var text = new StringBuilder(good[_random.Next(good.Count)]);
        if (_random.Next(12) == 0)
        {
            return text.ToString();
        }

        for (var changes = _random.Next(1, 4); changes > 0; changes--)
        {
            Change(text, good);
        }

        return text.Length > 200_000 ? text.ToString(0, 200_000) : text.ToString();
    }

    private void Change(StringBuilder text, IReadOnlyList<string> good)
    {
        var at = _random.Next(text.Length + 1);
        var length = Math.Min(_random.Next(1, 12), text.Length - at);
        switch (_random.Next(8))
        {
            case 0:
                text.Remove(at, length);
                break;
            case 1 or 2:
                text.Insert(at, Odd[_random.Next(Odd.Length)]);
                break;
            case 3 when length > 0:
                text[at] = (char)(text[at] ^ (1 << _random.Next(8)));
                break;
            case 4:
                text.Insert(at, text.ToString(at, length));
                break;
            case 5 when length > 0:
                text[at] = (char)('0' + _random.Next(10));
                break;
            case 6:
                var other = good[_random.Next(good.Count)];
                text.Insert(at, other.AsSpan(0, _random.Next(other.Length + 1)));
                break;
            default:
                text.Remove(at, length).Insert(at, Odd[_random.Next(Odd.Length)]);
                break;
        }
    }
}

/// <summary>A parser under test.</summary>
/// <param name="Name">What it reads.</param>
/// <param name="Good">Texts it reads.</param>
/// <param name="Read">Reads a text; null = refused, else what it prints as. Anything it throws is a fault.</param>
internal sealed record Parsed(string Name, IReadOnlyList<string> Good, Func<string, string?> Read);

/// <summary>Feeds mutated texts to parsers and notes what throws, hangs, or reads its own print otherwise.</summary>
internal static class ParserFuzz
{
    /// <summary>So many texts, spread over the parsers; what was wrong. Slow is what takes longer than so many seconds, on a machine that
    /// has other work, too.</summary>
    public static List<string> Run(IReadOnlyList<Parsed> parsers, int inputs, int seed, double slow = 10)
    {
        var faults = new List<string>();
        var mutator = new Mutator(seed);
        for (var i = 0; i < inputs && faults.Count < 50; i++)
        {
            var parser = parsers[i % parsers.Count];
            var text = mutator.Next(parser.Good);
            if (Fault(parser, text, slow) is { } fault)
            {
                faults.Add($"{parser.Name} {Escaped(text)}: {fault}");
            }
        }

        return faults;
    }

    private static string? Fault(Parsed parser, string text, double slow)
    {
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        try
        {
            var print = parser.Read(text);
            var seconds = System.Diagnostics.Stopwatch.GetElapsedTime(began).TotalSeconds;
            return seconds > slow ? $"took {seconds:0.0} s"
                : print is not null && parser.Read(print) is var again && again != print ? $"prints {print}, which reads as {again}" : null;
        }
        catch (Exception cause)
        {
            return $"{cause.GetType().Name}: {cause.Message}";
        }
    }

    private static string Escaped(string text) =>
        string.Concat((text.Length > 200 ? text[..200] : text).Select(one => char.IsControl(one) || char.IsSurrogate(one) ? '?' : one));
}
