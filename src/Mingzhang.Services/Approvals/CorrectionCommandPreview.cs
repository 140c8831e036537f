using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Corrections;
using Mingzhang.Engine.Encoding;
using Mingzhang.Services.Reading;

namespace Mingzhang.Services.Approvals;

/// <summary>The preview of a proposed correction: the usual figures, and as <c>correction</c> everything it would change.</summary>
public sealed class CorrectionCommandPreview : ICommandPreview
{
    private static readonly JsonSerializerOptions Options = new(DomainJson.Written)
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(DomainJson.Written.TypeInfoResolver, new DefaultJsonTypeInfoResolver()),
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly UsualPreview _usual = new();

    /// <inheritdoc/>
    public bool Knows(AccountCommand command) =>
        command is ReverseFact or AmendFact or Domain.Repayment.ReturnRepayment || FactKinds.MayBeLate(command);

    /// <inheritdoc/>
    public string Write(AccountView before, AccountCommand command, Accepted accepted)
    {
        var usual = _usual.Write(before, command, accepted);
        return AccountCorrector.NeedsHistory(command, before.Today)
            && CorrectionPreviewer.Preview(before.State, before.History, command, before.Book, before.Today)
                is CorrectionPreviewed previewed
                ? $"{usual[..^1]},\"correction\":{JsonSerializer.Serialize(previewed.Preview, Options)}}}"
                : usual;
    }

    /// <summary>The correction in a preview's content; null when it is none.</summary>
    public static CorrectionPreview? Read(string content)
    {
        using var document = JsonDocument.Parse(content.Length == 0 ? "{}" : content);
        return document.RootElement.TryGetProperty("correction", out var found) ? found.Deserialize<CorrectionPreview>(Options) : null;
    }
}
