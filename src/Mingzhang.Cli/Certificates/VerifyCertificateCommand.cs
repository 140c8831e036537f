using System.CommandLine;
using System.Security.Cryptography;
using Mingzhang.Cli.Output;
using Mingzhang.Papers.Signing;
using Mingzhang.Services.Certificates;

namespace Mingzhang.Cli.Certificates;

/// <summary><c>mz verify-certificate</c>: a file alone, without a house or a network.</summary>
internal static class VerifyCertificateCommand
{
    private const int LargestMegabytes = 64;

    public static Command Make(CommonOptions common)
    {
        var file = new Argument<string>("FILE") { Description = "The PDF or XLSX as it was received (收到的文件原件)" };
        var key = PaperInput.KeyOption();
        var command = new Command(
            "verify-certificate", "Is a certificate exactly what was signed, and what does it say? Needs no house (离线验真)") { file, key };
        command.SetAction(parsed => (int)Check(common.ScreenOf(parsed), parsed.GetValue(file)!, parsed.GetValue(key)));
        return command;
    }

    private static ExitCode Check(Screen screen, string path, string? keys)
    {
        var bytes = PaperInput.Read(path, LargestMegabytes);
        var known = PaperInput.Keys(keys);
        var intact = SignedFile.Check(bytes) as FileIntact;
        var facts = SignedFacts.Read(intact?.Facts);
        var withdrawal = intact is null ? null : known?.FirstOrDefault(intact.Signer.IsSameAs)?.Withdrawal;

        // Without a moment of its own nothing says that it was signed before.
        var gone = withdrawal is not null && (facts is null || withdrawal.Takes(facts.MadeAt));
        var trusted = intact is not null && !gone && known?.Any(intact.Signer.IsSameAs) != false;
        screen.Line(intact is null ? "NOT genuine: changed since it was signed, or never signed. 文件被改动过，或没有签名"
            : gone ? PaperInput.Withdrawn(intact.Signer, withdrawal!)
            : !trusted ? $"NOT genuine: signed by another key, {intact.Signer.Id}. 签名密钥不是该机构公布的密钥"
            : known is null ? $"Unchanged since it was signed by key {intact.Signer.Id}. Compare it with the institution's, or give --key. "
                + "签名后未被改动；请核对密钥是否为机构公布的密钥"
            : $"Genuine: signed by the institution's key {intact.Signer.Id}, every byte as signed. 签名有效，未被改动");
        if (trusted && withdrawal is not null)
        {
            screen.Line("Its key was withdrawn for what it signed later; whoever has that key can write an earlier day. Ask /verify. "
                + "签名密钥此后已撤销，早于该日的日期也可能被伪造，请以机构验真页面为准");
        }

        if (trusted && facts is not null)
        {
            Tell(screen, facts);
        }

        screen.Json(new
        {
            genuine = trusted, unchanged = intact is not null, key = intact?.Signer.Id, keyChecked = known is not null && trusted,
            keyWithdrawnAt = withdrawal?.At, keyWithdrawnSince = withdrawal?.Since,
            sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)), number = facts?.Number, kind = facts?.Content.Kind,
            account = facts?.Content.Account, from = facts?.Content.From, to = facts?.Content.To, madeAt = facts?.MadeAt,
            closingMinor = facts?.Content.ClosingMinor,
        });
        return trusted ? ExitCode.Done : ExitCode.Difference;
    }

    private static void Tell(Screen screen, SignedFacts facts)
    {
        var content = facts.Content;
        screen.Line(
            $"{facts.Number}  {content.Kind}  {facts.Name}  {content.Account}  {content.From:yyyy-MM-dd} … {content.To:yyyy-MM-dd}");
        screen.Line(
            $"made {facts.MadeAt:yyyy-MM-dd HH:mm}, of the account's journal up to row {facts.JournalSequence} ({facts.JournalHash})");
        screen.Line(content.Kind == "settlement"
            ? $"settled on {content.SettledOn:yyyy-MM-dd}; owed 0.00 (已结清)"
            : $"{content.Lines.Count} transactions; owed {content.OpeningMinor / 100m:0.00} → {content.ClosingMinor / 100m:0.00}");
        screen.Line("Whether it was superseded or revoked since, only the institution's page /verify knows. 是否已被取代或作废，以机构验真页面为准");
    }
}
