namespace Mingzhang.Web.Identity;

/// <summary>
/// Passwords everybody tries first, as far as they are ten characters or longer. Those found in leaks are few words, runs and keyboard
/// rows, alone, doubled, or with a year or a run of digits behind them: 3,000 and more follow from the parts below.
/// </summary>
public static class CommonPasswords
{
    private static readonly string[] Words =
    [
        "password", "passw0rd", "p@ssw0rd", "p@ssword", "qwerty", "qwertyuiop", "asdfghjkl", "asdfgh", "zxcvbnm", "zxcvbn", "1q2w3e4r",
        "1qaz2wsx", "qazwsx", "q1w2e3r4", "qwe123", "abc123", "a123456", "abcdef", "abcdefgh", "iloveyou", "woaini", "woaini1314",
        "wodemima", "mima", "admin", "administrator", "welcome", "letmein", "monkey", "dragon", "football", "baseball", "basketball",
        "superman", "batman", "princess", "sunshine", "shadow", "master", "michael", "jordan", "charlie", "computer", "internet",
        "starwars", "pokemon", "trustno1", "whatever", "freedom", "secret", "login", "user", "guest", "test", "testtest", "changeme",
        "default", "root", "alipay", "zhifubao", "wechat", "weixin", "taobao", "5201314", "1314520", "147258369", "123456", "1234567",
        "12345678", "123456789", "1234567890", "0123456789", "987654321", "0987654321", "11111", "111111", "00000", "000000",
        "88888888", "666666", "888888", "123123", "112233", "121212", "123321", "789456123", "google", "facebook", "samsung", "android",
        "iphone", "china", "beijing", "shanghai", "hello", "helloworld", "summer", "winter", "spring", "autumn", "january", "december",
        "monday", "friday", "lovely", "family", "liverpool", "chelsea", "arsenal",
    ];

    private static readonly string[] Endings =
    [
        "", "1", "!", "12", "123", "1234", "12345", "123456", "1234567", "12345678", "123456789", "1234567890", "321", "520", "1314",
        "5201314", "666", "888", "!!", "123!", "@123", "#123", "@1234", "000", "111", "a", "abc", "qwe",
    ];

    private static readonly HashSet<string> All = Build();

    /// <summary>How many there are.</summary>
    public static int Count => All.Count;

    /// <summary>Whether a password is one of them, however its letters are written.</summary>
    public static bool Has(string password) => All.Contains(password) || password.Distinct().Count() < 4;

    private static HashSet<string> Build()
    {
        var years = Enumerable.Range(1960, 76).Select(year => year.ToString(System.Globalization.CultureInfo.InvariantCulture)).ToList();
        var all = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var word in Words)
        {
            all.UnionWith(Endings.Concat(years).Select(ending => word + ending).Concat(Endings.Select(start => start + word)));
            all.Add(word + word);
        }

        all.RemoveWhere(password => password.Length < PasswordRules.Shortest);
        return all;
    }
}
