using System.Data.Common;
using System.Globalization;
using System.Text;
using Mingzhang.Engine;

namespace Mingzhang.Crash.Tool;

/// <summary>What the journal says about every command, to be held against what callers were told.</summary>
public static class JournalAnswers
{
    /// <summary>Keys with their answers, in the order of the journal: sequence, accepted, print of the body.</summary>
    public static List<(string Key, string Answer)> Of(CreditHouse house)
    {
        using DbConnection connection = house.OpenReadOnly();
        using DbCommand command = connection.CreateCommand();
        command.CommandText = "SELECT key, sequence, kind, body FROM journal WHERE kind < 3 ORDER BY position";
        using DbDataReader reader = command.ExecuteReader();
        List<(string, string)> rows = [];
        while (reader.Read())
        {
            string body = Server.Print(Encoding.UTF8.GetBytes(reader.GetString(3)));
            rows.Add((reader.GetString(0), string.Create(
                CultureInfo.InvariantCulture, $"{reader.GetInt64(1)} {reader.GetInt64(2) == 1} {body}")));
        }

        return rows;
    }

    /// <summary>Rows nobody asked for, keys that stand twice, other answers than those given, and acknowledged keys that are
    /// missing.</summary>
    public static IEnumerable<string> Violations(
        IEnumerable<(string Key, string Answer)> rows, Func<string, bool> wasAsked, IReadOnlyDictionary<string, string> acknowledged)
    {
        HashSet<string> present = [];
        foreach ((string key, string answer) in rows)
        {
            if (!wasAsked(key))
            {
                yield return "a row nobody asked for: " + key;
            }
            else if (!present.Add(key))
            {
                yield return "twice in the journal: " + key;
            }
            else if (acknowledged.TryGetValue(key, out string? said) && said != answer)
            {
                yield return $"{key} was answered {said}, the journal has {answer}";
            }
        }

        foreach (string lost in acknowledged.Keys.Where(key => !present.Contains(key)).Take(5))
        {
            yield return "acknowledged and lost: " + lost;
        }
    }
}
