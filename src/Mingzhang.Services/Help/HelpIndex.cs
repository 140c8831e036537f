using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Mingzhang.Services.Help;

/// <summary>An article that answers, with how well.</summary>
public sealed record HelpHit(HelpArticle Article, long Score);

/// <summary>
/// Finds articles by what people type: words that mean the same are made the same, Chinese is compared by pairs of characters, English by
/// stems with one slip allowed; whole phrases weigh most, then titles, then bodies. Rare pieces weigh more than common ones. Integers only:
/// the same words find the same articles everywhere.
/// </summary>
public sealed class HelpIndex
{
    private const int PhraseWeight = 6;
    private const int TitleWeight = 4;
    private const int BodyWeight = 1;
    private const long WholePhrase = 4000;
    private const long PartOfPhrase = 1500;
    private const int ShortestSlip = 5;
    private const int LongestQuery = 100;

    private readonly FrozenDictionary<bool, Side> _sides;
    private readonly HelpBook _book;

    /// <summary>An index over a book.</summary>
    public HelpIndex(HelpBook book)
    {
        _book = book;
        _sides = new Dictionary<bool, Side> { [true] = SideOf(true), [false] = SideOf(false) }.ToFrozenDictionary();
    }

    /// <summary>The articles that answer, best first; none when nothing fits. Either language is understood on all pages.</summary>
    public IReadOnlyList<HelpHit> Find(string query, int most)
    {
        var typed = query.Length > LongestQuery ? query[..LongestQuery] : query;
        var hits = new Dictionary<string, HelpHit>(StringComparer.Ordinal);
        foreach (var (chinese, side) in _sides)
        {
            var text = Normal(typed, chinese);
            var pieces = Pieces(text).Distinct().ToList();
            foreach (var entry in side.Entries)
            {
                var score = Score(text, pieces, entry, side);
                if (score > 0 && (!hits.TryGetValue(entry.Article.Id, out var known) || known.Score < score))
                {
                    hits[entry.Article.Id] = new HelpHit(entry.Article, score);
                }
            }
        }

        return [.. hits.Values.OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Article.Id, StringComparer.Ordinal).Take(most)];
    }

    private static long Score(string text, List<string> pieces, Entry entry, Side side)
    {
        long score = 0;
        foreach (var piece in pieces)
        {
            var weight = entry.Weights.GetValueOrDefault(piece);
            if (weight == 0 && piece.Length >= ShortestSlip && char.IsAscii(piece[0]))
            {
                weight = entry.Weights.Where(one => IsSlip(piece, one.Key)).Select(one => one.Value).DefaultIfEmpty().Max();
            }

            score += weight * side.Rarity(piece);
        }

        foreach (var phrase in entry.Phrases.Where(phrase => phrase.Length > 1))
        {
            score += phrase == text ? WholePhrase + (100 * phrase.Length)
                : Holds(text, phrase) || (text.Length > 1 && Holds(phrase, text))
                    ? PartOfPhrase + (100 * Math.Min(phrase.Length, text.Length)) : 0;
        }

        return score;
    }

    /// <summary>Whether a phrase stands in a text; in English only at the borders of words.</summary>
    private static bool Holds(string text, string phrase)
    {
        var at = text.IndexOf(phrase, StringComparison.Ordinal);
        return at >= 0 && (!char.IsAscii(phrase[0])
            || ((at == 0 || text[at - 1] == ' ') && (at + phrase.Length == text.Length || text[at + phrase.Length] == ' ')));
    }

    private Side SideOf(bool chinese)
    {
        List<Entry> entries = [];
        foreach (var article in _book.Articles)
        {
            var text = article.In(chinese);
            var weights = new Dictionary<string, int>(StringComparer.Ordinal);
            Weigh(weights, text.Words.Select(word => Normal(word, chinese)), PhraseWeight);
            Weigh(weights, [Normal(text.Title, chinese)], TitleWeight);
            Weigh(weights, text.Body.Select(one => Normal(one, chinese)), BodyWeight);
            entries.Add(new Entry(article, weights, [.. text.Words.Append(text.Title).Select(word => Normal(word, chinese)).Distinct()]));
        }

        return new Side(entries);
    }

    private static void Weigh(Dictionary<string, int> weights, IEnumerable<string> texts, int weight)
    {
        foreach (var piece in texts.SelectMany(Pieces))
        {
            weights[piece] = Math.Max(weights.GetValueOrDefault(piece), weight);
        }
    }

    /// <summary>Small letters, full-width made usual, marks made blanks, words that mean the same made the same.</summary>
    private string Normal(string text, bool chinese)
    {
        var plain = new StringBuilder();
        foreach (var letter in text.Normalize(NormalizationForm.FormKC).ToLowerInvariant())
        {
            plain.Append(char.IsLetterOrDigit(letter) || letter == '\'' ? letter : ' ');
        }

        var said = plain.ToString();
        foreach (var (typed, meant) in _book.Same[chinese ? "zh" : "en"].OrderByDescending(one => one.Key.Length))
        {
            said = chinese ? said.Replace(typed, meant, StringComparison.Ordinal) : Words(said, typed, meant);
        }

        return string.Join(' ', said.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => chinese ? word : Stem(word))).Replace("\'", "", StringComparison.Ordinal);
    }

    private static string Words(string text, string typed, string meant) =>
        $" {text} ".Replace($" {typed} ", $" {meant} ", StringComparison.Ordinal).Trim();

    /// <summary>Pairs of Chinese characters, and whole words of letters and digits.</summary>
    private static IEnumerable<string> Pieces(string text)
    {
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var start = 0;
            for (var i = 1; i <= word.Length; i++)
            {
                if (i == word.Length || char.IsAscii(word[i]) != char.IsAscii(word[i - 1]))
                {
                    foreach (var piece in OfRun(word[start..i]))
                    {
                        yield return piece;
                    }

                    start = i;
                }
            }
        }
    }

    private static IEnumerable<string> OfRun(string run)
    {
        if (char.IsAscii(run[0]))
        {
            return run.Length > 1 ? [run] : [];
        }

        return run.Length == 1 ? [run] : Enumerable.Range(0, run.Length - 1).Select(i => run.Substring(i, 2));
    }

    /// <summary>The plain ends of English words: payments, payment; charged, charge.</summary>
    private static string Stem(string word) => word switch
    {
        { Length: > 4 } when word.EndsWith("ing", StringComparison.Ordinal) => word[..^3],
        { Length: > 4 } when word.EndsWith("ied", StringComparison.Ordinal) => word[..^3] + "y",
        { Length: > 4 } when word.EndsWith("ed", StringComparison.Ordinal) => word[..^2],
        { Length: > 3 } when word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal) => word[..^1],
        { Length: > 4 } when word.EndsWith('e') => word[..^1],
        _ => word,
    };

    /// <summary>One letter too many, too few, other, or two turned around.</summary>
    private static bool IsSlip(string one, string other)
    {
        if (Math.Abs(one.Length - other.Length) > 1 || !char.IsAscii(other[0]))
        {
            return false;
        }

        var (longer, shorter) = one.Length >= other.Length ? (one, other) : (other, one);
        var i = 0;
        while (i < shorter.Length && longer[i] == shorter[i])
        {
            i++;
        }

        return longer.Length > shorter.Length
            ? string.CompareOrdinal(longer, i + 1, shorter, i, shorter.Length) == 0
            : string.CompareOrdinal(longer, i + 1, shorter, i + 1, shorter.Length) == 0
              || (i + 1 < longer.Length && longer[i] == shorter[i + 1] && longer[i + 1] == shorter[i]
                  && string.CompareOrdinal(longer, i + 2, shorter, i + 2, shorter.Length) == 0);
    }

    private sealed record Entry(HelpArticle Article, Dictionary<string, int> Weights, IReadOnlyList<string> Phrases);

    private sealed class Side(List<Entry> entries)
    {
        private readonly FrozenDictionary<string, int> _counts = entries.SelectMany(entry => entry.Weights.Keys)
            .GroupBy(piece => piece).ToFrozenDictionary(same => same.Key, same => same.Count(), StringComparer.Ordinal);

        public IReadOnlyList<Entry> Entries => entries;

        /// <summary>A piece that stands in one article weighs as many times more as there are articles; at least 1.</summary>
        public long Rarity(string piece) => 100L * entries.Count / Math.Max(1, _counts.GetValueOrDefault(piece, 1)) / 10;
    }
}
