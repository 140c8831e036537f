using System.Text.Json;

namespace Mingzhang.Engine.Encoding;

/// <summary>One event within a row's body, not decoded.</summary>
/// <param name="Type">Its stable name with version, such as <c>statement-issued.v1</c>.</param>
/// <param name="Part">Its index in the row.</param>
/// <param name="Json">Its bytes.</param>
public readonly record struct EventSlice(string Type, int Part, ReadOnlyMemory<byte> Json);

/// <summary>Finds the events of a body without decoding them.</summary>
public static class EventSlices
{
    /// <summary>The events of an accepted row or a day; throws <see cref="JsonException"/> for a body that is none.</summary>
    public static List<EventSlice> Of(ReadOnlyMemory<byte> body)
    {
        var slices = new List<EventSlice>(2);
        var reader = new Utf8JsonReader(body.Span);
        Expect(reader.Read() && reader.TokenType == JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Expect(reader.TokenType == JsonTokenType.StartObject);
            var start = (int)reader.TokenStartIndex;
            var depth = reader.CurrentDepth;
            Expect(reader.Read() && reader.ValueTextEquals("type"u8) && reader.Read());
            var type = reader.GetString()!;
            while (reader.Read() && reader.CurrentDepth > depth)
            {
                reader.Skip();
            }

            slices.Add(new EventSlice(type, slices.Count, body[start..(int)reader.BytesConsumed]));
        }

        return slices;
    }

    private static void Expect(bool holds)
    {
        if (!holds)
        {
            throw new JsonException("A body is an array of events, each beginning with its type.");
        }
    }
}
