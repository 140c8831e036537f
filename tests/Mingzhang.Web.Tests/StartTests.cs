using System.Diagnostics;

namespace Mingzhang.Web.Tests;

/// <summary>What whoever starts the host reads when it cannot start: setting, rule and fix in both languages, and no stack.</summary>
public sealed class StartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mz-start-").FullName;

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Mingzhang.Web.dll");

    [Fact]
    public async Task A_server_that_does_not_answer() => await AssertRefusedAsync(
        5, "MZ_DB", "Start the server", "请启动数据库服务", ("MZ_DB", "postgresql://somebody:secret-word@127.0.0.1:1/books"), ("MZ_DATA", _folder));

    [Fact]
    public async Task A_connection_string_that_is_none() => await AssertRefusedAsync(
        5, "MZ_DB", "not one of PostgreSQL", "PostgreSQL", ("MZ_DB", "Host=h;Port=secret-word"), ("MZ_DATA", _folder));

    [Fact]
    public async Task A_file_that_is_no_database()
    {
        var file = Path.Combine(_folder, "text.db");
        await File.WriteAllTextAsync(file, new string('x', 9_000));
        await AssertRefusedAsync(5, "MZ_DB", "mz restore", "该文件不是数据库", ("MZ_DB", file));
        Assert.Equal(new string('x', 9_000), await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task A_database_another_process_writes()
    {
        var file = Path.Combine(_folder, "house.db");
        await using var held = new FileStream(file + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        await AssertRefusedAsync(5, "MZ_DB", "Stop the other process", "已有另一个进程在写入", ("MZ_DB", file));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made()
    {
        var file = Path.Combine(_folder, "plain");
        await File.WriteAllTextAsync(file, "");
        await AssertRefusedAsync(5, "MZ_DB", "may write to", "可写", ("MZ_DB", Path.Combine(file, "below", "house.db")));
    }

    [Fact]
    public async Task A_folder_in_the_place_of_a_file() =>
        await AssertRefusedAsync(5, "MZ_DB", "Name the file", "无法打开数据库", ("MZ_DB", _folder));

    [Fact]
    public async Task No_products() => await AssertRefusedAsync(
        3, "MZ_PRODUCTS", "no product file", "请指定产品文件", ("MZ_DB", Path.Combine(_folder, "a.db")), ("MZ_PRODUCTS", _folder));

    [Fact]
    public async Task A_master_key_that_is_none() => await AssertRefusedAsync(
        3, "MZ_MASTER_KEY", "64 hexadecimal digits", "64 位十六进制数字", ("MZ_DB", Path.Combine(_folder, "a.db")), ("MZ_MASTER_KEY", "short"));

    [Fact]
    public async Task A_number_out_of_its_range() => await AssertRefusedAsync(
        3, "MZ_RATE", "from 1 to 100000", "1 至 100000", ("MZ_DB", Path.Combine(_folder, "a.db")), ("MZ_RATE", "-3"));

    [Fact]
    public async Task A_setting_of_another_kind() => await AssertRefusedAsync(
        3, "MZ_SANDBOX", "true or false", "true 或 false", ("MZ_DB", Path.Combine(_folder, "a.db")), ("MZ_SANDBOX", "perhaps"));

    [Fact]
    public async Task An_address_that_is_taken()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        await AssertRefusedAsync(5, "ASPNETCORE_URLS", "--urls", "占用",
            ("MZ_DB", Path.Combine(_folder, "a.db")), ("MZ_SANDBOX", "false"), ("ASPNETCORE_URLS", $"http://127.0.0.1:{port}"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task AssertRefusedAsync(
        int code, string setting, string fix, string zh, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [Program]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["MZ_CANARY"] = "false";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var text = await error + await output;
        Assert.True(process.ExitCode == code, $"{process.ExitCode}: {text}");
        foreach (var part in (string[])["Mingzhang cannot start.", "明账无法启动。", setting, fix, zh])
        {
            Assert.Contains(part, await error, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("   at ", await error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-word", text, StringComparison.Ordinal);
    }
}
