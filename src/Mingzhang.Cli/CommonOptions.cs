using System.CommandLine;
using Mingzhang.Cli.Output;

namespace Mingzhang.Cli;

/// <summary>Options that many commands share.</summary>
public sealed class CommonOptions
{
    private const string DefaultPath = "data/mingzhang.db";

    /// <summary>One line of JSON, as the last line of standard output.</summary>
    public Option<bool> Json { get; } = new("--json") { Description = "Answer with one line of JSON (以 JSON 输出)", Recursive = true };

    /// <summary>The database file. Default: <c>MZ_DB</c>, else <c>./data/mingzhang.db</c>.</summary>
    public Option<string> Database { get; } = new("--db")
    {
        Description = "Database file (数据库文件); default: MZ_DB, else ./" + DefaultPath,
        HelpName = "PATH",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("MZ_DB") is { Length: > 0 } path ? path : DefaultPath,
    };

    /// <summary>The folder of product files. Default: <c>MZ_PRODUCTS</c>, else <c>products</c> beside the program.</summary>
    public Option<string> Products { get; } = new("--products")
    {
        Description = "Folder of the product files (产品文件夹); default: MZ_PRODUCTS, else beside the program",
        HelpName = "DIR",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("MZ_PRODUCTS") is { Length: > 0 } path
            ? path
            : Path.Combine(AppContext.BaseDirectory, "products"),
    };

    /// <summary>Where the command writes.</summary>
    public Screen ScreenOf(ParseResult parsed) =>
        new(parsed.GetValue(Json), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
}
