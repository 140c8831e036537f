using Mingzhang.Domain.Permissions;
using Mingzhang.Engine;
using Mingzhang.Engine.Approvals;

namespace Mingzhang.Services.Access;

/// <summary>Conditions of use are published by two people; the payload is the version as it stands.</summary>
/// <remarks>Bound to the book: its version is the number of versions in it.</remarks>
public sealed class AccessProposals(CreditHouse house, AccessDesk desk) : IProposalKind
{
    /// <summary>The kind's name.</summary>
    public const string Kind = "access-rules";

    /// <summary>What the act is called.</summary>
    public const string Act = "publish-access-rules";

    /// <inheritdoc/>
    public string Name => Kind;

    /// <summary>A draft of a version.</summary>
    public static ProposalDraft Draft(string json, string reason) => new(Kind, Act, null, json, reason);

    /// <summary>A version as it may be published on a day, or why not: broken (309), known already, or begun before that day.</summary>
    public static (AccessRules? Rules, AccessRulesRefused? Refusal) Check(string json, AccessBook book, DateOnly today)
    {
        var (rules, errors) = AccessRulesFile.Parse(json);
        var why = rules is null ? errors[0]
            : book.Find(rules.Name) is not null ? $"version: {rules.Name} is there already; count it up"
            : rules.From < today ? $"from: {rules.From:yyyy-MM-dd} is over; begin today or later" : null;
        return why is null ? (rules, null) : (null, new AccessRulesRefused(why));
    }

    /// <inheritdoc/>
    public Task<ProposalPreview> PreviewAsync(ProposalDraft draft)
    {
        var book = desk.Book;
        var (rules, refusal) = Check(draft.Payload, book, house.BusinessDate);
        var before = rules is null ? null : book.All.Where(one => one.Code == rules.Code).MaxBy(one => one.Version);
        var content = rules is null ? ""
            : $$"""{"rules":{{AccessRulesFile.Write(rules)}},"before":{{(before is null ? "null" : AccessRulesFile.Write(before))}}}""";
        return Task.FromResult(new ProposalPreview(content, book.All.Count, house.BusinessDate, refusal));
    }

    /// <inheritdoc/>
    public async Task<ProposalAct> ActAsync(Proposal proposal, ExpectedState expected, string actor)
    {
        var (given, _) = AccessRulesFile.Parse(proposal.Draft.Payload);
        if (given is not null && desk.Book.Find(given.Name) is { } there && AccessRulesFile.Write(there) == AccessRulesFile.Write(given))
        {
            return Done(given); // carried out before a crash
        }

        var (rules, refusal) = Check(proposal.Draft.Payload, desk.Book, house.BusinessDate);
        return refusal is not null ? new ProposalAct("", refusal)
            : await desk.PublishAsync(rules!, actor) ? Done(rules!)
            : new ProposalAct("", new AccessRulesRefused($"version: {rules!.Name} is there already; count it up"));
    }

    private static ProposalAct Done(AccessRules rules) => new($$"""{"rules":"{{rules.Name}}"}""", null);
}
