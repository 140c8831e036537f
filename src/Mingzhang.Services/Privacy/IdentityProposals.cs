using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Approvals;
using Mingzhang.Domain.People;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Engine.Approvals;
using Mingzhang.Services.Notifications;
using Mingzhang.Services.People;

namespace Mingzhang.Services.Privacy;

/// <summary>What name and identity number were and shall be; personal data, which <see cref="ToString"/> does not show.</summary>
/// <param name="Name">As it stood when this was proposed.</param>
/// <param name="IdNumber">The same of the identity number; empty = none.</param>
/// <param name="NewName">As it shall stand.</param>
/// <param name="NewIdNumber">The same of the identity number.</param>
/// <param name="Said">What the person is answered when a request for it waits.</param>
public sealed record IdentityChange(string Name, string IdNumber, string NewName, string NewIdNumber, string Said)
{
    /// <inheritdoc/>
    public override string ToString() => "a change of identity";
}

/// <summary>
/// Correcting a name or an identity number takes two people: who somebody is decides what they owe and who may ask. Old and new stand in
/// the proposal sealed with the person's key, as evidence while the person is known; erasing the person destroys them.
/// </summary>
public sealed class IdentityProposals(
    CreditHouse house, PersonShelf people, PeopleKeys keys, PrivacyDesk privacy, NoticeDesk notices) : IProposalKind
{
    /// <summary>The kind's name.</summary>
    public const string Kind = "identity-correction";

    /// <summary>What the act is called.</summary>
    public const string Act = "correct-identity";

    /// <summary>Tells the person.</summary>
    public const string Told = "identity-corrected";

    private const string Column = "proposal.identity";

    /// <inheritdoc/>
    public string Name => Kind;

    /// <summary>A draft; null when nobody of that number is known.</summary>
    /// <param name="customer">Whose.</param>
    /// <param name="name">The right name.</param>
    /// <param name="idNumber">The right identity number; empty = it has none.</param>
    /// <param name="said">What the person is answered when a request for it waits.</param>
    /// <param name="reason">What was seen; no personal data, because it stays.</param>
    public ProposalDraft? Draft(CustomerId customer, string name, string idNumber, string said, string reason)
    {
        if (people.Find(customer) is not { } person)
        {
            return null;
        }

        using var connection = house.OpenReadOnly();
        using var key = people.KeyOf(connection, customer)!;
        var change = JsonSerializer.Serialize(new IdentityChange(person.Name, person.IdNumber, name, idNumber, said));
        var payload = JsonSerializer.Serialize(
            new { customer = customer.Value, change = Convert.ToBase64String(key.Seal(Column, change)) });
        return new ProposalDraft(Kind, Act, null, payload, reason);
    }

    /// <summary>The customer of a draft.</summary>
    public static CustomerId CustomerOf(ProposalDraft draft)
    {
        using var json = JsonDocument.Parse(draft.Payload);
        return new CustomerId(json.RootElement.GetProperty("customer").GetInt64());
    }

    /// <summary>What a draft changes; null when the person was erased.</summary>
    public IdentityChange? ChangeOf(ProposalDraft draft)
    {
        using var json = JsonDocument.Parse(draft.Payload);
        using var connection = house.OpenReadOnly();
        using var key = people.KeyOf(connection, CustomerOf(draft));
        try
        {
            return key is null ? null : JsonSerializer.Deserialize<IdentityChange>(
                key.Open(Column, json.RootElement.GetProperty("change").GetBytesFromBase64()));
        }
        catch (CryptographicException)
        {
            return null; // another person of this number: the first was erased
        }
    }

    /// <inheritdoc/>
    public Task<ProposalPreview> PreviewAsync(ProposalDraft draft)
    {
        var customer = CustomerOf(draft);
        var (person, change) = (people.Find(customer), ChangeOf(draft));
        if (person is null || change is null)
        {
            return Task.FromResult(new ProposalPreview("", 0, house.BusinessDate, new PersonUnknown()));
        }

        Refusal? refusal = IsDone(person, change) ? new IdentityUnchanged() : null;
        var content = JsonSerializer.Serialize(new
        {
            customer = customer.Value, name = change.Name != change.NewName, idNumber = change.IdNumber != change.NewIdNumber,
            others = change.NewIdNumber.Length == 0 ? 0 : people.Search(change.NewIdNumber).Count(other => other != customer),
        });
        return Task.FromResult(new ProposalPreview(
            refusal is null ? content : "", VersionOf(person), house.BusinessDate, refusal));
    }

    /// <inheritdoc/>
    public async Task<ProposalAct> ActAsync(Proposal proposal, ExpectedState expected, string actor)
    {
        var customer = CustomerOf(proposal.Draft);
        if (people.Find(customer) is not { } person || ChangeOf(proposal.Draft) is not { } change)
        {
            return new ProposalAct("", new PersonUnknown());
        }

        // Done before a crash: only what follows is left to do.
        if (!IsDone(person, change))
        {
            if (VersionOf(person) != expected.Version)
            {
                return new ProposalAct("", new ChangedSince(expected.Version, VersionOf(person)));
            }

            await people.ChangeAsync(person with { Name = change.NewName, IdNumber = change.NewIdNumber });
        }

        await notices.TellAsync(customer, null, Told, proposal.Key, new Dictionary<string, string>());
        var asked = privacy.Of(customer).FirstOrDefault(one => one is { Kind: PrivacyKind.Correct, State: PrivacyState.Open });
        if (asked is not null)
        {
            _ = await privacy.DecideAsync(customer, asked.Number, true, change.Said, actor, proposal.Key);
        }

        return new ProposalAct(
            string.Create(CultureInfo.InvariantCulture, $$"""{"customer":{{customer.Value}},"request":{{asked?.Number ?? 0}}}"""), null);
    }

    private static bool IsDone(Person person, IdentityChange change) =>
        person.Name == change.NewName && person.IdNumber == change.NewIdNumber;

    // A keyed hash: another name or number since is another version, and nobody without the house's secret can try names on it.
    private long VersionOf(Person person) => BinaryPrimitives.ReadInt64BigEndian(
        keys.SearchHash(SearchKind.Content, $"identity {person.CustomerId} {person.Name} {person.IdNumber}")) & long.MaxValue;
}
