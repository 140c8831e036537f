using Mingzhang.Channel;
using Mingzhang.SandboxBank;

namespace Mingzhang.Payments;

/// <summary>The bank's book when the bank ends.</summary>
public sealed class BankBookTests
{
    [Fact]
    public async Task It_closes_once_nobody_is_in_it()
    {
        var folder = Directory.CreateTempSubdirectory("mz-book-").FullName;
        using var book = new BankBook(Path.Combine(folder, "bank.db"));
        using var isIn = new ManualResetEventSlim();
        using var mayGo = new ManualResetEventSlim();
        var work = Task.Run(
            () => book.Do(own =>
            {
                isIn.Set();
                mayGo.Wait(TestContext.Current.CancellationToken);
                return own.AddAdvice("lender", new LenderAdvice("1", new DateOnly(2026, 1, 5), "a", "l", "principal", 100, "CNY"));
            }),
            TestContext.Current.CancellationToken);
        isIn.Wait(TestContext.Current.CancellationToken);
        var end = Task.Run(book.Dispose, TestContext.Current.CancellationToken);
        await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.False(end.IsCompleted);
        mayGo.Set();
        Assert.True(await work);
        await end;
        Directory.Delete(folder, recursive: true);
    }
}
