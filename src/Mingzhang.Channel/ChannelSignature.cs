using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Mingzhang.Channel;

/// <summary>Signs messages between lender and bank: <c>t=SECONDS,v1=HEX</c>, HMAC-SHA256 over time, method, path and body.</summary>
/// <remarks>A message is good for five minutes, so that a copy of it is of little use; ids make the rest harmless.</remarks>
public static class ChannelSignature
{
    /// <summary>The header's name.</summary>
    public const string Header = "Mz-Signature";

    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(5);

    /// <summary>The header's value.</summary>
    public static string Of(string secret, DateTimeOffset at, string method, string path, ReadOnlySpan<byte> body)
    {
        var seconds = at.ToUnixTimeSeconds();
        var digest = Convert.ToHexStringLower(Digest(secret, seconds, method, path, body));
        return string.Create(CultureInfo.InvariantCulture, $"t={seconds},v1={digest}");
    }

    /// <summary>Whether a header's value is of this message and not old.</summary>
    public static bool Fits(string? header, string secret, DateTimeOffset now, string method, string path, ReadOnlySpan<byte> body)
    {
        var parts = (header ?? "").Split(',');
        if (parts is not [['t', '=', .. var time], ['v', '1', '=', .. var hex]] || hex.Length != 64
            || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(now.ToUnixTimeSeconds() - seconds) > GoodFor.TotalSeconds)
        {
            return false;
        }

        try
        {
            return CryptographicOperations.FixedTimeEquals(Convert.FromHexString(hex), Digest(secret, seconds, method, path, body));
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static byte[] Digest(string secret, long seconds, string method, string path, ReadOnlySpan<byte> body)
    {
        var head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seconds}\n{method}\n{path}\n"));
        byte[] message = [.. head, .. body];
        return HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), message);
    }
}
