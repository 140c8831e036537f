using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Entitlements;
using Mingzhang.Services.Reading;

namespace Mingzhang.Services.Access;

/// <summary>What a version of the conditions of use would change, on accounts as they stand.</summary>
/// <param name="Looked">Accounts it was tried on.</param>
/// <param name="All">Whether these are all accounts.</param>
/// <param name="Lose">Of these, how many may be used now and could not be used then.</param>
/// <param name="Gain">How many fail the present conditions and would meet the new ones.</param>
/// <param name="Some">A few that would lose use, each with the condition.</param>
public sealed record AccessTrialResult(
    int Looked, bool All, int Lose, int Gain, IReadOnlyList<(AccountId Account, AccessFailure Failure)> Some);

/// <summary>Tries a version on the accounts before it is proposed; nothing is written.</summary>
public sealed class AccessTrial(CreditHouse house, AccountReader reader, AccessDesk desk)
{
    private const int Page = 256;
    private const int MostNamed = 20;

    /// <summary>Tries it on so many accounts, in their order, as of the day it begins.</summary>
    public async Task<AccessTrialResult> RunAsync(AccessRules rules, int most, CancellationToken cancel)
    {
        var now = desk.Book;
        var then = new AccessBook([.. now.All, rules]);
        var on = rules.From > house.BusinessDate ? rules.From : house.BusinessDate;
        var (looked, lose, gain) = (0, 0, 0);
        var some = new List<(AccountId, AccessFailure)>();
        IReadOnlyList<Entitlement> page;
        AccountId after = default;
        do
        {
            using (var connection = house.OpenReadOnly())
            {
                page = EntitlementShelf.Next(connection, after, Math.Min(Page, most - looked));
            }

            foreach (var kept in page)
            {
                cancel.ThrowIfCancellationRequested();
                (looked, after) = (looked + 1, kept.Account);
                if (await reader.GlanceAsync(kept.Account) is not { State.Lifecycle: Domain.Accounts.Active } view)
                {
                    continue;
                }

                var history = kept.EverOverdue ? house.History(kept.Account) : [];
                var (fails, would) = (now.Judge(view.State, history, on), then.Judge(view.State, history, on));
                gain += fails is not null && would is null ? 1 : 0;
                if (fails is null && would is not null)
                {
                    lose++;
                    some.Add((kept.Account, would));
                }
            }
        }
        while (page.Count > 0 && looked < most);

        return new AccessTrialResult(looked, page.Count == 0, lose, gain, [.. some.Take(MostNamed)]);
    }
}
