using System.Text.Json;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Corrections;
using Mingzhang.Domain.Values;

namespace Mingzhang.Engine.Encoding;

/// <summary>Reads the events of a row without the states that corrections carry: hundreds of kilobytes on a busy account.</summary>
public static class CorrectionFacts
{
    private const string Name = "account-corrected.";

    private static readonly AccountState Nothing = AccountState.Empty(AccountId.Of(new CustomerId(1), 1), Currency.Cny);
    private static readonly byte[] NothingWritten = DomainJson.Write(Nothing);

    /// <summary>
    /// The events of an accepted row; the state of a correction is that of an account nobody has. Throws <see cref="JsonException"/>.
    /// </summary>
    public static ValueList<AccountEvent> Read(ReadOnlyMemory<byte> body)
    {
        if (body.Span.IndexOf("\"account-corrected."u8) < 0)
        {
            return DomainJson.ReadEvents(body.Span);
        }

        var events = new List<AccountEvent>();
        foreach (var slice in EventSlices.Of(body))
        {
            events.Add(slice.Type.StartsWith(Name, StringComparison.Ordinal) ? Read(slice) : DomainJson.ReadEvent(slice.Json.Span));
        }

        return ValueList.From(events);
    }

    /// <summary>A correction without its state.</summary>
    public static AccountCorrected Read(EventSlice slice)
    {
        var (start, end) = StateOf(slice.Json.Span);
        byte[] light = [.. slice.Json.Span[..start], .. NothingWritten, .. slice.Json.Span[end..]];
        return DomainJson.ReadEvent(light) is AccountCorrected corrected
            ? corrected with { After = Nothing }
            : throw new JsonException("A correction is none.");
    }

    /// <summary>Where the value of <c>after</c> stands in a correction.</summary>
    private static (int Start, int End) StateOf(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1)
            {
                var found = reader.ValueTextEquals("after"u8);
                _ = reader.Read();
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                if (found)
                {
                    return (start, (int)reader.BytesConsumed);
                }
            }
        }

        throw new JsonException("A correction carries the state that follows.");
    }
}
