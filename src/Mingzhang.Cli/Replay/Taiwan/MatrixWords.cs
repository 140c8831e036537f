using System.Globalization;

namespace Mingzhang.Cli.Replay.Taiwan;

/// <summary>Why the data's PAY code and our standing differ, in words with their counts.</summary>
internal static class MatrixWords
{
    private const int Revolving = (int)StandingKind.Revolving;

    private static readonly (Func<int, int, bool> Cell, string Words)[] Differences =
    [
        ((pay, column) => pay == 0 && column > Revolving,
            "PAY 0, ours late: the bank's minimum was smaller. Ours is 10 % of new principal plus all principal that rolled once before"),
        ((pay, column) => pay > 0 && column <= Revolving,
            "PAY 1 and more, ours not late: the code counts from some earlier bill and lags, so it stays when a payment meets our minimum; "
            + "and we know no bill before April"),
        ((pay, column) => pay < 0 && column > Revolving,
            "PAY -1 or -2, ours late: the bank called a bill settled that the file's own payment does not cover by the minimum"),
        ((pay, column) => pay < 0 && column == Revolving,
            "PAY -1 or -2, ours revolving: the payment in the file is less than the bill, though at least the minimum"),
        ((pay, column) => pay == 0 && column < Revolving,
            "PAY 0, ours paid or nothing due: the payment in the file covers the whole bill, or the bill asked for nothing"),
    ];

    public static IEnumerable<string> Explain(PayMatrix matrix)
    {
        var all = matrix.Sum((_, _) => true);
        var same = matrix.Sum((pay, column) => Same(pay, column));
        const string Agree = "PAY -2 and -1 against nothing due or paid, 0 against revolving, 1 and more against late";
        yield return $"the same: {Share(same, all)}. {Agree}";
        foreach (var (cell, words) in Differences)
        {
            yield return $"{Share(matrix.Sum(cell), all)}: {words}";
        }
    }

    private static bool Same(int pay, int column) => pay switch
    {
        < 0 => column < Revolving,
        0 => column == Revolving,
        _ => column > Revolving,
    };

    private static string Share(long part, long all) => all == 0
        ? "0"
        : string.Create(CultureInfo.InvariantCulture, $"{part:N0} ({100.0 * part / all:0.0} %)");
}
