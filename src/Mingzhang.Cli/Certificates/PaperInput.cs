using System.CommandLine;
using System.Globalization;
using Mingzhang.Cli.Output;
using Mingzhang.Papers.Signing;

namespace Mingzhang.Cli.Certificates;

/// <summary>What the commands that check a paper without a house are given: the file, and the institution's public keys.</summary>
internal static class PaperInput
{
    private const long LargestKeys = 1024 * 1024;

    /// <summary>The option with the institution's public keys.</summary>
    public static Option<string?> KeyOption() => new("--key")
    {
        Description = "The institution's public keys, from /verify/keys.pem (机构公布的公钥)", HelpName = "PEM",
    };

    /// <summary>A file's bytes; one that is not there or larger than so many megabytes is a problem that names it.</summary>
    public static byte[] Read(string path, int megabytes) =>
        new FileInfo(path) is { Exists: true } file && file.Length <= megabytes * 1024L * 1024
            ? File.ReadAllBytes(path)
            : throw new ProblemException(ExitCode.BadInput, Problem.Of(
                path, $"is not there, or larger than {megabytes} MB", "Give the file as it was received.",
                $"文件不存在或大于 {megabytes} MB", "请提供收到的文件原件。"));

    /// <summary>What a paper of a withdrawn key is told: which key, since when, and what its holder does.</summary>
    public static string Withdrawn(VerifyingKey key, KeyWithdrawal gone) => string.Create(
        CultureInfo.InvariantCulture,
        $"NOT valid: key {key.Id} was withdrawn on {gone.At:yyyy-MM-dd HH:mm}, for what it signed ")
        + (gone.Since is { } since ? string.Create(CultureInfo.InvariantCulture, $"since {since:yyyy-MM-dd}") : "at any time")
        + ". Ask the holder for a new one. 签名密钥已撤销，证明失效；请持有人重新开具";

    /// <summary>The keys of a file, at least one; null = none was given.</summary>
    public static IReadOnlyList<VerifyingKey>? Keys(string? path) => path is null ? null
        : new FileInfo(path) is { Exists: true, Length: <= LargestKeys }
            && VerifyingKey.ReadPem(File.ReadAllText(path)) is { Count: > 0 } keys
            ? keys
            : throw new ProblemException(ExitCode.BadInput, Problem.Of(
                "--key", $"{path} is not there or holds no public key", "Fetch /verify/keys.pem from the institution.",
                "文件不存在，或文件中没有公钥", "请从机构网站下载 /verify/keys.pem。"));
}
