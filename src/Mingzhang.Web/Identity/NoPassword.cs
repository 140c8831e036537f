using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Mingzhang.Web.Identity;

/// <summary>A stored form in the shape of <see cref="Secrets"/> that no password fits; comparing takes as long as with any other.</summary>
public static class NoPassword
{
    private const byte Form = 1;
    private const uint HmacSha512 = 2;
    private const uint Rounds = 100_000;
    private const int Salt = 16;
    private const int Key = 32;

    /// <summary>One of its own each time.</summary>
    public static string Make()
    {
        var bytes = new byte[13 + Salt + Key];
        bytes[0] = Form;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(1), HmacSha512);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(5), Rounds);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(9), Salt);
        RandomNumberGenerator.Fill(bytes.AsSpan(13));
        return Convert.ToBase64String(bytes);
    }
}
