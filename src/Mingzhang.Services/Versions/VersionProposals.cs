using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Values;
using Mingzhang.Domain.Versions;
using Mingzhang.Engine;
using Mingzhang.Engine.Approvals;
using Mingzhang.Engine.Encoding;
using Mingzhang.Engine.Versions;

namespace Mingzhang.Services.Versions;

/// <summary>Product versions are published by two people; the payload is the product file as it stands.</summary>
/// <remarks>Bound to the book: its version is the number of versions in it.</remarks>
public sealed class VersionProposals(CreditHouse house) : IProposalKind
{
    /// <summary>The kind's name.</summary>
    public const string Kind = "product-version";

    /// <summary>What the act is called.</summary>
    public const string Act = "publish-version";

    /// <inheritdoc/>
    public string Name => Kind;

    /// <summary>A draft of a version.</summary>
    public static ProposalDraft Draft(string json, string reason) => new(Kind, Act, null, json, reason);

    /// <inheritdoc/>
    public Task<ProposalPreview> PreviewAsync(ProposalDraft draft)
    {
        var (terms, refusal) = VersionRules.Check(draft.Payload, house.Terms, house.BusinessDate);
        var version = house.Terms.All.Count();
        return Task.FromResult(new ProposalPreview(
            terms is null ? "" : Preview(terms, draft.Payload), version, house.BusinessDate, refusal));
    }

    /// <inheritdoc/>
    public async Task<ProposalAct> ActAsync(Proposal proposal, ExpectedState expected, string actor)
    {
        var refusal = await house.PublishAsync(proposal.Draft.Payload, proposal.Number);
        var hash = PublishedVersion.HashOf(proposal.Draft.Payload);
        return refusal is null ? new ProposalAct($$"""{"hash":"{{hash}}"}""", null) : new ProposalAct("", refusal);
    }

    private string Preview(ProductTerms terms, string json)
    {
        var before = house.Terms.All.LastOrDefault(one => one.Code == terms.Code && one.Version < terms.Version);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = DomainJson.Written.Encoder }))
        {
            writer.WriteStartObject();
            writer.WriteString("product", terms.Code);
            writer.WriteNumber("version", terms.Version);
            writer.WriteString("effectiveFrom", terms.EffectiveFrom.ToString("O", CultureInfo.InvariantCulture));
            writer.WriteNumber("before", before?.Version ?? 0);
            writer.WriteString("hash", PublishedVersion.HashOf(json));
            writer.WriteStartArray("changes");
            foreach (var change in before is null ? default : TermsComparison.Of(before, terms))
            {
                Write(writer, change);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, TermChange change)
    {
        writer.WriteStartObject();
        writer.WriteString("term", change.Term);
        writer.WriteString("before", change.Before);
        writer.WriteString("after", change.After);
        writer.WriteString("effect", change.Effect.ToString().ToLowerInvariant());
        writer.WriteEndObject();
    }
}
