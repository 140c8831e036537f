namespace Mingzhang.Oracle;

/// <summary>Agreements about what was billed.</summary>
public sealed partial class Account
{
    private bool FitsBills(Wish wish) => wish.Kind == 'D';

    private Agreement BeginOnBills(Agreement begun) => begun;

    private void BillsBack(Agreement agreement) => _ = agreement;
}
