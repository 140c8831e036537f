namespace Mingzhang.Engine.Observing;

/// <summary>The processes that run one house.</summary>
/// <param name="Alive">How many said so within their time, this one among them. On a file always 1.</param>
/// <param name="Leads">Whether this one leads: it follows the journal and delivers.</param>
/// <param name="HasLeader">Whether one of those alive leads; for some seconds after a leader died none does.</param>
public sealed record NodesSeen(long Alive, bool Leads, bool HasLeader);
