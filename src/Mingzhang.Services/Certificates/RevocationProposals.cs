using System.Text.Json;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Approvals;
using Mingzhang.Domain.Certificates;
using Mingzhang.Engine;
using Mingzhang.Engine.Approvals;

namespace Mingzhang.Services.Certificates;

/// <summary>Taking a certificate back takes two people. The payload is its number; what the holder reads is the reason.</summary>
public sealed class RevocationProposals(CreditHouse house, CertificateDesk desk) : IProposalKind
{
    /// <summary>The kind's name.</summary>
    public const string Kind = "certificate-revocation";

    /// <summary>What the act is called.</summary>
    public const string Act = "revoke-certificate";

    /// <inheritdoc/>
    public string Name => Kind;

    /// <summary>A draft for a certificate.</summary>
    public static ProposalDraft Draft(Certificate certificate, string reason) =>
        new(Kind, Act, certificate.Account, $$"""{"certificate":"{{certificate.Number}}"}""", reason);

    /// <summary>The certificate of a draft.</summary>
    public static CertificateNumber NumberOf(ProposalDraft draft)
    {
        using var json = JsonDocument.Parse(draft.Payload);
        return CertificateNumber.TryParse(json.RootElement.GetProperty("certificate").GetString(), out var number)
            ? number : throw new JsonException("The payload names no certificate.");
    }

    /// <inheritdoc/>
    public async Task<ProposalPreview> PreviewAsync(ProposalDraft draft)
    {
        var number = NumberOf(draft);
        var certificate = await desk.FindAsync(number);
        Refusal? refusal = certificate is null ? new CertificateUnknown(number.ToString())
            : certificate.Status == CertificateStatus.Revoked ? new CertificateNotValid(number.ToString()) : null;
        var content = refusal is not null ? "" : JsonSerializer.Serialize(new
        {
            certificate = number.ToString(), kind = (int)certificate!.Kind, account = certificate.Account.ToString(),
            from = certificate.From, to = certificate.To, status = (int)certificate.Status,
        });
        return new ProposalPreview(content, certificate is null ? 0 : (long)certificate.Status, house.BusinessDate, refusal);
    }

    /// <inheritdoc/>
    public async Task<ProposalAct> ActAsync(Proposal proposal, ExpectedState expected, string actor)
    {
        var number = NumberOf(proposal.Draft);
        if (await desk.FindAsync(number) is not { } certificate)
        {
            return new ProposalAct("", new CertificateUnknown(number.ToString()));
        }

        if (certificate.Status == CertificateStatus.Revoked && certificate.Reason == proposal.Draft.Reason)
        {
            return Done(number); // carried out before a crash
        }

        if ((long)certificate.Status != expected.Version)
        {
            return new ProposalAct("", new ChangedSince(expected.Version, (long)certificate.Status));
        }

        return await desk.RevokeAsync(number, proposal.Draft.Reason) is { } refusal ? new ProposalAct("", refusal) : Done(number);
    }

    private static ProposalAct Done(CertificateNumber number) => new($$"""{"certificate":"{{number}}"}""", null);
}
