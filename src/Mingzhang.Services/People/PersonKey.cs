using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Mingzhang.Domain.Values;

namespace Mingzhang.Services.People;

/// <summary>
/// The data key of one person, unwrapped. What it seals can be opened only with it, for the same person, in the same table and column; when
/// the wrapped key is destroyed, so is all of it.
/// </summary>
public sealed class PersonKey : IDisposable
{
    private readonly byte[] _key;
    private readonly CustomerId _customer;
    private readonly long _version;

    internal PersonKey(byte[] key, CustomerId customer, long version) => (_key, _customer, _version) = (key, customer, version);

    /// <summary>Seals a text.</summary>
    /// <param name="column">Table and column, such as <c>person_field.name</c>.</param>
    /// <param name="text">What nobody else may read.</param>
    public byte[] Seal(string column, string text) => Sealing.Seal(_key, Encoding.UTF8.GetBytes(text), Context(column));

    /// <summary>Opens a text. Throws <see cref="CryptographicException"/> when it was sealed otherwise, or changed.</summary>
    public string Open(string column, byte[] sealedText) => Encoding.UTF8.GetString(Sealing.Open(_key, sealedText, Context(column)));

    /// <inheritdoc/>
    public void Dispose() => CryptographicOperations.ZeroMemory(_key);

    internal byte[] WrappedBy(MasterKey master) => master.Wrap(_key, WrapContext(_customer, _version));

    internal static string WrapContext(CustomerId customer, long version) =>
        string.Create(CultureInfo.InvariantCulture, $"person.data_key|{customer.Value}|{version}");

    private byte[] Context(string column) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{column}|{_customer.Value}|{_version}"));
}
