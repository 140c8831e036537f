using System.Reflection;
using Mingzhang.Services.Reading;

namespace Mingzhang.Services.Tickets.Rules;

/// <summary>Reads <c>tickets.json</c> of the products folder; a folder without one gets the file that comes with the program.</summary>
public static class TicketRulesFile
{
    /// <summary>The file's name.</summary>
    public const string Name = "tickets.json";

    /// <summary>The rules that come with the program.</summary>
    public static TicketRules Shipped { get; } = Of(Resource(Name));

    /// <summary>The rules of a folder; throws with every broken rule.</summary>
    public static TicketRules Read(string folder)
    {
        var path = Path.Combine(folder, Name);
        return File.Exists(path) ? Of(File.ReadAllText(path)) : Shipped;
    }

    /// <summary>A file of the products folder that the program carries.</summary>
    public static string Resource(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("tickets/" + name)!);
        return reader.ReadToEnd();
    }

    private static TicketRules Of(string json) => TicketRules.Parse(json, Name) switch
    {
        TicketRulesRead read => read.Rules,
        TicketRulesRejected rejected => throw new ProductsException(
            $"{Name} breaks rules:" + Environment.NewLine + string.Join(Environment.NewLine, rejected.Errors)),
        _ => throw new InvalidOperationException("A third answer of the ticket rules."),
    };
}
