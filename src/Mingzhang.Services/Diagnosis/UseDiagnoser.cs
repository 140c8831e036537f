using Dapper;
using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Engine.Encoding;
using Mingzhang.Services.Access;
using Mingzhang.Services.Checkout;
using Mingzhang.Services.Entitlements;
using Mingzhang.Services.Incidents;
using Mingzhang.Services.Payments;
using Mingzhang.Services.Reading;
using Mingzhang.Store;

namespace Mingzhang.Services.Diagnosis;

/// <summary>
/// Answers "I have repaid, why can't I use it?" for every product (R162): reads the ledger, the permission store, the transfers, the other
/// accounts, the shop and the incidents, and names every cause that holds, the one to solve first ahead (decision 0022).
/// </summary>
public sealed class UseDiagnoser(
    CreditHouse house, AccountReader reader, EntitlementDesk entitlements, AccessDesk access, IncidentDesk incidents, CheckoutDesk checkout,
    TransferDesk transfers, TimeProvider time, UseNeighbours neighbours)
{
    private const int Latest = 50;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private const string RowVersion =
        "SELECT version FROM account WHERE partition_id = @partition AND account_id = @account";

    /// <summary>The answer; null when the account was never opened.</summary>
    public async Task<UseDiagnosis?> AskAsync(UseQuestion question) =>
        await ReadAsync(question) is { } asked ? Answer(asked) : null;

    /// <summary>Everything that is known, without secrets and without names, for the borrower to keep (R151).</summary>
    public async Task<UseTrace?> TraceAsync(UseQuestion question)
    {
        if (await ReadAsync(question) is not { } asked)
        {
            return null;
        }

        return UseTrace.Of(asked, Answer(asked), transfers.Steps);
    }

    private UseDiagnosis Answer(UseCase asked)
    {
        var causes = CoreCauses.Of(asked).Concat(PermissionCauses.Of(asked)).Concat(OutsideCauses.Of(asked)).ToList();
        if (causes.Count == 0 && OutsideCauses.Unknown(asked) is { } unknown)
        {
            causes.Add(unknown);
        }

        causes = [.. causes.DistinctBy(cause => (cause.Code, cause.Subject, cause.Evidence)).OrderBy(cause => cause.Rank)];
        var usable = asked.Core.Usable && asked.Stopped is null && !causes.Exists(Stops);
        return new UseDiagnosis(
            asked.View.State.Id, asked.View.Today, asked.Now, Verdict(causes, usable), usable, causes,
            UseStages.Of(asked, VersionOfRow(asked.View.State.Id), transfers.Steps), asked.View.TotalDebt, asked.View.Available,
            asked.Access.Stamp(asked.View.Today), asked.View.State.Version);
    }

    /// <summary>What stops use even though ledger and permission store allow it.</summary>
    private static bool Stops(UseCause cause) => cause.Code[..3] is "A04" or "C05" or "C06" or "D01" or "D03" or "D99";

    private static UseVerdict Verdict(List<UseCause> causes, bool usable) => causes.Count == 0 ? UseVerdict.Normal : causes[0].Code switch
    {
        "P03_PAYMENT_PENDING" => UseVerdict.RepaidButPermissionWrong,
        ['P', ..] => UseVerdict.NotFullyRepaid,
        "B05_RESTORE_FAILED" or ['A', ..] or ['D', ..] => UseVerdict.RepaidButPermissionWrong,
        _ => usable ? UseVerdict.Normal : UseVerdict.RepaidButRuleLimits,
    };

    private async Task<UseCase?> ReadAsync(UseQuestion question)
    {
        if (await reader.FindAsync(question.Account) is not { } view)
        {
            return null;
        }

        var merchant = question.MerchantId is { } id ? checkout.Find(id) : null;
        var rows = house.Rows(question.Account);
        var last = rows.LastOrDefault(row => row.Kind != RowKind.Refused
            && EventSlices.Of(row.Body).Exists(slice => EntitlementRules.Matters(slice.Type)));
        return new UseCase
        {
            Question = question, View = view,
            Core = Explainer.Use(view.State, view.Terms, view.Today, question.Amount, merchant?.Scene ?? question.Scene), Rows = rows,
            Entitlement = await FreshAsync(question.Account, last?.Sequence ?? 0), Incidents = incidents.Lasting(),
            Transfers = transfers.Of(question.Account, Latest), Attempts = checkout.Attempts(question.Account, Latest),
            Faults = entitlements.Faults(question.Account, Latest), Others = await OthersAsync(view), Access = access.Book,
            Merchant = merchant, WaitsForLender = neighbours.WaitsForLender(question.Account),
            OpenedElsewhere = neighbours.OpenedElsewhere(question.Account), Now = time.GetUtcNow(),
            LastThatMatters = last,
        };
    }

    /// <summary>The row. One that is behind by a moment is waited for, and one that is behind by more is worked out at once.</summary>
    private async Task<Entitlement?> FreshAsync(AccountId account, long has)
    {
        var kept = entitlements.Find(account);
        if (kept is not null && kept.Wanted >= has && kept.IsFresh)
        {
            return kept;
        }

        if (kept is null || kept.Wanted < has)
        {
            using var patience = new CancellationTokenSource(Patience, time);
            try
            {
                await house.CatchUpFollowersAsync(account, patience.Token);
            }
            catch (OperationCanceledException)
            {
                // The follower is late: that is what the answer then says.
            }
        }

        return await entitlements.FreshAsync(account);
    }

    private async Task<IReadOnlyList<AccountView>> OthersAsync(AccountView view)
    {
        var others = new List<AccountView>();
        foreach (var slot in house.Terms.All.Select(terms => terms.Slot).Distinct().Where(slot => slot != view.State.Id.Slot))
        {
            if (await reader.FindAsync(AccountId.Of(view.State.Id.Customer, slot)) is { } other)
            {
                others.Add(other);
            }
        }

        return others;
    }

    private long VersionOfRow(AccountId account)
    {
        using var connection = house.OpenReadOnly();
        return connection.ExecuteScalar<long?>(
            RowVersion, new { partition = account.PartitionId, account = account.Value }) ?? 0;
    }
}
