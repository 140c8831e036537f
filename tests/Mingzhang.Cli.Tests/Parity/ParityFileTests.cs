namespace Mingzhang.Cli.Tests.Parity;

/// <summary>Every file of published cases, in full; skipped when the outside data is not there.</summary>
public sealed class ParityFileTests
{
    [Theory]
    [InlineData("xirr", "apr/xirr.json", 35)]
    [InlineData("regz", "apr/us-reg-z-appendix-j.json", 9)]
    [InlineData("apr-eu-uk", "apr/eu-uk-apr.json", 37)]
    [InlineData("periodic", "apr/periodic-functions.json", 68)]
    [InlineData("flat-fee", "apr/cn-flat-fee-irr.json", 12)]
    [InlineData("workdays", "calendar/working-day-deadlines.json", 286)]
    [InlineData("ids", "idnumbers/id-cases.json", 60)]
    [InlineData("ids", "idnumbers/area-codes.csv", 6734)]
    [InlineData("cards", "bankcards/card-cases.json", 59)]
    [InlineData("cards", "bankcards/bin.csv", 1709)]
    [InlineData("cards", "bankcards/bank-names.csv", 275)]
    public async Task Every_compared_case_is_equal(string family, string file, int atLeast)
    {
        var (code, output, _) = await ParityFrameTests.RunAsync(family, Mz.SharedData(file));

        Assert.True(code == ExitCode.Done, output);
        var last = output.TrimEnd().Split('\n')[^1].Split(" of ");
        Assert.Equal(last[0], last[1]);
        Assert.True(int.Parse(last[1], System.Globalization.CultureInfo.InvariantCulture) >= atLeast, output);
    }
}
