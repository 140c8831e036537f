using System.CommandLine;
using Mingzhang.Cli.Output;
using Mingzhang.Papers.Signing;
using Mingzhang.Services.Certificates;
using Mingzhang.Services.Proofs;

namespace Mingzhang.Cli.Certificates;

/// <summary><c>mz prove</c>: an account from its proof file alone; chain followed, every statement worked out anew.</summary>
internal static class ProveCommand
{
    private const int LargestMegabytes = 256;

    public static Command Make(CommonOptions common)
    {
        var file = new Argument<string>("FILE") { Description = "The proof that was downloaded (下载的自证文件)" };
        var key = PaperInput.KeyOption();
        var against = new Option<string[]>("--against")
        {
            Description = "Earlier proofs or certificates of the account: history must not have been rewritten (以前的文件)",
            HelpName = "FILE", AllowMultipleArgumentsPerToken = true,
        };
        var command = new Command(
            "prove", "Work an account out anew from its proof: hash chain and every statement to the fen. Needs no house (离线自证)")
        {
            file, key, against,
        };
        command.SetAction(parsed => (int)Prove(
            common.ScreenOf(parsed), parsed.GetValue(file)!, parsed.GetValue(key), parsed.GetValue(against) ?? []));
        return command;
    }

    private static ExitCode Prove(Screen screen, string path, string? keys, string[] earlier)
    {
        var known = PaperInput.Keys(keys);
        var report = ProofCheck.Check(PaperInput.Read(path, LargestMegabytes));
        var faults = report.Faults.ToList();
        if (known is not null && report.Signer is { } signer && !known.Any(signer.IsSameAs))
        {
            faults.Add($"signature: of another key, {signer.Id}");
        }

        if (report.Signer is { } by && known?.FirstOrDefault(by.IsSameAs) is { Withdrawal: { } gone } key
            && (report.Manifest is not { } manifest || gone.Takes(manifest.MadeAt)))
        {
            faults.Add("signature: " + PaperInput.Withdrawn(key, gone));
        }

        foreach (var old in earlier)
        {
            faults.AddRange(Rewritten(report, PaperInput.Read(old, LargestMegabytes)).Select(fault => $"{old}: {fault}"));
        }

        foreach (var one in report.Statements)
        {
            screen.Line(
                $"{one.Issued.IssuedOn:yyyy-MM-dd} v{one.Issued.Version}  issued {one.Issued.Closing}  "
                + $"recomputed {one.Again?.Closing ?? "nothing"}" + (one.IsSame ? "  =" : "  DIFFERENT"));
        }

        foreach (var fault in faults)
        {
            screen.Line("NOT proven. " + fault);
        }

        screen.Line(faults.Count == 0
            ? $"Proven: {report.LinkedRows} rows in one chain, {report.RetoldRows} outcomes and {report.Statements.Count} statements "
                + $"recomputed = issued; signed by key {report.Signer!.Id}. 全部核对一致"
            : $"{faults.Count} fault(s). 核对不一致");
        screen.Json(new
        {
            proven = faults.Count == 0, account = report.Manifest?.Account, rows = report.LinkedRows, retold = report.RetoldRows,
            statements = report.Statements.Count, same = report.Statements.Count(one => one.IsSame), key = report.Signer?.Id, faults,
        });
        return faults.Count == 0 ? ExitCode.Done : ExitCode.Difference;
    }

    /// <summary>Where an earlier paper says something else than the chain: its row's hash has to stand in it.</summary>
    private static IEnumerable<string> Rewritten(ProofReport report, byte[] paper)
    {
        var intact = SignedFile.Check(paper) as FileIntact;
        var (account, row, hash) = SignedFacts.Read(intact?.Facts) is { } facts
            ? (facts.Content.Account, facts.JournalSequence, facts.JournalHash)
            : ProofCheck.Check(paper) is { Signer: not null, Manifest: { } manifest }
                ? (manifest.Account, manifest.Rows, manifest.Head) : ("", 0, "");
        if (row == 0)
        {
            yield return "is no signed certificate or proof";
        }
        else if (account != report.Manifest?.Account)
        {
            yield return $"is of another account, {account}";
        }
        else if (row > report.Hashes.Count || report.Hashes[(int)row - 1] != hash)
        {
            yield return $"says that row {row} has the hash {hash}; in this proof it has not: history was rewritten";
        }
    }
}
