using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Mingzhang.Engine.Encoding;
using Spectre.Console;

namespace Mingzhang.Cli.Output;

/// <summary>Where a command writes: a person's screen, or one line of JSON as the last line of standard output.</summary>
/// <param name="json">Whether JSON was asked for; then nothing else goes to standard output.</param>
/// <param name="output">Standard output.</param>
/// <param name="error">Standard error: problems and progress.</param>
public sealed class Screen(bool json, TextWriter output, TextWriter error)
{
    private const int PipeWidth = 200;

    // Domain values as everywhere else (amounts as "CNY1234"); the rest by the same naming.
    private static readonly JsonSerializerOptions Options = new(DomainJson.Written)
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(DomainJson.Written.TypeInfoResolver, new DefaultJsonTypeInfoResolver()),
        IgnoreReadOnlyProperties = false,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Whether JSON was asked for.</summary>
    public bool IsJson => json;

    /// <summary>Standard error.</summary>
    public TextWriter Error => error;

    /// <summary>Tables and text for a person; writes nothing when JSON was asked for.</summary>
    public IAnsiConsole Human { get; } = Make(json ? TextWriter.Null : output);

    /// <summary>Progress for a person, on standard error.</summary>
    public IAnsiConsole Progress { get; } = Make(error);

    /// <summary>A line for a person, never wrapped.</summary>
    public void Line(string text)
    {
        if (!json)
        {
            output.WriteLine(text);
        }
    }

    /// <summary>The answer as one line of JSON, when it was asked for.</summary>
    public void Json(object answer)
    {
        if (json)
        {
            output.WriteLine(Written(answer));
        }
    }

    /// <summary>A value as one line of JSON, in the form of <see cref="Json"/>.</summary>
    public static string Written(object value) => JsonSerializer.Serialize(value, Options);

    /// <summary>Says what is wrong: to a person line by line, else as <c>{"error":{"exitCode":…,"problems":[…]}}</c>.</summary>
    public void Say(ExitCode code, IReadOnlyList<Problem> problems)
    {
        if (json)
        {
            Json(new { error = new { exitCode = (int)code, problems } });
            return;
        }

        foreach (var problem in problems)
        {
            string?[] parts = [problem.File, problem.Line?.ToString(Invariant), problem.Field];
            var place = string.Join(':', parts.Where(part => part is not null));
            error.WriteLine($"mz: {place}: {problem.Rule}. {problem.Fix}");
            error.WriteLine($"    {problem.RuleZh}。{problem.FixZh}");
        }
    }

    private static System.Globalization.CultureInfo Invariant => System.Globalization.CultureInfo.InvariantCulture;

    private static IAnsiConsole Make(TextWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        if (!console.Profile.Out.IsTerminal)
        {
            console.Profile.Width = PipeWidth;
        }

        return console;
    }
}
