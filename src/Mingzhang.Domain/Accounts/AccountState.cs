namespace Mingzhang.Domain.Accounts;

/// <summary>An account folded from its events: everything a decision needs, nothing else.</summary>
public sealed record AccountState
{
    private long _version;
    private DateOnly _asOf;
    private DateOnly _nextDate = DateOnly.MaxValue;
    private Accrual _revolvingAccrual;
    private Accrual _overdueAccrual;

    /// <summary>The account.</summary>
    public required AccountId Id { get; init; }

    /// <summary>Journal entries so far; 0 before opening.</summary>
    public long Version { get => _version; init => _version = value; }

    /// <summary>Where it is between opening and closing.</summary>
    public required Lifecycle Lifecycle { get; init; }

    /// <summary>Product code.</summary>
    public string Product { get; init; } = "";

    /// <summary>Prices it runs under.</summary>
    public KeptTerms Terms { get; init; } = new(0, default, default, null, 0);

    /// <summary>A booked move to another version, or null.</summary>
    public NextVersion? NextVersion { get; init; }

    /// <summary>Currency of every amount.</summary>
    public required Currency Currency { get; init; }

    /// <summary>First opened on.</summary>
    public DateOnly OpenedOn { get; init; }

    /// <summary>The latest economic date folded in; accruals stand at it.</summary>
    public DateOnly AsOf { get => _asOf; init => _asOf = value; }

    /// <summary>The first day after <see cref="AsOf"/> on which something happens by itself; <c>MaxValue</c> = never.</summary>
    public DateOnly NextDate { get => _nextDate; init => _nextDate = value; }

    /// <summary>Bound card.</summary>
    public BankCard? Card { get; init; }

    /// <summary>Consents in force.</summary>
    public ValueList<Consent> Consents { get; init; }

    /// <summary>The assessment it was opened by.</summary>
    public Assessment? Assessment { get; init; }

    /// <summary>The latest declaration of debts to others, or null.</summary>
    public DebtDeclaration? Declaration { get; init; }

    /// <summary>Statement and due days.</summary>
    public Cycle Cycle { get; init; } = new();

    /// <summary>Total limit.</summary>
    public required Money TotalLimit { get; init; }

    /// <summary>Temporary limits not yet expired.</summary>
    public ValueList<TemporaryLimit> TemporaryLimits { get; init; }

    /// <summary>Scene-bound limits.</summary>
    public ValueList<SceneLimit> SceneLimits { get; init; }

    /// <summary>Authorised on <see cref="SpendDay"/> so far, for the daily cap.</summary>
    public required Money SpentOnDay { get; init; }

    /// <summary>The day <see cref="SpentOnDay"/> counts.</summary>
    public DateOnly SpendDay { get; init; }

    /// <summary>The borrower's own cap for a month; null = none was ever set.</summary>
    public SpendingCap? Spending { get; init; }

    /// <summary>Permissions that are away.</summary>
    public ValueList<Restriction> Restrictions { get; init; }

    /// <summary>Automatic repayment sources in order; empty = off.</summary>
    public ValueList<string> AutoRepaySources { get; init; }

    /// <summary>Services that use the line.</summary>
    public ValueList<string> LinkedServices { get; init; }

    /// <summary>Purchases that hold limit, owe, or can still be refunded.</summary>
    public ValueList<Purchase> Purchases { get; init; }

    /// <summary>Everything owed.</summary>
    public ValueList<DueItem> Items { get; init; }

    /// <summary>The next due item's id.</summary>
    public int NextItemId { get; init; } = 1;

    /// <summary>Bills with something left, and always the latest; oldest first.</summary>
    public ValueList<Bill> Bills { get; init; }

    /// <summary>Money the house owes the customer.</summary>
    public required Money CreditBalance { get; init; }

    /// <summary>Interest growing on revolving principal.</summary>
    public Accrual RevolvingAccrual { get => _revolvingAccrual; init => _revolvingAccrual = value; }

    /// <summary>Charge growing on overdue principal.</summary>
    public Accrual OverdueAccrual { get => _overdueAccrual; init => _overdueAccrual = value; }

    /// <summary>Payments under way or failed.</summary>
    public ValueList<PendingPayment> PendingPayments { get; init; }

    /// <summary>Repayments and refunds taken in lately, so that an id is not used twice.</summary>
    public ValueList<RecentReference> RecentReferences { get; init; }

    /// <summary>Refunds under way.</summary>
    public ValueList<PendingRefund> PendingRefunds { get; init; }

    /// <summary>Open disputes.</summary>
    public ValueList<Dispute> Disputes { get; init; }

    /// <summary>Loans and instalment plans with anything owed.</summary>
    public ValueList<Loan> Loans { get; init; }

    /// <summary>Loans asked for and not yet paid out.</summary>
    public ValueList<LoanRequest> LoanRequests { get; init; }

    /// <summary>First day of the month <see cref="LoansInMonth"/> counts.</summary>
    public DateOnly LoanMonth { get; init; }

    /// <summary>Loans paid out in that month.</summary>
    public int LoansInMonth { get; init; }

    /// <summary>Applications, offers and agreements for a customer who cannot pay as agreed.</summary>
    public ValueList<ReliefAgreement> Reliefs { get; init; }

    /// <summary>Agreements begun in the last 365 days.</summary>
    public ValueList<PastRelief> PastReliefs { get; init; }

    /// <summary>When the debt was written off.</summary>
    public DateOnly? WrittenOffOn { get; init; }

    /// <summary>Ends a fold in place. Only for a copy the caller has just made and nobody has seen: a state costs more than all else that
    /// a decision makes.</summary>
    internal AccountState Numbered(long version, DateOnly nextDate)
    {
        (_version, _nextDate) = (version, nextDate);
        return this;
    }

    /// <summary>Brings the accruals to a day in place; see <see cref="Numbered"/>.</summary>
    internal AccountState Standing(DateOnly asOf, (Accrual Revolving, Accrual Overdue) accruals)
    {
        (_asOf, _revolvingAccrual, _overdueAccrual) = (asOf, accruals.Revolving, accruals.Overdue);
        return this;
    }

    /// <summary>The state before opening.</summary>
    public static AccountState Empty(AccountId id, Currency currency) => new()
    {
        Id = id,
        Lifecycle = new NotOpened(),
        Currency = currency,
        TotalLimit = Money.Zero(currency),
        SpentOnDay = Money.Zero(currency),
        CreditBalance = Money.Zero(currency),
    };
}

/// <summary>Statement rhythm and the running totals of the current period.</summary>
public sealed record Cycle
{
    /// <summary>Day of the month of statements.</summary>
    public int StatementDay { get; init; }

    /// <summary>Day of the month on which they are due.</summary>
    public int DueDay { get; init; }

    /// <summary>The next statement's day.</summary>
    public DateOnly NextStatementOn { get; init; } = DateOnly.MaxValue;

    /// <summary>The last statement's day; null before the first.</summary>
    public DateOnly? LastStatementOn { get; init; }

    /// <summary>A booked due day that takes over at the next statement; 0 = none.</summary>
    public int BookedDueDay { get; init; }

    /// <summary>When the due day was last changed.</summary>
    public DateOnly? DueDayChangedOn { get; init; }

    /// <summary>The last bill's closing, in minor units of the account's currency.</summary>
    public long OpeningMinor { get; init; }

    /// <summary>Debits since then, minor units.</summary>
    public long DebitsMinor { get; init; }

    /// <summary>Credits since then, minor units.</summary>
    public long CreditsMinor { get; init; }
}

/// <summary>A payment that the channel has not confirmed, or that failed.</summary>
public sealed record PendingPayment(string RepaymentId, Money Amount, DateOnly SubmittedOn, string? FailedBecause);

/// <summary>The id of a repayment or refund taken in.</summary>
public sealed record RecentReference(string Id, DateOnly On);

/// <summary>A refund under way.</summary>
public sealed record PendingRefund(string RefundId, string? PurchaseId, Money Amount);

/// <summary>An open dispute.</summary>
public sealed record Dispute(string DisputeId, ValueList<int> ItemIds, DateOnly OpenedOn, string Reason);
