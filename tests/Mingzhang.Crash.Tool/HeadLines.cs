using System.Data.Common;
using System.Globalization;
using Mingzhang.Engine;

namespace Mingzhang.Crash.Tool;

/// <summary>Every account's version and head hash: what two houses with one history have in common on any database.</summary>
public static class HeadLines
{
    /// <summary>The accounts in which two houses differ.</summary>
    public static IEnumerable<string> Differences(CreditHouse one, CreditHouse other)
    {
        using IEnumerator<(long Account, string Line)> left = Of(one).GetEnumerator();
        using IEnumerator<(long Account, string Line)> right = Of(other).GetEnumerator();
        (bool more, bool moreToo) = (left.MoveNext(), right.MoveNext());
        while (more || moreToo)
        {
            int order = !more ? 1 : !moreToo ? -1 : left.Current.Account.CompareTo(right.Current.Account);
            if (order != 0)
            {
                yield return $"only one has account {(order < 0 ? left : right).Current.Account}";
            }
            else if (left.Current.Line != right.Current.Line)
            {
                yield return $"account {left.Current.Account}: {left.Current.Line}, the other {right.Current.Line}";
            }

            more = order <= 0 ? left.MoveNext() : more;
            moreToo = order >= 0 ? right.MoveNext() : moreToo;
        }
    }

    /// <summary>Every account with its line, by number.</summary>
    public static IEnumerable<(long Account, string Line)> Of(CreditHouse house)
    {
        using DbConnection connection = house.OpenReadOnly();
        using DbCommand command = connection.CreateCommand();
        command.CommandText = "SELECT account_id, version, head_hash FROM account ORDER BY account_id";
        using DbDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            byte[] hash = (byte[])reader.GetValue(2);
            yield return (reader.GetInt64(0), string.Create(
                CultureInfo.InvariantCulture, $"{reader.GetInt64(1)} rows, {Convert.ToHexString(hash)}"));
        }
    }
}
