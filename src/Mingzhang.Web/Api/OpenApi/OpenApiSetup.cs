using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Api.OpenApi;

/// <summary>The OpenAPI 3.1 document, made from the same descriptions that read the requests.</summary>
internal static class OpenApiSetup
{
    private const string Scheme = "apiKey";
    private const string ProblemName = "Problem";

    private static readonly (string Status, string About)[] Refusals =
    [
        ("400", "Broken rules, each with field, rule and fix."), ("401", "No valid key."), ("403", "The key lacks the scope."),
        ("404", "No such account or thing."), ("429", "Too many requests; see Retry-After."),
    ];

    private static readonly (string Status, string About)[] WriteRefusals =
    [
        ("409", "The id or key was used, or it is in another state."), ("413", "The body is too large."),
        ("415", "The body is not JSON."), ("422", "Understood, and against a rule of the product."),
    ];

    /// <summary>Registers the document "v1".</summary>
    public static void AddMingzhangOpenApi(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = description => SpecOf(description.ActionDescriptor.EndpointMetadata) is not null;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Mingzhang API";
            document.Info.Version = "v1";
            document.Info.Description = "Consumer-credit accounts that explain themselves. Conventions and a tour: docs/api.md.";
            document.Components ??= new OpenApiComponents();
            document.AddComponent(Scheme, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "mz_...", Description = "An API key with scopes.",
            });
            document.AddComponent(ProblemName, Schemas.Problem());
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            Describe(operation, SpecOf(context.Description.ActionDescriptor.EndpointMetadata)!, context.Document!);
            return Task.CompletedTask;
        });
    });

    private static RouteSpec? SpecOf(IEnumerable<object> metadata) => metadata.OfType<RouteSpec>().FirstOrDefault();

    private static void Describe(OpenApiOperation operation, RouteSpec spec, OpenApiDocument document)
    {
        operation.OperationId = spec.Name;
        operation.Summary = spec.Summary;
        operation.Description = spec.Policy == ApiScopes.AnyKey ? "Any key." : $"Scope: {spec.Policy}.";
        operation.Parameters = [.. Parameters(spec)];
        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
        if (spec.Body.Count > 0)
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/json"] = new() { Schema = Schemas.Of(spec.Body),
                        Example = spec.Example is null ? null : JsonNode.Parse(spec.Example) },
                },
            };
        }

        operation.Responses = Responses(spec, document);
    }

    private static OpenApiResponses Responses(RouteSpec spec, OpenApiDocument document)
    {
        var responses = new OpenApiResponses
        {
            [spec.Success.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = spec.IsWrite ? "Done, or with trial=true what would follow." : "The answer.",
                Content = spec.Answer is null
                    ? null
                    : new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = Schemas.Of(spec.Answer) } },
            },
        };
        foreach (var (status, about) in spec.Method == "GET" ? Refusals : [.. Refusals, .. WriteRefusals])
        {
            responses[status] = new OpenApiResponse
            {
                Description = about,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(ProblemName, document) },
                },
            };
        }

        return responses;
    }

    private static IEnumerable<IOpenApiParameter> Parameters(RouteSpec spec)
    {
        foreach (var part in spec.Pattern.Split('/').Where(part => part.StartsWith('{')))
        {
            yield return new OpenApiParameter
            {
                Name = part.Trim('{', '}'), In = ParameterLocation.Path, Required = true,
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            };
        }

        foreach (var field in spec.Query)
        {
            yield return new OpenApiParameter
            {
                Name = field.Name, In = ParameterLocation.Query, Required = field.Required, Description = field.About,
                    Schema = Schemas.Of(field),
            };
        }

        if (spec.IsWrite)
        {
            yield return new OpenApiParameter
            {
                Name = "Idempotency-Key",
                In = ParameterLocation.Header,
                Required = !spec.HasTrial,
                Description = "1 to 100 visible ASCII characters; the same key and content always get the first answer. "
                    + "Not needed with trial=true.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 100 },
            };
        }
    }
}
