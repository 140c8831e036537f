using System.Globalization;
using System.Text.Json;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Approvals;
using Mingzhang.Domain.People;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Engine.Approvals;

namespace Mingzhang.Services.People;

/// <summary>Erasing a person takes two people. The payload is the customer's number; it stays, the person goes.</summary>
/// <remarks>Bound to the number of looks, cards, devices and consents: what is added in between has to be seen first.</remarks>
public sealed class ErasureProposals(
    CreditHouse house, ErasureDesk desk, CardShelf cards, DeviceShelf devices, ConsentLedger consents) : IProposalKind
{
    /// <summary>The kind's name.</summary>
    public const string Kind = "person-erasure";

    /// <summary>What the act is called.</summary>
    public const string Act = "erase-person";

    /// <inheritdoc/>
    public string Name => Kind;

    /// <summary>A draft for a customer.</summary>
    public static ProposalDraft Draft(CustomerId customer, string reason) =>
        new(Kind, Act, null, string.Create(CultureInfo.InvariantCulture, $$"""{"customer":{{customer.Value}}}"""), reason);

    /// <summary>The customer of a draft.</summary>
    public static CustomerId CustomerOf(ProposalDraft draft)
    {
        using var json = JsonDocument.Parse(draft.Payload);
        return new CustomerId(json.RootElement.GetProperty("customer").GetInt64());
    }

    /// <inheritdoc/>
    public async Task<ProposalPreview> PreviewAsync(ProposalDraft draft)
    {
        var customer = CustomerOf(draft);
        var refusal = await desk.CheckAsync(customer);
        var (held, content) = Held(customer);
        return new ProposalPreview(refusal is null ? content : "", held, house.BusinessDate, refusal);
    }

    /// <inheritdoc/>
    public async Task<ProposalAct> ActAsync(Proposal proposal, ExpectedState expected, string actor)
    {
        var customer = CustomerOf(proposal.Draft);
        if (desk.Of(customer) is [.., var done] && await desk.CheckAsync(customer) is PersonUnknown)
        {
            return Done(done);
        }

        var (held, _) = Held(customer);
        if (held != expected.Version)
        {
            return new ProposalAct("", new ChangedSince(expected.Version, held));
        }

        var (receipt, refusal) = await desk.EraseAsync(customer, actor);
        return refusal is null ? Done(receipt!) : new ProposalAct("", refusal);
    }

    private static ProposalAct Done(ErasureReceipt receipt) => new(
        string.Create(CultureInfo.InvariantCulture, $$"""{"rows":{{receipt.Rows}},"at":{{receipt.At}}}"""), null);

    private (long Held, string Content) Held(CustomerId customer)
    {
        var (card, device, consent) = (cards.Of(customer).Count, devices.Of(customer).Count, consents.Of(customer).Count);
        return (card + device + consent, string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"customer":{{customer.Value}},"cards":{{card}},"devices":{{device}},"consents":{{consent}}}"""));
    }
}
