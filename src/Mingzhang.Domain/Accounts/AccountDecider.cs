namespace Mingzhang.Domain.Accounts;

/// <summary>The one decider of an account: routes a command to its slice.</summary>
public static class AccountDecider
{
    /// <summary>Decides a command on the books' current day. The account must have passed every day up to <paramref name="bookedOn"/> (see <see cref="AccountState.NextDate"/>).</summary>
    /// <param name="state">The account.</param>
    /// <param name="command">An on-time command: effective on <paramref name="bookedOn"/>. Late ones go to <see cref="AccountCorrector"/>.</param>
    /// <param name="terms">The version the state keeps, or the one an opening names.</param>
    /// <param name="bookedOn">The business date.</param>
    /// <param name="trace">Listens to the steps.</param>
    public static Decision Decide<TTrace>(AccountState state, AccountCommand command, ProductTerms terms, DateOnly bookedOn, ref TTrace trace)
        where TTrace : struct, ITrace => throw new NotSupportedException();
}
