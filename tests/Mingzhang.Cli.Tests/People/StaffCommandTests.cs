using System.Text.Json;

namespace Mingzhang.Cli.Tests.People;

/// <summary><c>mz staff</c>: the first people of a live house, and codes for who has no password.</summary>
public sealed class StaffCommandTests : IDisposable
{
    private readonly Mz _mz = new();

    [Fact]
    public async Task A_live_house_is_made_with_its_first_member_and_a_code_that_is_shown_once()
    {
        var made = await _mz.RunAsync("staff", "add", "lin.wei", "--role", "administrator", "--role", "clerk", "--create", "--json");
        Assert.Equal(ExitCode.Done, made.Code);
        var answer = JsonDocument.Parse(made.Output).RootElement;
        var code = answer.GetProperty("code").GetString()!;
        Assert.Matches("^([2-9a-hj-km-np-z]{4}-){3}[2-9a-hj-km-np-z]{4}$", code);
        Assert.DoesNotContain(code, await File.ReadAllTextAsync(_mz.Database, System.Text.Encoding.Latin1), StringComparison.Ordinal);
        var list = await _mz.RunAsync("staff", "list");
        Assert.Contains("lin.wei  administrator clerk", list.Output, StringComparison.Ordinal);
        Assert.NotEqual(code, JsonDocument.Parse((await _mz.RunAsync("staff", "reset", "lin.wei", "--second-step", "--json")).Output)
            .RootElement.GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("staff add Lin --role clerk --create", ExitCode.Refused, "small letters", "小写字母")]
    [InlineData("staff add lin --role owner --create", ExitCode.Refused, "known ones", "角色不存在")]
    [InlineData("staff add lin --role clerk", ExitCode.House, "no database", "没有数据库")]
    [InlineData("staff add lin --create", ExitCode.Usage, "--role", "命令行有误")]
    public async Task What_is_wrong_is_said_in_both_languages(string line, ExitCode code, string said, string also)
    {
        var answer = await _mz.RunAsync(line.Split(' '));
        Assert.Equal(code, answer.Code);
        Assert.Contains(said, answer.Error, StringComparison.Ordinal);
        Assert.Contains(also, answer.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_mz.Database));
    }

    [Fact]
    public async Task A_name_is_given_once_and_nobody_is_reset_who_is_not_there()
    {
        Assert.Equal(ExitCode.Done, (await _mz.RunAsync("staff", "add", "lin", "--role", "clerk", "--create")).Code);
        var again = await _mz.RunAsync("staff", "add", "lin", "--role", "administrator");
        Assert.Equal(ExitCode.Refused, again.Code);
        Assert.Contains("mz staff reset", again.Error, StringComparison.Ordinal);
        var nobody = await _mz.RunAsync("staff", "reset", "zhou");
        Assert.Equal(ExitCode.Refused, nobody.Code);
        Assert.Contains("在职工作人员", nobody.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _mz.Dispose();
}
