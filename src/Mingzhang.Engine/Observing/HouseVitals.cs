using Mingzhang.Engine.Days;

namespace Mingzhang.Engine.Observing;

/// <summary>How a house is doing.</summary>
/// <param name="Position">The last committed journal position.</param>
/// <param name="Backlog">Committed rows whose index and account rows are not written yet.</param>
/// <param name="Followers">Rows each follower is behind, by name.</param>
/// <param name="LastDay">The day end that runs or ran last in this process; null = none yet.</param>
public sealed record HouseVitals(long Position, long Backlog, IReadOnlyDictionary<string, long> Followers, DayStatus? LastDay);
