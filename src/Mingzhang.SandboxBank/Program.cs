using System.Globalization;

namespace Mingzhang.SandboxBank;

/// <summary>The bank as a process.</summary>
internal static class BankProgram
{
    private const int BadInput = 3;
    private const int ShortestSecret = 32;

    public static async Task<int> Main(string[] args)
    {
        var book = Environment.GetEnvironmentVariable("MZ_BANK_BOOK") ?? "sandbox-bank.db";
        var secret = Environment.GetEnvironmentVariable("MZ_BANK_SECRET") ?? "";
        if (secret.Length < ShortestSecret)
        {
            await Console.Error.WriteLineAsync(
                "MZ_BANK_SECRET: at least 32 characters, the same as the lender's. 至少 32 个字符，与放款方一致。");
            return BadInput;
        }

        _ = int.TryParse(
            Environment.GetEnvironmentVariable("MZ_BANK_OWNER"), NumberStyles.None, CultureInfo.InvariantCulture, out var owner);
        await using var bank = BankHost.Build(args, new BankSettings(book, secret, owner));
        await bank.StartAsync();
        await Console.Out.WriteLineAsync("bank ready at " + string.Join(' ', bank.Urls));
        await bank.WaitForShutdownAsync();
        return 0;
    }
}
