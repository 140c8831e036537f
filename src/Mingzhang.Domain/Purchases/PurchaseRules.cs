namespace Mingzhang.Domain.Purchases;

/// <summary>Purchases: authorise → hold; capture or confirmed receipt → debt; release; expiry; offline posting.</summary>
internal static class PurchaseRules
{
    public static Refusal? Check<TTrace>(AccountState state, AuthorisePurchase command, ProductTerms terms, DateOnly on, ref TTrace trace)
        where TTrace : struct, ITrace
    {
        var early = Guards.Id("purchaseId", command.PurchaseId) ?? Guards.Amount(state, command.Amount) ?? Guards.IsActive(state)
            ?? Guards.May(state, Permission.Spend, on) ?? (command.Plan is null ? null : Guards.May(state, Permission.Convert, on))
            ?? Scene(terms, command.Scene);
        if (early is not null)
        {
            return early;
        }

        var spent = state.SpendDay == on ? state.SpentOnDay : Money.Zero(state.Currency);
        if (command.Amount > terms.Limits.SinglePurchaseMax)
        {
            return new AboveSinglePurchaseCap(terms.Limits.SinglePurchaseMax);
        }

        if (spent + command.Amount > terms.Limits.DailyPurchaseMax)
        {
            return new AboveDailyCap(terms.Limits.DailyPurchaseMax, spent);
        }

        if (state.Spending is { } own && own.Left(on) is { } left && command.Amount > left)
        {
            return new SpendingCapReached(own.On(on)!.Value, own.SpentIn(on));
        }

        var pool = PoolFor(state, command, on);
        var available = state.Available(on, pool);
        trace.Step("limit.available", pool ?? "general", available);
        return command.Amount > available ? new LimitExceeded(command.Amount, available)
            : Fresh(state, command.PurchaseId, command.EffectiveOn)
                ?? (command.Plan is null ? null : InstalmentRules.Check(state, command, terms, on));
    }

    public static void Unfold(Unfolding u, AuthorisePurchase command)
    {
        var scene = u.Terms.Scene(command.Scene);
        u.Emit(new PurchaseAuthorised(
            command, PoolFor(u.State, command, u.On), scene?.PostsAt ?? PostingMoment.Payment, u.On.AddDays(scene?.HoldDays ?? 7))
        {
            EffectiveOn = u.On,
        });
    }

    public static Refusal? Check(AccountState state, CapturePurchase command)
    {
        if ((Guards.Amount(state, command.Amount) ?? Guards.IsOpen(state)) is { } early)
        {
            return early;
        }

        if (Find(state, command.PurchaseId, command.EffectiveOn) is not { } purchase)
        {
            return new PurchaseUnknown(command.PurchaseId);
        }

        if (purchase.Stage is not (PurchaseStage.Authorised or PurchaseStage.AwaitingReceipt))
        {
            return new PurchaseInOtherStage(purchase.Id, purchase.Stage);
        }

        var open = purchase.Held - (purchase.Captured - purchase.Posted);
        return command.Amount > open ? new CaptureAboveHold(open) : null;
    }

    public static void Unfold(Unfolding u, CapturePurchase command)
    {
        var zero = Money.Zero(u.Currency);
        var purchase = Find(u.State, command.PurchaseId, u.On);
        var scene = u.Terms.Scene(purchase?.Scene ?? "");
        var open = purchase is null ? zero : purchase.Held - (purchase.Captured - purchase.Posted);
        var fromHold = Money.Min(command.Amount, open.OrZeroIfNegative());
        var released = command.Final ? (open - fromHold).OrZeroIfNegative() : zero;
        var waits = scene?.PostsAt == PostingMoment.Receipt;
        u.Emit(new PurchaseCaptured(command, released, waits ? u.On.AddDays(scene!.AutoConfirmDays) : null) { EffectiveOn = u.On });
        if (!waits)
        {
            Post(u, command.PurchaseId, command.Amount, fromHold, purchase?.Pool);
        }
    }

    public static Refusal? Check(AccountState state, ConfirmReceipt command) => Guards.IsOpen(state)
        ?? StageIs(state, command.PurchaseId, PurchaseStage.AwaitingReceipt, command.EffectiveOn);

    public static void Unfold(Unfolding u, ConfirmReceipt command)
    {
        u.Emit(new ReceiptConfirmed(command) { EffectiveOn = u.On });
        PostCaptured(u, command.PurchaseId);
    }

    public static Refusal? Check(AccountState state, ReleaseHold command) => Guards.IsOpen(state)
        ?? StageIs(state, command.PurchaseId, PurchaseStage.Authorised, command.EffectiveOn);

    public static void Unfold(Unfolding u, ReleaseHold command)
    {
        var held = Find(u.State, command.PurchaseId, u.On)?.Held ?? Money.Zero(u.Currency);
        u.Emit(new HoldReleased(command, held) { EffectiveOn = u.On });
    }

    public static Refusal? Check(AccountState state, PostOfflinePurchase command, ProductTerms terms) =>
        Guards.Id("purchaseId", command.PurchaseId)
        ?? Guards.Amount(state, command.Amount) ?? Guards.Room(state, command.Amount) ?? Guards.IsOpen(state)
        ?? (terms.Scenes.Count == 0 ? new SceneNotEligible(command.Scene) : null) // it sells nothing: no bill would ever ask for it
        ?? Fresh(state, command.PurchaseId, command.EffectiveOn);

    public static void Unfold(Unfolding u, PostOfflinePurchase command)
    {
        u.Emit(new OfflinePurchaseTaken(command) { EffectiveOn = u.On });
        Post(u, command.PurchaseId, command.Amount, Money.Zero(u.Currency), null);
    }

    /// <summary>Holds that ran out and receipts that count as confirmed on a day.</summary>
    public static void PassDay(Unfolding u)
    {
        foreach (var purchase in u.State.Purchases)
        {
            if (purchase.StageEndsOn is not { } ends || ends > u.On)
            {
                continue;
            }

            if (purchase.Stage == PurchaseStage.Authorised)
            {
                u.Emit(new HoldExpired(purchase.Id, purchase.Held) { EffectiveOn = u.On });
            }
            else
            {
                PostCaptured(u, purchase.Id);
            }
        }
    }

    /// <summary>The purchase with an id, as long as the account answers for it.</summary>
    public static Purchase? Find(AccountState state, string id, DateOnly on) =>
        PurchaseFold.IndexOf(state, id) is >= 0 and var at && Answers(state, state.Purchases[at], on) ? state.Purchases[at] : null;

    /// <summary>Whether an account still answers for a purchase: it holds or owes, or its refund window is not over.</summary>
    public static bool Answers(AccountState state, Purchase purchase, DateOnly on) => purchase.Stage switch
    {
        PurchaseStage.Authorised or PurchaseStage.AwaitingReceipt => true,
        PurchaseStage.Posted => InWindow(state, purchase.PostedOn ?? purchase.AuthorisedOn, on)
            || Owes(state, purchase.Id),
        PurchaseStage.Gone => InWindow(state, purchase.AuthorisedOn, on),
    };

    private static bool Owes(AccountState state, string id)
    {
        foreach (var item in state.Items.AsSpan())
        {
            if (item.PurchaseId == id)
            {
                return true;
            }
        }

        return false;
    }

    private static void PostCaptured(Unfolding u, string id)
    {
        if (Find(u.State, id, u.On) is { } purchase)
        {
            var amount = purchase.Captured - purchase.Posted;
            Post(u, id, amount, Money.Min(purchase.Held, amount), purchase.Pool);
            if (Find(u.State, id, u.On) is { Held.IsPositive: true } rest)
            {
                u.Emit(new HoldExpired(id, rest.Held) { EffectiveOn = u.On });
            }
        }
    }

    private static void Post(Unfolding u, string id, Money amount, Money fromHold, string? pool)
    {
        if (!amount.IsPositive)
        {
            return;
        }

        u.Emit(new PurchasePosted(id, u.State.NextItemId, amount, pool, fromHold, Forced: fromHold < amount) { EffectiveOn = u.On });
        if (Find(u.State, id, u.On) is { Plan: not null } planned)
        {
            InstalmentRules.BeginAtPosting(u, planned, u.State.NextItemId - 1);
        }

        RepaymentRules.ApplyCredit(u);
    }

    private static string? PoolFor(AccountState state, AuthorisePurchase command, DateOnly on)
    {
        foreach (var limit in state.SceneLimits.AsSpan())
        {
            if (limit.Scene == command.Scene)
            {
                return command.Amount <= state.Available(on, command.Scene) ? command.Scene : null;
            }
        }

        return null;
    }

    private static bool InWindow(AccountState state, DateOnly from, DateOnly on) => from.AddDays(state.Terms.RefundWindowDays) >= on;

    private static Refusal? Fresh(AccountState state, string id, DateOnly on) =>
        Find(state, id, on) is null ? null : new PurchaseExists(id);

    private static Refusal? Scene(ProductTerms terms, string scene) => terms.Scene(scene) is null ? new SceneNotEligible(scene) : null;

    private static Refusal? StageIs(AccountState state, string id, PurchaseStage stage, DateOnly on) => Find(state, id, on) switch
    {
        null => new PurchaseUnknown(id),
        { } purchase when purchase.Stage != stage => new PurchaseInOtherStage(id, purchase.Stage),
        _ => null,
    };
}
