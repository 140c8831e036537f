using System.Text.Json;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Tests.Support;

namespace Mingzhang.Domain.Tests.Products;

/// <summary>products/product.schema.json (for editors) and the parser (for the house) agree on everything a schema can say.</summary>
public sealed class SchemaAgreementTests
{
    private static readonly MiniSchema Schema =
        new(JsonDocument.Parse(RepoFiles.Read("products/product.schema.json")).RootElement);

    public static TheoryData<BrokenProduct> Broken { get; } = [.. BrokenProducts.All];

    public static TheoryData<string> Shipped { get; } =
        [.. Directory.GetFiles(Path.Combine(RepoFiles.Root, "products"), "*.v*.json").Select(path => Path.GetFileName(path)!)];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Both_accept_what_is_shipped(string file)
    {
        var json = RepoFiles.Read($"products/{file}");

        Assert.True(Schema.Accepts(JsonDocument.Parse(json).RootElement));
        var parsed = ProductCatalogue.Parse(json, file);
        Assert.True(parsed is ProductRead, parsed is ProductRejected no ? string.Join('\n', no.Errors) : "");
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void Both_refuse_a_broken_field_and_only_the_parser_sees_rules_over_several(BrokenProduct broken)
    {
        Assert.Equal(!broken.SchemaSees, Schema.Accepts(JsonDocument.Parse(broken.Json).RootElement));
        Assert.IsType<ProductRejected>(ProductCatalogue.Parse(broken.Json, "broken.json"));
    }

    [Fact]
    public void Both_refuse_each_missing_field_of_the_file_and_of_every_object_in_it()
    {
        foreach (var pointer in Pointers(JsonDocument.Parse(BrokenProducts.PayLater).RootElement, []).ToArray())
        {
            var json = BrokenProducts.With(p =>
            {
                System.Text.Json.Nodes.JsonNode at = p;
                foreach (var step in pointer[..^1])
                {
                    at = step is int i ? at[i]! : at[(string)step]!;
                }

                at.AsObject().Remove((string)pointer[^1]);
            });

            Assert.False(Schema.Accepts(JsonDocument.Parse(json).RootElement), string.Join('.', pointer));
            Assert.IsType<ProductRejected>(ProductCatalogue.Parse(json, "f"));
        }
    }

    private static IEnumerable<object[]> Pointers(JsonElement element, object[] path)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            return element.EnumerateArray().SelectMany((item, i) => Pointers(item, [.. path, i]));
        }

        return element.ValueKind != JsonValueKind.Object
            ? []
            : element.EnumerateObject().Where(p => p.Name != "$schema")
                .SelectMany(p => Pointers(p.Value, [.. path, p.Name]).Prepend([.. path, p.Name]));
    }
}
