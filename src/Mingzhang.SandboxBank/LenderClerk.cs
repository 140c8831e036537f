using System.Globalization;
using Mingzhang.Channel;

namespace Mingzhang.SandboxBank;

/// <summary>The lenders behind the sandbox: each books what it is told, once, and writes a statement of every day.</summary>
public sealed class LenderClerk(BankBook book, Teller teller)
{
    /// <summary>Books lines; the ids it has booked now or earlier. Some it books and confirms only when told again.</summary>
    public IReadOnlyList<string> Book(string lender, IReadOnlyList<LenderAdvice> lines) => book.Do(b =>
    {
        var confirmed = new List<string>();
        foreach (var line in lines)
        {
            var isNew = b.AddAdvice(lender, line);
            if (!isNew || !teller.Faults.Hits(teller.Faults.Pending, "lender-later", line.Id))
            {
                confirmed.Add(line.Id);
            }
        }

        return confirmed;
    });

    /// <summary>The statement of a day, made once. What is told of the day afterwards is not on it any more.</summary>
    public string Statement(string lender, DateOnly day) => book.Do(b =>
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{lender}|{day:yyyy-MM-dd}");
        return b.Settlement(name, () =>
        {
            var right = b.Advices(lender, day);
            return LenderFile.Write(new LenderStatement(
                [.. right.SelectMany(Written)], right.Count, LenderStatement.Gross(right)));
        });
    });

    private IEnumerable<LenderAdvice> Written(LenderAdvice line)
    {
        var faults = teller.Faults;
        if (faults.Hits(faults.LinesInvented, "lender-invented", line.Id))
        {
            yield return line with { Id = "X" + line.Id };
        }

        if (faults.Hits(faults.LinesMissing, "lender-missing", line.Id))
        {
            yield break;
        }

        yield return faults.Hits(faults.LinesWrong, "lender-wrong", line.Id) ? line with { AmountMinor = line.AmountMinor * 2 } : line;
        if (faults.Hits(faults.LinesTwice, "lender-twice", line.Id))
        {
            yield return line;
        }
    }
}
