using System.Security.Cryptography;
using System.Text;

namespace Mingzhang.Services.People;

/// <summary>One master key: 32 bytes that wrap the data keys of people.</summary>
/// <remarks>It is a secret: <see cref="ToString"/> shows its name only.</remarks>
public sealed class MasterKey
{
    /// <summary>Bytes of a key.</summary>
    public const int Length = 32;

    private const int NameBytes = 8;

    private readonly byte[] _wrapping;

    private MasterKey(byte[] bytes)
    {
        _wrapping = HKDF.DeriveKey(HashAlgorithmName.SHA256, bytes, Length, info: "mingzhang wrapping"u8.ToArray());
        Name = Convert.ToHexStringLower(HKDF.DeriveKey(HashAlgorithmName.SHA256, bytes, NameBytes, info: "mingzhang name"u8.ToArray()));
    }

    /// <summary>Sixteen hexadecimal digits that follow from the key and do not tell it; stands beside everything it wrapped.</summary>
    public string Name { get; }

    /// <summary>A key as it is written: 64 hexadecimal digits.</summary>
    public static MasterKey? Read(string text)
    {
        if (text.Length != 2 * Length || text.AsSpan().ContainsAnyExcept(Hex))
        {
            return null;
        }

        var bytes = Convert.FromHexString(text);
        var key = new MasterKey(bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return key;
    }

    /// <summary>A new key as it is written.</summary>
    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Length));

    /// <inheritdoc/>
    public override string ToString() => Name;

    internal byte[] Wrap(ReadOnlySpan<byte> key, string context) => Sealing.Seal(_wrapping, key, Context(context));

    internal byte[] Unwrap(ReadOnlySpan<byte> wrapped, string context) => Sealing.Open(_wrapping, wrapped, Context(context));

    private static System.Buffers.SearchValues<char> Hex { get; } = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");

    private byte[] Context(string context) => Encoding.UTF8.GetBytes($"{Name}|{context}");
}

/// <summary>The master keys a process was given: the first wraps what is new, the others only open what they wrapped.</summary>
public sealed class MasterKeys
{
    private readonly Dictionary<string, MasterKey> _keys;

    /// <summary>One key or more, the current one first.</summary>
    public MasterKeys(params IReadOnlyList<MasterKey> keys)
    {
        Current = keys[0];
        _keys = keys.DistinctBy(key => key.Name).ToDictionary(key => key.Name, StringComparer.Ordinal);
    }

    /// <summary>Wraps what is new.</summary>
    public MasterKey Current { get; }

    /// <summary>Reads keys separated by commas or lines; null when one is not 64 hexadecimal digits, or there is none.</summary>
    public static MasterKeys? Read(string text)
    {
        var keys = text.Split([',', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(MasterKey.Read).ToList();
        return keys.Count == 0 || keys.Any(key => key is null) ? null : new MasterKeys([.. keys.Select(key => key!)]);
    }

    /// <summary>The key of a name, or null.</summary>
    public MasterKey? Find(string name) => _keys.GetValueOrDefault(name);
}
