namespace Mingzhang.Domain.Accounts;

/// <summary>The one decider of an account: routes a command to its slice.</summary>
/// <remarks>Each slice has a <c>Check</c> (null or a refusal) and an <c>Unfold</c> (emits events). A refold unfolds accepted facts again
/// without checks.</remarks>
public static class AccountDecider
{
    /// <summary>Decides a command on the books' current day. The account must have passed every day up to <paramref name="bookedOn"/>
    /// (see <see cref="AccountState.NextDate"/>).</summary>
    /// <param name="state">The account.</param>
    /// <param name="command">An on-time command: effective on <paramref name="bookedOn"/>. Late ones go to <see
    /// cref="AccountCorrector"/>.</param>
    /// <param name="terms">The version the state keeps, or the one an opening names.</param>
    /// <param name="bookedOn">The business date.</param>
    /// <param name="trace">Listens to the steps.</param>
    /// <param name="person">The owner's other accounts, for commands that let a person have more; null = not looked at.</param>
    public static Decision Decide<TTrace>(AccountState state, AccountCommand command, ProductTerms terms, DateOnly bookedOn,
        ref TTrace trace, PersonExposure? person = null)
        where TTrace : struct, ITrace
    {
        if (command.EffectiveOn != bookedOn)
        {
            return new Refused(new EffectiveDateOutOfRange(state.OpenedOn, bookedOn));
        }

        if (command is not PassDay)
        {
            Invariant.Holds(state.NextDate > bookedOn, "a command met an account that had not passed its days");
        }

        if ((Check(state, command, terms, bookedOn, ref trace) ?? ExposureGate.Check(state, command, terms, bookedOn, person))
            is { } refusal)
        {
            return new Refused(refusal);
        }

        var unfolding = new Unfolding(state, terms, bookedOn)
        {
            Exposure = ExposureGate.Proof(state, command, terms, bookedOn, person),
        };
        Unfold(unfolding, command, ref trace);
        var after = unfolding.Finish(state.Version + 1);
        Invariant.Check(state, after, bookedOn);
        return new Accepted(unfolding.Events, after);
    }

    /// <summary>Null, or why a command is refused.</summary>
    internal static Refusal? Check<TTrace>(AccountState state, AccountCommand command, ProductTerms terms, DateOnly on, ref TTrace trace)
        where TTrace : struct, ITrace => command switch
        {
            PassDay => null,
            ForkAccount => null,
            OpenAccount c => OpeningRules.Check(state, c, terms, on),
            ReopenAccount c => OpeningRules.Check(state, c, terms, on),
            ChangeDueDay c => OpeningRules.Check(state, c, terms, on),
            WithdrawConsent c => PermissionRules.Check(state, c),
            SetLimit c => LimitRules.Check(state, c, terms),
            GrantTemporaryLimit c => LimitRules.Check(state, c, on),
            SetSceneLimit c => LimitRules.Check(state, c, terms),
            Restrict c => PermissionRules.Check(state, c, on),
            LiftRestriction c => PermissionRules.Check(state, c),
            SetAutoRepay c => PermissionRules.Check(state, c),
            SetLinkedService c => PermissionRules.Check(state, c),
            SetSpendingCap c => PermissionRules.Check(state, c, on),
            AuthorisePurchase c => PurchaseRules.Check(state, c, terms, on, ref trace),
            CapturePurchase c => PurchaseRules.Check(state, c),
            ConfirmReceipt c => PurchaseRules.Check(state, c),
            ReleaseHold c => PurchaseRules.Check(state, c),
            PostOfflinePurchase c => PurchaseRules.Check(state, c, terms),
            AnnounceRefund c => RefundRules.Check(state, c),
            ReceiveRefund c => RefundRules.Check(state, c),
            SubmitPayment c => RepaymentRules.Check(state, c),
            FailPayment c => RepaymentRules.Check(state, c),
            ReceiveRepayment c => RepaymentRules.Check(state, c, terms, on),
            ReturnCreditBalance c => RepaymentRules.Check(state, c),
            RequestClosing c => ClosingRules.Check(state, c, terms, on),
            ConfirmClosing c => ClosingRules.Check(state, c),
            CancelClosing => ClosingRules.Check(state),
            ForceClosing c => ClosingRules.Check(state, c),
            OpenDispute c => DisputeRules.Check(state, c),
            ResolveDispute c => DisputeRules.Check(state, c),
            RequestLoan c => LoanRules.Check(state, c, terms, on),
            ConfirmDisbursement c => LoanRules.Check(state, c, terms, on),
            FailDisbursement c => LoanRules.Check(state, c),
            StartPlan c => InstalmentRules.Check(state, c, terms, on),
            RequestRelief c => ReliefRules.Check(state, c, terms, on),
            OfferRelief c => ReliefRules.Check(state, c, terms, on),
            AcceptRelief c => ReliefRules.Check(state, c, terms, on),
            EndRelief c => ReliefRules.Check(state, c),
            WaiveDebt c => WaiverRules.Check(state, c, terms, on),
            WriteOffDebt => DelinquencyRules.Check(state),
            MoveToVersion c => VersionMove.Check(state, c),
            DeclareDebts c => DebtRules.Check(state, c),
            ReturnRepayment c => new RepaymentUnknown(c.RepaymentId),
            ReverseFact c => new FactUnknown(c.Sequence),
            AmendFact c => new FactUnknown(c.Sequence),
            SetPrice c => AccountPrices.Check(state, c, terms, on),
        };

    /// <summary>Emits what follows from an accepted command, then closes the account if that settled it.</summary>
    internal static void Unfold<TTrace>(Unfolding u, AccountCommand command, ref TTrace trace)
        where TTrace : struct, ITrace
    {
        ClosingRules.Wake(u, command);
        Route(u, command, ref trace);
        LoanRepayment.SettleWhatIsDone(u);
        ReliefRules.CompleteWhatIsPaid(u);
        ClosingRules.CloseWhenSettled(u);
    }

    private static void Route<TTrace>(Unfolding u, AccountCommand command, ref TTrace trace)
        where TTrace : struct, ITrace
    {
        switch (command)
        {
            case PassDay: DayRules.Unfold(u, ref trace); break;
            case ForkAccount c: u.Emit(new AccountForked(c) { EffectiveOn = u.On }); break;
            case OpenAccount c: OpeningRules.Unfold(u, c); break;
            case ReopenAccount c: OpeningRules.Unfold(u, c); break;
            case ChangeDueDay c: OpeningRules.Unfold(u, c); break;
            case WithdrawConsent c: PermissionRules.Unfold(u, c); break;
            case SetLimit c: LimitRules.Unfold(u, c); break;
            case GrantTemporaryLimit c: LimitRules.Unfold(u, c); break;
            case SetSceneLimit c: LimitRules.Unfold(u, c); break;
            case Restrict c: PermissionRules.Unfold(u, c); break;
            case LiftRestriction c: PermissionRules.Unfold(u, c); break;
            case SetAutoRepay c: PermissionRules.Unfold(u, c); break;
            case SetLinkedService c: PermissionRules.Unfold(u, c); break;
            case SetSpendingCap c: PermissionRules.Unfold(u, c); break;
            case AuthorisePurchase c: PurchaseRules.Unfold(u, c); break;
            case CapturePurchase c: PurchaseRules.Unfold(u, c); break;
            case ConfirmReceipt c: PurchaseRules.Unfold(u, c); break;
            case ReleaseHold c: PurchaseRules.Unfold(u, c); break;
            case PostOfflinePurchase c: PurchaseRules.Unfold(u, c); break;
            case AnnounceRefund c: RefundRules.Unfold(u, c); break;
            case ReceiveRefund c: RefundRules.Unfold(u, c); break;
            case SubmitPayment c: RepaymentRules.Unfold(u, c); break;
            case FailPayment c: RepaymentRules.Unfold(u, c); break;
            case ReceiveRepayment c: RepaymentRules.Unfold(u, c, ref trace); break;
            case ReturnCreditBalance c: RepaymentRules.Unfold(u, c); break;
            case RequestClosing c: ClosingRules.Unfold(u, c); break;
            case ConfirmClosing c: ClosingRules.Unfold(u, c); break;
            case CancelClosing c: ClosingRules.Unfold(u, c); break;
            case ForceClosing c: ClosingRules.Unfold(u, c); break;
            case OpenDispute c: DisputeRules.Unfold(u, c); break;
            case ResolveDispute c: DisputeRules.Unfold(u, c); break;
            case RequestLoan c: LoanRules.Unfold(u, c); break;
            case ConfirmDisbursement c: LoanRules.Unfold(u, c); break;
            case FailDisbursement c: LoanRules.Unfold(u, c); break;
            case StartPlan c: InstalmentRules.Unfold(u, c); break;
            case RequestRelief c: ReliefRules.Unfold(u, c); break;
            case OfferRelief c: ReliefRules.Unfold(u, c); break;
            case AcceptRelief c: ReliefRules.Unfold(u, c); break;
            case EndRelief c: ReliefRules.Unfold(u, c); break;
            case WaiveDebt c: WaiverRules.Unfold(u, c); break;
            case WriteOffDebt c: DelinquencyRules.Unfold(u, c); break;
            case MoveToVersion c: VersionMove.Unfold(u, c); break;
            case DeclareDebts c: DebtRules.Unfold(u, c); break;
            case SetPrice c: AccountPrices.Unfold(u, c); break;
            default: throw new BrokenInvariantException($"{command.GetType().Name} has no unfolding; withdrawals go through the corrector");
        }
    }
}
