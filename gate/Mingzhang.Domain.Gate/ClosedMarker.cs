namespace System.Runtime.CompilerServices;

/// <summary>The compiler asks for this marker before it accepts <c>closed</c>; the runtime does not carry it yet.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class IsClosedTypeAttribute : Attribute;
