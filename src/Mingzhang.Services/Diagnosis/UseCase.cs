using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Access;
using Mingzhang.Services.Checkout;
using Mingzhang.Services.Entitlements;
using Mingzhang.Services.Incidents;
using Mingzhang.Services.Payments;
using Mingzhang.Services.Reading;
using Mingzhang.Store;

namespace Mingzhang.Services.Diagnosis;

/// <summary>What is asked.</summary>
/// <param name="Account">Whose.</param>
public sealed record UseQuestion(AccountId Account)
{
    /// <summary>For this amount; null = any.</summary>
    public Money? Amount { get; init; }

    /// <summary>In this scene; null = any.</summary>
    public string? Scene { get; init; }

    /// <summary>At this shop; null = none.</summary>
    public string? MerchantId { get; init; }

    /// <summary>What is on the screen; null = unknown.</summary>
    public Shown? Shown { get; init; }
}

/// <summary>Everything that was read to answer; the causes are looked for in it and nowhere else.</summary>
internal sealed record UseCase
{
    public required UseQuestion Question { get; init; }
    public required AccountView View { get; init; }
    public required UseExplanation Core { get; init; }
    public required IReadOnlyList<JournalRow> Rows { get; init; }
    public required Entitlement? Entitlement { get; init; }
    public required IReadOnlyList<Incident> Incidents { get; init; }
    public required IReadOnlyList<Transfer> Transfers { get; init; }
    public required IReadOnlyList<CheckoutAttempt> Attempts { get; init; }
    public required IReadOnlyList<UseFault> Faults { get; init; }
    public required IReadOnlyList<AccountView> Others { get; init; }
    public required AccessBook Access { get; init; }
    public required Merchant? Merchant { get; init; }
    public required string? WaitsForLender { get; init; }
    public required string? OpenedElsewhere { get; init; }
    public required DateTimeOffset Now { get; init; }

    /// <summary>The last row that the permission store has to know; null = none.</summary>
    public JournalRow? LastThatMatters { get; init; }

    /// <summary>What the permission store answers; null = it lets the ledger be asked.</summary>
    public string? Stopped => UseGate.Stops(
        Entitlement, Incidents, View.State.Product, Question.Amount?.MinorUnits ?? (View.Available.IsPositive ? 1 : 0));

    /// <summary>Of an instant in microseconds since 1970 UTC.</summary>
    public static DateTimeOffset Time(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * 10);
}
