namespace Mingzhang.Domain.Limits;

/// <summary>A limit that counts only inside a window.</summary>
/// <param name="Id">Caller's id.</param>
/// <param name="Amount">Added to the total.</param>
/// <param name="From">First day.</param>
/// <param name="Until">First day on which it no longer counts.</param>
public sealed record TemporaryLimit(string Id, Money Amount, DateOnly From, DateOnly Until)
{
    /// <summary>Whether it counts on a day.</summary>
    public bool CountsOn(DateOnly day) => From <= day && day < Until;
}

/// <summary>A limit that can be used in one scene only (专项额度).</summary>
public sealed record SceneLimit(string Scene, Money Amount);

/// <summary>Sets the total limit. A borrower may only lower; staff may set any limit in the product's bounds, also below what is
/// used.</summary>
public sealed record SetLimit(Money Total, Actor By, string Reason) : AccountCommand;

/// <summary>Grants a temporary limit.</summary>
public sealed record GrantTemporaryLimit(TemporaryLimit Limit, string Reason) : AccountCommand;

/// <summary>Sets the limit of one scene; zero removes it.</summary>
public sealed record SetSceneLimit(SceneLimit Limit, string Reason) : AccountCommand;

/// <summary>The total limit changed.</summary>
public sealed record LimitChanged(SetLimit Fact, Money Before) : AccountEvent
{
    /// <inheritdoc/>
    public override AccountCommand Recorded => Fact;
}

/// <summary>A temporary limit was granted.</summary>
public sealed record TemporaryLimitGranted(GrantTemporaryLimit Fact) : AccountEvent
{
    /// <inheritdoc/>
    public override AccountCommand Recorded => Fact;
}

/// <summary>A temporary limit's window ended. It alone never makes anyone overdue.</summary>
public sealed record TemporaryLimitExpired(TemporaryLimit Limit) : AccountEvent;

/// <summary>A scene-bound limit changed.</summary>
public sealed record SceneLimitChanged(SetSceneLimit Fact, Money Before) : AccountEvent
{
    /// <inheritdoc/>
    public override AccountCommand Recorded => Fact;
}
