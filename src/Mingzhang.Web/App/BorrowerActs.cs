using System.Globalization;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Closing;
using Mingzhang.Domain.Limits;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.Permissions;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Reading;

namespace Mingzhang.Web.App;

/// <summary>What a borrower orders about an account; an agent who acts for a caller orders the same, under their own name.</summary>
internal static class BorrowerActs
{
    /// <summary>Stops use until it is resumed, or for so many days.</summary>
    public static Restrict Pause(AccountView account, int? days = null) => new(
        SettingsEndpoints.Pause, [account.Terms.Loan is null ? Permission.Spend : Permission.Borrow],
        RestrictionReason.StoppedByBorrower, days is { } length ? account.Today.AddDays(length) : null, Actor.Borrower, null)
    {
        EffectiveOn = account.Today,
    };

    /// <summary>Stops new use for so many days; nobody can end that earlier.</summary>
    public static Restrict CoolOff(AccountView account, int days)
    {
        var until = account.Today.AddDays(days);
        return new Restrict(
            SettingsEndpoints.Cooling + until.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
            [Permission.Spend, Permission.Borrow, Permission.Convert, Permission.TemporaryLimit], RestrictionReason.CoolingOff, until,
            Actor.Borrower, null) { EffectiveOn = account.Today };
    }

    /// <summary>Sets an own cap for a month; null takes it away.</summary>
    public static SetSpendingCap Cap(AccountView account, long? fen) =>
        new(fen is { } minor ? Money.Of(minor, account.State.Currency) : null) { EffectiveOn = account.Today };

    /// <summary>Takes the stop back.</summary>
    public static LiftRestriction Resume(AccountView account) =>
        new(SettingsEndpoints.Pause, Actor.Borrower, "own-choice") { EffectiveOn = account.Today };

    /// <summary>Lowers the limit.</summary>
    public static SetLimit Lower(AccountView account, long fen) =>
        new(Money.Of(fen, account.State.Currency), Actor.Borrower, "own-choice") { EffectiveOn = account.Today };

    /// <summary>Turns automatic repayment on or off.</summary>
    public static SetAutoRepay Auto(AccountView account, bool on) => new(on, on ? ["bank-card"] : []) { EffectiveOn = account.Today };

    /// <summary>Step 1 of closing: the consequences were told.</summary>
    public static RequestClosing Close(AccountView account, ClosingMode mode) =>
        new(mode, account.Terms.Closing.NoticeVersion, "own-choice") { EffectiveOn = account.Today };

    /// <summary>Step 2 of closing: the identity was verified.</summary>
    public static ConfirmClosing Confirm(AccountView account, bool video) => new(true, video) { EffectiveOn = account.Today };

    /// <summary>Calls closing off.</summary>
    public static CancelClosing Keep(AccountView account) => new("own-choice") { EffectiveOn = account.Today };
}
