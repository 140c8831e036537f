using Mingzhang.Cli;
using Mingzhang.Papers.Signing;
using Mingzhang.Services.Certificates;

namespace Mingzhang.Papers;

/// <summary>The commands anybody can check a paper with, without a house: what is genuine, what was changed, and whose key it is.</summary>
public sealed class PaperCommandTests(CertificateHouse house) : IClassFixture<CertificateHouse>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mz-paper-");

    [Theory]
    [InlineData("pdf")]
    [InlineData("xlsx")]
    public async Task A_certificate_is_genuine_until_a_byte_changes(string format)
    {
        var bytes = await CertificateAsync(format);
        var paper = Write("paper." + format, bytes);
        Assert.Equal((ExitCode.Done, true), await SaysAsync("Genuine", "verify-certificate", paper, "--key", Keys()));
        Assert.Equal((ExitCode.Done, true), await SaysAsync("--key", "verify-certificate", paper));

        var stranger = Write("other.pem", SigningKey.New("other", DateTimeOffset.UnixEpoch).Public.Pem);
        Assert.Equal((ExitCode.Difference, true), await SaysAsync("another key", "verify-certificate", paper, "--key", stranger));

        bytes[bytes.Length / 2] ^= 1;
        var changed = Write("changed." + format, bytes);
        Assert.Equal((ExitCode.Difference, true), await SaysAsync("NOT genuine", "verify-certificate", changed, "--key", Keys()));
    }

    [Fact]
    public async Task An_account_is_proven_from_its_file_and_an_earlier_paper_of_it_fits_and_one_of_another_does_not()
    {
        var proof = Write("proof.zip", await house.ProveAsync("corrected"));
        var mine = Write("mine.zip", await house.ProveAsync("corrected"));
        var other = Write("other.zip", await house.ProveAsync("plan"));
        Assert.Equal((ExitCode.Done, true), await SaysAsync("Proven", "prove", proof, "--key", Keys(), "--against", mine));
        Assert.Equal((ExitCode.Difference, true), await SaysAsync("another account", "prove", proof, "--against", other));

        var stranger = Write("other.pem", SigningKey.New("other", DateTimeOffset.UnixEpoch).Public.Pem);
        Assert.Equal((ExitCode.Difference, true), await SaysAsync("of another key", "prove", proof, "--key", stranger));
    }

    [Fact]
    public async Task A_paper_of_a_withdrawn_key_is_not_valid_from_the_day_it_was_withdrawn_for()
    {
        using var own = new CertificateHouse();
        var made = await own.MakeAsync(own.Statement("revolver"));
        var paper = Write("paper.pdf", own.Desk.Content(made, "pdf")!);
        var proof = Write("proof.zip", await own.ProveAsync("revolver"));
        Assert.Equal((ExitCode.Done, true), await SaysAsync("Genuine", "verify-certificate", paper, "--key", Pem(own)));

        // Only what it signed from tomorrow on: nothing yet.
        var later = VerifyingKey.ReadPem(own.Signing.Pem)[0].WithdrawnBy(new KeyWithdrawal(
            DateTimeOffset.UnixEpoch, new DateTimeOffset(own.House.BusinessDate.AddDays(1).ToDateTime(default), TimeSpan.FromHours(8))));
        var good = Write("later.pem", "text before\n" + later.Pem);
        Assert.Equal((ExitCode.Done, true), await SaysAsync("can write an earlier day", "verify-certificate", paper, "--key", good));

        var done = await own.Signing.WithdrawAsync(made.KeyId, own.House.BusinessDate, "leaked");
        Assert.Equal(1, done!.Papers);
        Assert.Equal((ExitCode.Difference, true), await SaysAsync(
            $"key {made.KeyId} was withdrawn", "verify-certificate", paper, "--key", Pem(own)));
        Assert.Equal((ExitCode.Difference, true), await SaysAsync("Ask the holder for a new one", "prove", proof, "--key", Pem(own)));
        Assert.Equal((CertificateStatus.KeyWithdrawn, CertificateStatus.Valid), (
            (await own.Desk.FindAsync(made.Number))!.Status, (await own.MakeAsync(own.Statement("revolver"))).Status));

        // A program that knows nothing of withdrawals finds the good key alone.
        Assert.Single(own.Signing.Pem.Split("-----BEGIN CERTIFICATE-----")[1..]);
    }

    [Fact]
    public async Task What_a_key_signed_before_the_day_stays_good()
    {
        using var own = new CertificateHouse();
        var made = await own.MakeAsync(own.Statement("revolver"));
        var done = await own.Signing.WithdrawAsync(made.KeyId, own.House.BusinessDate.AddDays(1), "leaked");
        Assert.Equal((0, CertificateStatus.Valid), (done!.Papers, (await own.Desk.FindAsync(made.Number))!.Status));
        Assert.NotEqual(made.KeyId, done.Signs);
        Assert.NotEqual(made.KeyId, (await own.MakeAsync(own.Statement("plan"))).KeyId);
    }

    [Theory]
    [InlineData("verify-certificate")]
    [InlineData("prove")]
    public async Task A_file_or_a_key_that_is_none_is_said_by_name(string command)
    {
        var paper = Write("paper", "no paper");
        Assert.Equal((ExitCode.BadInput, true), await SaysAsync("nowhere", command, "nowhere"));
        Assert.Equal((ExitCode.BadInput, true), await SaysAsync("--key", command, paper, "--key", "nowhere"));
        Assert.Equal((ExitCode.BadInput, true), await SaysAsync("--key", command, paper, "--key", paper));
        Assert.Equal((ExitCode.Difference, true), await SaysAsync("NOT", command, paper));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task<(ExitCode Code, bool Says)> SaysAsync(string text, params string[] command)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await MzProgram.RunAsync(command, output, error);
        return ((ExitCode)code, (output.ToString() + error).Contains(text, StringComparison.Ordinal));
    }

    private async Task<byte[]> CertificateAsync(string format) =>
        house.Desk.Content(await house.MakeAsync(house.Statement("revolver")), format)!;

    private string Pem(CertificateHouse own) => Write("own.pem", own.Signing.Pem);

    private string Keys() => Write("keys.pem", house.Signing.Pem);

    private string Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
