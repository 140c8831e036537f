using System.Text;

namespace Mingzhang.Cli.Tests.Parity;

/// <summary>Each family tells a right case from a planted wrong one, and a file that is not its own from one that is.</summary>
public sealed class FamilyTests
{
    private const string Flows = """
        "flows":[["2010-01-01",-1000],["2011-01-01",1100]]
        """;
    private const string Loan = """
        "advances":[["1978-01-03",1000]],"payments":[["1978-09-15",1080]]
        """;

    /// <summary>A family, a right case, and what turns it into a wrong one.</summary>
    public static TheoryData<string, string, string, string> Cases { get; } = new()
    {
        { "xirr", $$"""[{"id":"a",{{Flows}},"expected":0.1,"basis":"actual/365"}]""", "0.1,", "0.10001," },
        { "xirr", $$"""[{"id":"a",{{Flows}},"expected":0.1}]""", "0.1}", "null}" },
        { "xirr", """[{"id":"a","flows":[["2010-01-01",-1],["2011-01-01",-1]],"expected":null}]""", "null", "0" },
        { "regz", $$"""[{"id":"a",{{Loan}},"expected_apr_percent":11.45}]""", "11.45", "11.47" },
        {
            "apr-eu-uk", """[{"id":"a","advances":[[100,0]],"payments":[[101,365.25]],"decimals":1,"expected_apr_percent":1}]""", "ent\":1",
            "ent\":1.1"
        },
        { "periodic", """[{"id":"a","fn":"PMT","args":[0,12,1200],"expected":-100,"tolerance":null}]""", "-100", "-100.001" },
        { "periodic", """[{"id":"a","fn":"PMT","args":["x",12,1200],"expected":"#VALUE!","tolerance":null}]""", "#VALUE!", "#NUM!" },
        { "periodic", """[{"id":"a","fn":"NPER","args":[0.01,-1,1000],"expected":"#NUM!"}]""", "NPER", "NOSUCH" },
        {
            "flat-fee", """
                {"cases":[{"id":"a","amount_received":100,"payments":[[1,110]],"monthly_irr":0.1,"apr_nominal_percent":120,
                "apr_effective_percent":213.842838}]}
                """, ":120,", ":120.02,"
        },
        { "workdays", """{"cases":[{"from_date":"2026-12-31","working_days":1,"deadline":null}]}""", "null", "\"2027-01-01\"" },
        { "ids", """{"some":[{"id":"11010519491231002X","valid":true,"birth":"1949-12-31","sex":"F","area":"朝阳区"}]}""", "\"F\"", "\"M\"" },
        { "ids", """[{"id":"500154199301135886","valid":null}]""", "null", "false" },
        { "ids", """[{"id":"440308199901101512","valid":true}]""", "true", "null" },
        { "ids", "code,last_name,first_year,last_year\r\n110105,朝阳区,1980,2020\r\n", "1980", "1981" },
        {
            "cards", """{"cases":[{"card":"5309850000003215","bank":"ICBC","name":"中国工商银行","type":"CC","luhn_ok":true}]}""", "\"ICBC\"",
            "\"ABC\""
        },
        { "cards", "bin,bank,type,length\n103,ABC,DC,19\n", "19", "16" },
        {
            "cards", """
                {"cases":[],"peer_cases":{"bins_used_by_the_peer_test":[["103","ABC","DC",19]],
                "cases":[{"card":"1031234567890987654","expected_bin":"103","length":19}]}}
                """, "\"103\",\"length", "null,\"length"
        },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_right_case_is_equal_and_a_planted_wrong_one_is_told(string family, string right, string from, string to)
    {
        using var mz = new Mz();
        Assert.Contains(from, right);

        var good = await ParityFrameTests.RunAsync(family, mz.Write("right", Encoding.UTF8.GetBytes(right)));
        var bad = await ParityFrameTests.RunAsync(family, mz.Write("wrong", Encoding.UTF8.GetBytes(right.Replace(from, to))));

        Assert.Equal((ExitCode.Done, "1 of 1", ""), (good.Code, good.Output.TrimEnd(), good.Error));
        Assert.Equal((ExitCode.Difference, "0 of 1"), (bad.Code, bad.Output.TrimEnd().Split('\n')[^1]));
    }

    [Fact]
    public async Task A_basis_that_the_product_does_not_count_by_is_not_compared_with_a_reason()
    {
        using var mz = new Mz();
        var file = mz.Write("basis", Encoding.UTF8.GetBytes($$"""[{"id":"a",{{Flows}},"expected":0.1,"basis":"30U/360"}]"""));

        var (code, answer) = await ParityFrameTests.JsonAsync("xirr", file);

        Assert.Equal((ExitCode.Difference, 0), (code, answer.GetProperty("cases").GetInt32()));
        var left = Assert.Single(answer.GetProperty("notCompared").EnumerateArray());
        Assert.Contains("30U/360", left.GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[{}]")]
    [InlineData("[[]]")]
    [InlineData("[{\"id\":7}]")]
    [InlineData("{\"cases\":[{\"id\":\"a\",\"payments\":[],\"amount_received\":1e40}]}")]
    [InlineData("{\"cases\":[],\"peer_cases\":{\"bins_used_by_the_peer_test\":[[\"1\",\"A\",\"XX\",1]],\"cases\":[]}}")]
    [InlineData("not a file of cases")]
    public async Task A_file_of_another_shape_is_told_and_never_breaks_the_command(string text)
    {
        using var mz = new Mz();
        var file = mz.Write("other", Encoding.UTF8.GetBytes(text));

        foreach (var family in Mingzhang.Cli.Parity.ParityFamilies.All)
        {
            var (code, _, error) = await ParityFrameTests.RunAsync(family.Name, file);
            Assert.True(code is ExitCode.BadInput, $"{family.Name}: {code} {error}");
        }
    }
}
