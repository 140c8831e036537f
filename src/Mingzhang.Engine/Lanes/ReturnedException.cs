using System.Diagnostics.CodeAnalysis;

namespace Mingzhang.Engine.Lanes;

/// <summary>Another node came first while a decision waited for its own rows: it is made again.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "Never leaves the lane.")]
[SuppressMessage("Design", "CA1064:Exceptions should be public", Justification = "Never leaves the lane.")]
internal sealed class ReturnedException : Exception;
