using System.Text;
using Mingzhang.Services.People;

namespace Mingzhang.Cli.Tests.People;

/// <summary><c>mz keys</c>: a new key signs, and the earlier ones stay known.</summary>
public sealed class KeysCommandTests : IDisposable
{
    private readonly Mz _mz = new();

    [Fact]
    public async Task A_new_key_signs_and_the_earlier_stays_in_the_list()
    {
        Assert.Equal(ExitCode.Done, (await _mz.RunAsync("staff", "add", "lin", "--role", "clerk", "--create")).Code);
        var without = await _mz.RunAsync("keys", "rotate");
        Assert.Equal(ExitCode.BadInput, without.Code);
        Assert.Contains("没有密钥文件", without.Error, StringComparison.Ordinal);

        _mz.Write(KeyFile.Name, Encoding.ASCII.GetBytes(MasterKey.New() + "\n"));
        var (code, none) = await _mz.JsonAsync("keys", "list");
        Assert.Equal(ExitCode.Done, code);
        Assert.Equal(0, none.GetProperty("keys").GetArrayLength());
        var first = (await _mz.JsonAsync("keys", "rotate")).Answer.GetProperty("signs").GetString()!;
        var second = (await _mz.JsonAsync("keys", "rotate")).Answer.GetProperty("signs").GetString()!;
        Assert.NotEqual(first, second);
        var list = (await _mz.RunAsync("keys", "list")).Output;
        Assert.Matches($"^{second}  since .* signs.*\n{first}  since .* checks only", list);
    }

    [Fact]
    public async Task A_key_that_leaked_is_withdrawn_and_another_one_signs()
    {
        Assert.Equal(ExitCode.Done, (await _mz.RunAsync("staff", "add", "lin", "--role", "clerk", "--create")).Code);
        _mz.Write(KeyFile.Name, Encoding.ASCII.GetBytes(MasterKey.New() + "\n"));
        var first = (await _mz.JsonAsync("keys", "rotate")).Answer.GetProperty("signs").GetString()!;
        Assert.Equal(ExitCode.Usage, (await _mz.RunAsync("keys", "withdraw", first, "--reason", " ")).Code);
        Assert.Equal(ExitCode.Usage, (await _mz.RunAsync("keys", "withdraw", first, "--reason", "x", "--since", "soon")).Code);
        Assert.Equal(ExitCode.Usage, (await _mz.RunAsync("keys", "withdraw", first, "--reason", "x", "--since", "2099-01-01")).Code);
        Assert.Equal(ExitCode.Refused, (await _mz.RunAsync("keys", "withdraw", "none", "--reason", "x")).Code);

        var (code, answer) = await _mz.JsonAsync("keys", "withdraw", first, "--reason", "copied from a backup", "--since", "2026-01-01");
        Assert.Equal(ExitCode.Done, code);
        Assert.NotEqual(first, answer.GetProperty("signs").GetString());
        Assert.Equal(ExitCode.Refused, (await _mz.RunAsync("keys", "withdraw", first, "--reason", "again")).Code);
        var list = (await _mz.RunAsync("keys", "list")).Output;
        Assert.Matches($"signs.*\n{first}  since .* withdrawn .* since 2026-01-01 does not count: copied from a backup", list);
    }

    public void Dispose() => _mz.Dispose();
}
