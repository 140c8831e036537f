using System.Data.Common;
using Mingzhang.Domain.Values;

namespace Mingzhang.Services.Tickets;

/// <summary>How what people say and send in tickets is written down: it belongs to the person.</summary>
public interface ITicketText
{
    /// <summary>The pen of a person, to write and read within one piece of work.</summary>
    ITicketPen Of(DbConnection connection, CustomerId customer, DbTransaction? transaction = null);
}

/// <summary>Writes and reads what belongs to one person.</summary>
public interface ITicketPen : IDisposable
{
    /// <summary>The written form of a text.</summary>
    string Write(string text);

    /// <summary>The text of a written form; null when the person was erased.</summary>
    string? Read(string written);

    /// <summary>The written form of a file.</summary>
    byte[] Write(byte[] file);

    /// <summary>The file of a written form; null when the person was erased.</summary>
    byte[]? Read(byte[] written);
}

/// <summary>As it is, for a house that keeps no keys of people. The first sign says that nothing is sealed.</summary>
public sealed class PlainTicketText : ITicketText
{
    private const char Mark = 'p';

    /// <summary>The pen of everybody; holds nothing.</summary>
    internal static ITicketPen Pen { get; } = new PlainPen();

    /// <inheritdoc/>
    public ITicketPen Of(DbConnection connection, CustomerId customer, DbTransaction? transaction = null) => Pen;

    private sealed class PlainPen : ITicketPen
    {
        public string Write(string text) => Mark + text;

        public string? Read(string written) => written.Length > 0 && written[0] == Mark ? written[1..] : null;

        public byte[] Write(byte[] file) => [(byte)Mark, .. file];

        public byte[]? Read(byte[] written) => written.Length > 0 && written[0] == Mark ? written[1..] : null;

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
