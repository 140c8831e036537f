namespace Mingzhang.Web.Identity;

/// <summary>Why a PIN is not taken.</summary>
public enum PinFault
{
    /// <summary>It is taken.</summary>
    None,

    /// <summary>Not six digits.</summary>
    NotSixDigits,

    /// <summary>Among the first anybody would try: a run, a repetition, a pattern of the keypad.</summary>
    TooEasy,

    /// <summary>Part of the own phone number or birthday.</summary>
    OfThePerson,

    /// <summary>The same as before.</summary>
    Unchanged,
}

/// <summary>
/// Which six digits cannot be a payment PIN. Runs (123456, 987654), one, two or three digits over and over (111111, 121212, 123123),
/// doubles in a run (112233), palindromes (123321), the keypad's columns and diagonals, and numbers that sound like words (520131, 168888).
/// </summary>
public static class PinRules
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "147258", "258369", "159357", "159753", "357159", "147369", "741852", "852963", "963852", "789456", "456123", "321654",
        "520131", "521131", "520520", "521521", "131420", "168888", "666888", "888666", "518518", "588588", "101010", "010203",
    };

    /// <summary>What is wrong with a PIN.</summary>
    /// <param name="pin">As typed.</param>
    /// <param name="personal">Numbers of the person, such as the phone or the birthday as 19900521; parts of them are refused, too.</param>
    public static PinFault Fault(string? pin, params IEnumerable<string> personal) =>
        pin is not { Length: 6 } || pin.AsSpan().IndexOfAnyExceptInRange('0', '9') >= 0 ? PinFault.NotSixDigits
        : IsEasy(pin) ? PinFault.TooEasy
        : personal.Any(number => number.Contains(pin, StringComparison.Ordinal)) ? PinFault.OfThePerson
        : PinFault.None;

    private static bool IsEasy(string pin) => Known.Contains(pin) || IsRun(pin, 1) || IsRun(pin, 9) || Repeats(pin, 1) || Repeats(pin, 2)
        || Repeats(pin, 3) || pin[..3] == new string([pin[5], pin[4], pin[3]]) || IsDoubles(pin) || pin.Distinct().Count() < 3;

    // 1 = up, 9 = down; 890123 runs through the nought.
    private static bool IsRun(string pin, int step) =>
        Enumerable.Range(1, 5).All(i => (pin[i] - '0') == (pin[i - 1] - '0' + step) % 10);

    private static bool Repeats(string pin, int length) => Enumerable.Range(length, 6 - length).All(i => pin[i] == pin[i - length]);

    private static bool IsDoubles(string pin) => pin[0] == pin[1] && pin[2] == pin[3] && pin[4] == pin[5];
}
