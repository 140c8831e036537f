using System.Text.Json;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Reading;
using Mingzhang.Services.Tickets.Clocks;
using Mingzhang.Services.Tickets.Rules;

namespace Mingzhang.Services.Tickets.Playbooks;

/// <summary>A step of a procedure.</summary>
public sealed record PlaybookStep(string Code, Said Text);

/// <summary>The standard procedure for a common question, and the service standard.</summary>
/// <param name="Code">Its name.</param>
/// <param name="Version">Counted up with every change; who read which is kept.</param>
/// <param name="Kinds">The kinds of ticket it is for.</param>
/// <param name="Minutes">How long handling it should take.</param>
/// <param name="Title">The question.</param>
/// <param name="Standard">What the customer may expect.</param>
/// <param name="Steps">In order.</param>
public sealed record Playbook(
    string Code, int Version, ValueList<TicketKind> Kinds, int Minutes, Said Title, Said Standard, ValueList<PlaybookStep> Steps)
{
    /// <summary>How a checked step is written down: playbook, version and step.</summary>
    public string Mark(PlaybookStep step) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Code}@{Version}#{step.Code}");
}

/// <summary>All playbooks: <c>playbooks.json</c> of the products folder, or the file that comes with the program.</summary>
public sealed record PlaybookBook(ValueList<Playbook> All)
{
    /// <summary>The file's name.</summary>
    public const string Name = "playbooks.json";

    private static readonly Dictionary<string, TicketKind> Kinds = Enum.GetValues<TicketKind>().ToDictionary(
        TicketWords.Of, word => word, StringComparer.Ordinal);

    /// <summary>The playbooks of a folder; throws with every broken rule.</summary>
    public static PlaybookBook Read(string folder)
    {
        var path = Path.Combine(folder, Name);
        var (book, errors) = Parse(File.Exists(path) ? File.ReadAllText(path) : TicketRulesFile.Resource(Name), Name);
        return book ?? throw new ProductsException(
            $"{Name} breaks rules:" + Environment.NewLine + string.Join(Environment.NewLine, errors));
    }

    /// <summary>Reads a file: the book, or every broken rule.</summary>
    public static (PlaybookBook? Book, ValueList<ProductError> Errors) Parse(string json, string file)
    {
        var errors = new ProductErrors(file);
        var book = JsonText.Read(json, errors, Book);
        return (errors.None ? book : null, errors.All);
    }

    /// <summary>One, or null.</summary>
    public Playbook? Find(string code) => All.Find(one => one.Code == code);

    /// <summary>Those for a kind of ticket, then the others.</summary>
    public IEnumerable<Playbook> For(TicketKind kind) => All.OrderByDescending(one => one.Kinds.Contains(kind));

    /// <summary>The one beside a ticket: chosen, or the only one of its kind.</summary>
    public Playbook? Of(Ticket ticket) => Find(ticket.Playbook)
        ?? (All.Where(one => one.Kinds.Contains(ticket.Kind)).ToList() is [var only] ? only : null);

    private static PlaybookBook Book(JsonElement root, ProductErrors errors)
    {
        var fields = new JsonFields(root, "", errors);
        var book = new PlaybookBook(fields["playbooks"].List(1, One));
        fields.NoOthers();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (one, i) in book.All.Select((one, i) => (one, i)))
        {
            Once(seen.Add(one.Code), $"playbooks[{i}].code", one.Code, errors);
            var steps = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (step, n) in one.Steps.Select((step, n) => (step, n)))
            {
                Once(steps.Add(step.Code), $"playbooks[{i}].steps[{n}].code", step.Code, errors);
            }
        }

        return book;
    }

    private static Playbook One(JsonField field)
    {
        var fields = field.Object();
        var one = new Playbook(
            fields["code"].Code(), fields["version"].Count(1, 1_000_000), fields["kinds"].List(1, item => item.Word(Kinds)),
            fields["minutes"].Count(1, 600), Said(fields), new Said(fields["standardZh"].Text(), fields["standardEn"].Text()),
            fields["steps"].List(1, Step));
        fields.NoOthers();
        return one;
    }

    private static PlaybookStep Step(JsonField field)
    {
        var fields = field.Object();
        var step = new PlaybookStep(fields["code"].Code(), Said(fields));
        fields.NoOthers();
        return step;
    }

    private static Said Said(JsonFields fields) => new(fields["zh"].Text(), fields["en"].Text());

    private static void Once(bool first, string field, string code, ProductErrors errors)
    {
        if (!first && code.Length > 0)
        {
            errors.Add(field, new BrokenRule("a name occurs once", $"Remove or rename {code}.", "名称不得重复", $"请删除或改名 {code}。"));
        }
    }
}
