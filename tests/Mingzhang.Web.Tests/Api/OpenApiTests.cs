using System.Text.Json.Nodes;

namespace Mingzhang.Web.Tests.Api;

[Collection(ApiCollection.Name)]
public sealed class OpenApiTests(ApiHost host)
{
    [Fact]
    public async Task The_document_is_3_1_and_lists_exactly_the_routes_that_exist()
    {
        var document = (await host.GetAsync("/openapi/v1.json", key: null)).Json;
        Assert.StartsWith("3.1", (string)document["openapi"]!, StringComparison.Ordinal);
        var listed = document["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(operation => $"{operation.Key.ToUpperInvariant()} {path.Key}"));
        Assert.Equal(host.Specs.Select(spec => $"{spec.Method} {spec.Pattern}").Order(), listed.Order());
    }

    [Fact]
    public async Task Every_operation_has_summary_security_problems_and_parameters()
    {
        var document = (await host.GetAsync("/openapi/v1.json", key: null)).Json;
        foreach (var spec in host.Specs)
        {
            var operation = document["paths"]![spec.Pattern]![spec.Method.ToLowerInvariant()]!;
            Assert.Equal(spec.Name, (string)operation["operationId"]!);
            Assert.False(string.IsNullOrWhiteSpace((string?)operation["summary"]));
            Assert.NotEmpty(operation["security"]!.AsArray());
            Assert.NotNull(operation["responses"]!["401"]!["content"]!["application/problem+json"]);
            Assert.NotNull(operation["responses"]![spec.Success.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            var parameters = (operation["parameters"]?.AsArray() ?? []).Select(parameter => (string)parameter!["name"]!).ToList();
            Assert.Equal(spec.IsWrite, parameters.Contains("Idempotency-Key"));
            Assert.Equal(spec.NamesAccount, parameters.Contains("accountId"));
            if (spec.Body.Count > 0)
            {
                var schema = operation["requestBody"]!["content"]!["application/json"]!["schema"]!;
                var properties = schema["properties"]!.AsObject().Select(pair => pair.Key);
                Assert.Equal(spec.Body.Select(field => field.Name).Order(), properties.Order());
            }
        }

        Assert.NotNull(document["components"]!["securitySchemes"]!["apiKey"]);
        Assert.NotNull(document["components"]!["schemas"]!["Problem"]);
    }
}
