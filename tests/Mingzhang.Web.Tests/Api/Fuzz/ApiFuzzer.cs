using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mingzhang.Services.Sandbox;

namespace Mingzhang.Web.Tests.Api.Fuzz;

/// <summary>One operation of the OpenAPI document.</summary>
internal sealed record Operation(string Method, string Path, JsonNode Spec)
{
    public string Name => (string)Spec["operationId"]!;

    public JsonNode? BodySchema => Spec["requestBody"]?["content"]?["application/json"]?["schema"];

    public JsonNode? Example => Spec["requestBody"]?["content"]?["application/json"]?["example"];
}

/// <summary>Calls every operation with fields at their edges, one after the other and in sequences, and looks at each answer.</summary>
internal sealed class ApiFuzzer(ApiHost host, JsonNode document, int seed)
{
    // What would tell of machinery or of people.
    private static readonly string[] Never =
    [
        "   at ", "Exception", ".cs:line", "SQLite", "Npgsql", "SELECT ", "System.", "/bin/", .. DemoCustomer.All.Select(one => one.Name),
        .. DemoCustomer.All.Select(one => one.Phone),
    ];

    private readonly SchemaCheck _schemas = new(document);
    private readonly Random _random = new(seed);
    private readonly List<string> _pool = ["ord-1", "pay-1", "loan-1", "x"];
    private readonly List<string> _accounts = [];

    /// <summary>Every operation.</summary>
    public IReadOnlyList<Operation> Operations { get; } =
    [
        .. document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()
            .Select(operation => new Operation(operation.Key.ToUpperInvariant(), path.Key, operation.Value!))),
    ];

    /// <summary>Calls made.</summary>
    public int Calls { get; private set; }

    /// <summary>How many answers of each status.</summary>
    public SortedDictionary<int, int> Statuses { get; } = [];

    /// <summary>What was wrong with answers; empty is good.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>So many calls with one field at an edge; the operations in turn, the values drawn by the seed.</summary>
    public async Task EdgesAsync(int calls)
    {
        for (var i = 0; i < calls; i++)
        {
            var operation = Operations[i % Operations.Count];
            var body = operation.Example is null ? null : Mutated(operation, plain: false);
            await CallAsync(operation, Address(operation, edges: body is null || _random.Next(4) == 0), body);
        }
    }

    /// <summary>So many calls that mostly make sense, on a few accounts, with names that occurred before.</summary>
    public async Task SequencesAsync(int calls)
    {
        for (var i = 0; i < calls; i++)
        {
            if (i % 200 == 0)
            {
                _accounts.Add((await host.OpenAsync())[13..]);
            }

            var operation = Operations[_random.Next(Operations.Count)];
            var body = operation.Example is null ? null : Mutated(operation, plain: true);
            await CallAsync(operation, Address(operation, edges: false), body);
        }
    }

    private async Task CallAsync(Operation operation, string path, string? body)
    {
        // Addresses elsewhere are not asked, and the clock is moved by days: years would only take time.
        if (operation.Name is "add-webhook" || body?.Contains("https://", StringComparison.Ordinal) == true)
        {
            body = body?.Replace("https://", "https://127.0.0.1:9/", StringComparison.Ordinal);
        }

        if (operation.Name is "move-clock" or "advance-fork" && _random.Next(50) > 0)
        {
            body = $$"""{"to":"{{host.House.BusinessDate.AddDays(_random.Next(4)):yyyy-MM-dd}}"}""";
        }

        Calls++;
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        var key = _random.Next(20) == 0 ? "again-1" : host.NextKey();
        var got = await host.SendAsync(operation.Method, path, body, operation.Method == "GET" ? null : key);
        Statuses[got.Status] = Statuses.GetValueOrDefault(got.Status) + 1;
        if (System.Diagnostics.Stopwatch.GetElapsedTime(began).TotalSeconds > 10)
        {
            Faults.Add($"{operation.Method} {path} {Short(body)}: took more than 10 s");
        }

        if (Fault(operation, got) is { } fault)
        {
            Faults.Add($"{operation.Method} {path} {Short(body)}: {got.Status} {fault} {Short(got.Text)}");
        }
        else if (got.Status < 300 && body is not null)
        {
            Harvest(body);
        }
    }

    private string? Fault(Operation operation, Got got)
    {
        if (got.Status >= 500)
        {
            return "is a failure of ours;";
        }

        if (got.Text.Length == 0)
        {
            return got.Status == 204 ? null : "has no body;";
        }

        JsonNode? answer;
        try
        {
            answer = JsonNode.Parse(got.Text);
        }
        catch (JsonException)
        {
            return "is not JSON;";
        }

        var status = got.Status.ToString(CultureInfo.InvariantCulture);
        var content = operation.Spec["responses"]?[status]?["content"];
        var type = got.Raw.Content.Headers.ContentType?.MediaType;
        if (got.Status >= 400)
        {
            return type != "application/problem+json" ? $"is {type};"
                : Array.Find(Never, word => got.Text.Contains(word, StringComparison.Ordinal)) is { } word ? $"tells {word};"
                : _schemas.Fault(document["components"]!["schemas"]!["Problem"], answer) is { } fault ? $"is no problem: {fault};" : null;
        }

        return content is null ? "is a status the document does not list;"
            : _schemas.Fault(content["application/json"]?["schema"], answer) is { } off ? $"is not of its schema: {off};" : null;
    }

    private string Mutated(Operation operation, bool plain)
    {
        var body = operation.Example!.DeepClone().AsObject();
        if (plain)
        {
            Rename(body);
        }

        return plain && _random.Next(5) > 0 ? body.ToJsonString() : OneEdge(body, operation.BodySchema!);
    }

    /// <summary>Sets, removes, doubles or adds one field somewhere; the value need not be JSON.</summary>
    private string OneEdge(JsonObject body, JsonNode schema)
    {
        var (place, fields) = (body, schema["properties"]?.AsObject());
        while (fields is not null && _random.Next(3) > 0
            && fields.FirstOrDefault(field => place[field.Key] is JsonObject && field.Value!["properties"] is not null)
                is { Key: { } inner })
        {
            (place, fields) = (place[inner]!.AsObject(), fields[inner]!["properties"]!.AsObject());
        }

        if (fields is null or { Count: 0 })
        {
            return body.ToJsonString();
        }

        var (name, field) = fields.ElementAt(_random.Next(fields.Count));
        if (_random.Next(12) == 0)
        {
            place.Remove(name);
            return body.ToJsonString();
        }

        var values = Boundaries.Of(field!).ToList();
        place[_random.Next(40) == 0 ? "surprise" : name] = "@@";
        return body.ToJsonString().Replace("\"@@\"", values[_random.Next(values.Count)], StringComparison.Ordinal);
    }

    /// <summary>Gives ids a name that occurred before, or a new one, and amounts another size.</summary>
    private void Rename(JsonObject body)
    {
        foreach (var (name, value) in body.ToList())
        {
            if (value is JsonObject inner)
            {
                Rename(inner);
            }
            else if (name.EndsWith("Id", StringComparison.Ordinal) && name != "customerId" && value is JsonValue)
            {
                body[name] = name == "accountId" && _accounts.Count > 0 ? Pick(_accounts)
                    : _random.Next(3) > 0 ? Pick(_pool) : $"{name}-{_random.Next(50)}";
            }
            else if (name.EndsWith("Minor", StringComparison.Ordinal))
            {
                body[name] = _random.Next(3) switch { 0 => 1, 1 => _random.Next(1, 1_000), _ => _random.Next(1, 2_000_000) };
            }
            else if (name == "customerId")
            {
                body[name] = (30_000_000 + _random.Next(40)).ToString(CultureInfo.InvariantCulture);
            }
        }
    }

    private void Harvest(string body)
    {
        foreach (var (name, value) in JsonNode.Parse(body) as JsonObject ?? [])
        {
            if (name.EndsWith("Id", StringComparison.Ordinal) && value is JsonValue && value.GetValueKind() == JsonValueKind.String
                && _pool.Count < 200)
            {
                _pool.Add((string)value!);
            }
        }
    }

    private string Address(Operation operation, bool edges)
    {
        var parts = operation.Path.Split('/').Select(part =>
        {
            var value = !part.StartsWith('{') ? part : edges && _random.Next(3) == 0 ? Pick(Boundaries.Texts)
                : part == "{accountId}" && _accounts.Count > 0 && _random.Next(10) > 0 ? Pick(_accounts)
                : part == "{accountId}" ? "1000001-01" : part == "{date}" ? "2026-07-01" : Pick(_pool);
            return part.StartsWith('{') ? Escaped(value) : value;
        });
        var query = (operation.Spec["parameters"]?.AsArray() ?? []).Where(parameter => (string)parameter!["in"]! == "query").ToList();
        var asked = query.Where(_ => edges ? _random.Next(2) == 0 : _random.Next(6) == 0)
            .Select(parameter => (string)parameter!["name"]!)
            .Select(name => $"{name}={Escaped(edges ? Pick(Boundaries.Texts) : Usual(name))}").ToList();
        return string.Join('/', parts) + (asked.Count > 0 ? "?" + string.Join('&', asked) : "");
    }

    private string Usual(string name) => name switch
    {
        "trial" => "true",
        "limit" => "5",
        "amountMinor" => "1000",
        _ => host.House.BusinessDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    private T Pick<T>(IReadOnlyList<T> list) => list[_random.Next(list.Count)];

    private static string Escaped(string text) => text is "" or "." or ".." ? "%20" : Uri.EscapeDataString(text);

    private static string Short(string? text) => text is null ? "" : text.Length <= 300 ? text : text[..300] + "…";
}
