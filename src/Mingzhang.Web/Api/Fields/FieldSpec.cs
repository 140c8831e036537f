namespace Mingzhang.Web.Api.Fields;

/// <summary>What a field is; the code that reads a request writes this down, and the OpenAPI document is made from it.</summary>
/// <remarks>A value, because each request asks for several and keeps none: only a reader that describes keeps them.</remarks>
/// <param name="Name">Its name.</param>
/// <param name="Type">JSON type: string, integer, boolean, object, array.</param>
/// <param name="Required">Whether it must be there.</param>
internal readonly record struct FieldSpec(string Name, string Type, bool Required)
{
    /// <summary>What it means.</summary>
    public string? About { get; init; }

    /// <summary>OpenAPI format, such as date.</summary>
    public string? Format { get; init; }

    /// <summary>Allowed words.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Smallest number, or shortest text, or fewest elements.</summary>
    public long? Least { get; init; }

    /// <summary>Largest number, or longest text, or most elements.</summary>
    public long? Most { get; init; }

    /// <summary>Fields of an object, or of the elements of an array; empty = the elements are texts.</summary>
    public IReadOnlyList<FieldSpec> Children { get; init; } = [];
}
