using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Mingzhang.Domain.Disclosure;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Values;
using Mingzhang.Services.People;
using Mingzhang.Web.Api;
using Mingzhang.Web.Api.Fields;
using Mingzhang.Web.Api.Routes;
using Mingzhang.Web.App;
using Mingzhang.Web.Console;

namespace Mingzhang.Web.Tests.Fuzz;

/// <summary>
/// T13: whatever text comes, a parser answers: no exception, no hang above a second, and what it read prints and reads the same.
/// <c>MZ_FUZZ_INPUTS=1000000</c> feeds more, <c>MZ_FUZZ_SEED</c> others.
/// </summary>
public sealed class ParserFuzzTests
{
    private static readonly DateOnly Today = new(2026, 7, 5);

    private static readonly Parsed[] Small =
    [
        new("amount typed", ["1", "12.34", "1,234.50", " 0.01 ", "999999999.99"], text =>
            Typed.Fen(text) is { } fen ? (fen / 100m).ToString("0.00", CultureInfo.InvariantCulture) : null),
        new("day typed", ["2026-07-05", "2024-02-29"], text => Typed.Day(text)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        new("number typed", ["0", "12", "2147483647"], text => Typed.Number(text)?.ToString(CultureInfo.InvariantCulture)),
        new("money", ["CNY1234", "CNY-1", "TWD0", "CNY9223372036854775807"], text =>
            Money.TryParse(text, out var money) ? money.ToString() : null),
        new("currency", ["CNY", "TWD"], text => Currency.TryParse(text, out var currency) ? currency.ToString() : null),
        new("customer", ["1000001", "59999999999999999"], text => CustomerId.TryParse(text, out var id) ? id.ToString() : null),
        new("account", ["1000001-01", "59999999999999999-01", "1-99"], text => AccountId.TryParse(text, out var id) ? id.ToString() : null),
        new("identity number", ["11010519491231002X", "110105491231002", "440308199901010012", "810000199408230021"], text =>
            IdNumberReader.Read(text, Today) is IdNumberRead read ? read.Id.Number : null),
        new("bank card", ["6222020200112233445", "4111111111111111", "622848 0402564890018"], text =>
            BankCardNumber.Read(text) is BankCardRead read ? read.Card.Digits : null),
        new("cursor", [Cursor.Of("journal", 17), Cursor.Of("journal", long.MaxValue), Cursor.Of("inbox", 0)], text =>
            Cursor.Read("journal", text) is { } place ? Cursor.Of("journal", place) : null),
        new("list cursor", ["12.100000101", "0.0", "1023.1"], text => ListCursor.Read(text) is { Partition: >= 0 } at
            ? string.Create(CultureInfo.InvariantCulture, $"{at.Partition}.{at.Account}") : null),
        new("body", [ApiBody], Body),
    ];

    private const string ApiBody =
        """{"customerId":"30000001","product":"pay-later","dueDay":10,"amountMinor":1200,"on":"2026-07-05","list":["a","b"],"yes":true}""";

    private static int Seed => Number("MZ_FUZZ_SEED", 20261122);

    private static int Inputs => Number("MZ_FUZZ_INPUTS", 100_000);

    [Fact]
    public void Whatever_text_comes_it_is_read_or_refused() => AssertNone(ParserFuzz.Run(Small, Inputs, Seed));

    [Fact]
    public void Whatever_file_comes_it_is_read_or_every_broken_rule_is_named()
    {
        var folder = Path.Combine(Host.Root, "products");
        string[] products = [.. Directory.GetFiles(folder, "*.v*.json").Order(StringComparer.Ordinal).Select(File.ReadAllText)];
        var costs = File.ReadAllText(Path.Combine(folder, "cost-rules.json"));
        Parsed[] files =
        [
            new("product", products, text => Answered(ProductCatalogue.Parse(text, "fuzz.v1.json") is ProductRejected { Errors.Count: 0 })),
            new("cost rules", [costs], text => Answered(CostRules.Parse(text, "cost-rules.json") is CostRulesRejected { Errors.Count: 0 })),
        ];
        AssertNone(ParserFuzz.Run(files, Inputs / 50, Seed));
    }

    [Fact]
    public void Planted_parsers_are_found()
    {
        Parsed throws = new("throws", ["12"], text => int.Parse(text, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture));
        Parsed forgets = new("forgets", ["12"], text => text.TrimStart('0').Length < text.Length ? text + "!" : text);
        Parsed hangs = new("hangs", ["12"], text =>
        {
            if (text.Length > 200)
            {
                Thread.Sleep(1_100);
            }

            return null;
        });
        foreach (var planted in (Parsed[])[throws, forgets, hangs])
        {
            Assert.NotEmpty(ParserFuzz.Run([planted], 300, Seed, slow: 1));
        }
    }

    private static string? Body(string text)
    {
        var context = new DefaultHttpContext();
        context.Request.ContentType = "application/json";
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var (document, problem) = RequestBody.ReadAsync(context.Request, RequestBody.Largest).GetAwaiter().GetResult();
        using (document)
        {
            if (document is null)
            {
                return problem is null ? throw new InvalidOperationException("neither read nor refused") : null;
            }

            var errors = new List<FieldError>();
            var reader = new FieldReader(document.RootElement, errors);
            _ = reader.OptionalText("customerId", "", 100);
            _ = reader.OptionalWhole("amountMinor", "", 1, 1_000_000);
            _ = reader.OptionalDate("on", "");
            _ = reader.OptionalYesNo("yes", "");
            reader.Close();
            return null;
        }
    }

    private static string? Answered(bool withoutReason) =>
        withoutReason ? throw new InvalidOperationException("rejected without a reason") : null;

    private static void AssertNone(List<string> faults) =>
        Assert.True(faults.Count == 0, $"seed {Seed}, {faults.Count} faults:\n{string.Join('\n', faults.Take(20))}");

    private static int Number(string name, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var asked) ? asked : usual;
}
