using System.Data.Common;
using System.Security.Cryptography;
using Mingzhang.Domain.Values;
using Mingzhang.Services.People;

namespace Mingzhang.Services.Tickets;

/// <summary>
/// Sealed with the person's own key, so that destroying the key destroys what was said and sent. A customer of whom the house knows no
/// person has no key; what is written of them then is marked as not sealed.
/// </summary>
public sealed class SealedTicketText(PersonShelf people) : ITicketText
{
    private const char Mark = 's';
    private const string TextColumn = "ticket_step.text";
    private const string FileColumn = "ticket_file.content";

    /// <inheritdoc/>
    public ITicketPen Of(DbConnection connection, CustomerId customer, DbTransaction? transaction = null) =>
        new Pen(people, connection, customer, transaction);

    private sealed class Pen(PersonShelf people, DbConnection connection, CustomerId customer, DbTransaction? transaction) : ITicketPen
    {
        private readonly PersonKey? _key = people.KeyOf(connection, customer, transaction);

        public string Write(string text) => _key is null
            ? PlainTicketText.Pen.Write(text) : Mark + Convert.ToBase64String(_key.Seal(TextColumn, text));

        public string? Read(string written) => written.Length > 0 && written[0] == Mark
            ? Open(TextColumn, () => Convert.FromBase64String(written[1..])) : PlainTicketText.Pen.Read(written);

        public byte[] Write(byte[] file) => _key is null
            ? PlainTicketText.Pen.Write(file) : [(byte)Mark, .. _key.Seal(FileColumn, Convert.ToBase64String(file))];

        public byte[]? Read(byte[] written) => written.Length > 0 && written[0] == Mark
            ? Open(FileColumn, () => written[1..]) is { } text ? Convert.FromBase64String(text) : null
            : PlainTicketText.Pen.Read(written);

        public void Dispose()
        {
            _key?.Dispose();
        }

        // A key that is gone, or is another one since, opens nothing: the person was erased.
        private string? Open(string column, Func<byte[]> sealedText)
        {
            try
            {
                return _key?.Open(column, sealedText());
            }
            catch (CryptographicException)
            {
                return null;
            }
        }
    }
}
