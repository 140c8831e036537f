using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Mingzhang.Channel;
using Mingzhang.Web.Hosting;

namespace Mingzhang.Web.Payments;

/// <summary>
/// The way to the bank. A sandbox without a bank of its own starts one as a process beside it; while no bank is reached every outcome is
/// unknown, and transfers wait.
/// </summary>
public sealed class BankLink(WebSettings settings, TimeProvider time, ILogger<BankLink> log)
    : BackgroundService, IPaymentChannel, ICardIssuer, ILenderGateway
{
    private const string Program = "Mingzhang.SandboxBank.dll";
    private const string Ready = "bank ready at ";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly string _own = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile HttpChannel? _channel;

    /// <inheritdoc/>
    public bool IsSetUp => settings.Bank.Length > 0;

    /// <summary>What notices are signed with.</summary>
    public string Secret => settings.BankSecret.Length > 0 ? settings.BankSecret : _own;

    /// <inheritdoc/>
    public async Task<TransferAnswer?> SendAsync(TransferOrder order, CancellationToken cancel) =>
        await ChannelAsync(cancel) is { } channel ? await channel.SendAsync(order, cancel) : null;

    /// <inheritdoc/>
    public async Task<TransferAnswer?> QueryAsync(string id, CancellationToken cancel) =>
        await ChannelAsync(cancel) is { } channel ? await channel.QueryAsync(id, cancel) : null;

    /// <inheritdoc/>
    public async Task<TransferAnswer?> VoidAsync(string id, CancellationToken cancel) =>
        await ChannelAsync(cancel) is { } channel ? await channel.VoidAsync(id, cancel) : null;

    /// <inheritdoc/>
    public async Task<bool?> MandateAsync(MandateOrder mandate, CancellationToken cancel) =>
        await ChannelAsync(cancel) is { } channel ? await channel.MandateAsync(mandate, cancel) : null;

    /// <inheritdoc/>
    public async Task<Settlement?> SettlementAsync(DateOnly day, CancellationToken cancel) =>
        await ChannelAsync(cancel) is { } channel ? await channel.SettlementAsync(day, cancel) : null;

    /// <inheritdoc/>
    public async Task<string?> TokenOfAsync(string number, CancellationToken cancel) =>
        await ChannelAsync(cancel) is { } channel ? await channel.TokenOfAsync(number, cancel) : null;

    /// <inheritdoc/>
    public async Task<IReadOnlyCollection<string>?> AdviseAsync(
        string lender, IReadOnlyList<LenderAdvice> lines, CancellationToken cancel) =>
        await ChannelAsync(cancel) is { } channel ? await channel.AdviseAsync(lender, lines, cancel) : null;

    /// <inheritdoc/>
    public async Task<LenderStatement?> StatementAsync(string lender, DateOnly day, CancellationToken cancel) =>
        await ChannelAsync(cancel) is { } channel ? await channel.StatementAsync(lender, day, cancel) : null;

    /// <inheritdoc/>
    public override void Dispose()
    {
        _channel?.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!IsSetUp)
        {
            return;
        }

        if (settings.Bank != WebSettings.OwnBank)
        {
            _channel = new HttpChannel(new Uri(settings.Bank), Secret, Patience, time);
            _first.TrySetResult();
            return;
        }

        // A bank that dies is started again: its book is on disk, as a real one's is.
        while (!stoppingToken.IsCancellationRequested)
        {
            await RunAsync(stoppingToken);
            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The first moments of a sandbox wait for its bank; later ones do not.</summary>
    private async Task<HttpChannel?> ChannelAsync(CancellationToken cancel)
    {
        if (_channel is null && IsSetUp)
        {
            await _first.Task.WaitAsync(Patience, time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return _channel;
    }

    private async Task RunAsync(CancellationToken stop)
    {
        var file = Path.Combine(AppContext.BaseDirectory, Program);
        var start = new ProcessStartInfo(Path.GetFullPath("../../../dotnet", RuntimeEnvironment.GetRuntimeDirectory()))
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = settings.Folder,
        };
        Array.ForEach([file, "--urls", "http://127.0.0.1:0"], start.ArgumentList.Add);
        start.Environment["MZ_BANK_BOOK"] = Path.Combine(settings.Folder, "sandbox-bank.db");
        start.Environment["MZ_BANK_SECRET"] = Secret;
        start.Environment["MZ_BANK_OWNER"] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        try
        {
            using var bank = Process.Start(start) ?? throw new InvalidOperationException("no process");
            bank.ErrorDataReceived += (_, line) =>
            {
                if (line.Data is { } said)
                {
                    BankLog.Said(log, said);
                }
            };
            bank.BeginErrorReadLine();
            await using var ending = stop.Register(() => End(bank));
            while (await bank.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line)
            {
                if (line.StartsWith(Ready, StringComparison.Ordinal))
                {
                    _channel = new HttpChannel(new Uri(line[Ready.Length..].Split(' ')[0]), Secret, Patience, time);
                    _first.TrySetResult();
                    BankLog.Started(log, bank.Id);
                }
            }

            await bank.WaitForExitAsync(CancellationToken.None);
        }
        catch (Exception cause) when (cause is System.ComponentModel.Win32Exception or InvalidOperationException or IOException)
        {
            BankLog.NotStarted(log, cause);
        }

        _channel = null;
    }

    private static void End(Process bank)
    {
        try
        {
            bank.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }
    }
}

/// <summary>What is logged of the bank.</summary>
internal static partial class BankLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "The sandbox bank runs as process {Process}.")]
    public static partial void Started(ILogger log, int process);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The sandbox bank could not be started; payments wait.")]
    public static partial void NotStarted(ILogger log, Exception cause);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The sandbox bank says: {Line}")]
    public static partial void Said(ILogger log, string line);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Payments could not go on; they are tried again.")]
    public static partial void Stuck(ILogger log, Exception cause);
}
