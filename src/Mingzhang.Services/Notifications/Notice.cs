using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Values;

namespace Mingzhang.Services.Notifications;

/// <summary>What a person is told once.</summary>
public sealed record Notice
{
    /// <summary>Follows from what happened, so that making it twice is making it once.</summary>
    public required string Id { get; init; }

    /// <summary>Who is told.</summary>
    public required CustomerId Customer { get; init; }

    /// <summary>Which account it is about; null for the person.</summary>
    public AccountId? Account { get; init; }

    /// <summary>Code of its <see cref="NoticeKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Business day on which it happened.</summary>
    public required DateOnly HappenedOn { get; init; }

    /// <summary>Journal position at which it happened, for order within a day.</summary>
    public long Place { get; init; }

    /// <summary>Machine time in microseconds since 1970 UTC.</summary>
    public long MadeAt { get; init; }

    /// <summary>Values of the text's fields: amounts as CNY1234, days as 2026-07-10, everything else as it is.</summary>
    public required IReadOnlyDictionary<string, string> Fields { get; init; }

    /// <summary>When it was read, microseconds since 1970 UTC; 0 = not yet.</summary>
    public long ReadAt { get; init; }
}

/// <summary>Which notices of a person.</summary>
/// <param name="Unread">Only those not read.</param>
/// <param name="Kinds">Only of these kinds; null = of all.</param>
/// <param name="Most">At most so many.</param>
/// <param name="Skip">After so many.</param>
public sealed record NoticeQuery(bool Unread, IReadOnlyList<string>? Kinds, int Most, int Skip);
