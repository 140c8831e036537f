using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Mingzhang.Domain.Values;

namespace Mingzhang.Web.App;

/// <summary>Measures how long a cost table was open: by this server's clock, from a signed value in the form.</summary>
public sealed class ReadingClock(IDataProtectionProvider protection, TimeProvider time)
{
    private readonly IDataProtector _protector = protection.CreateProtector("mz-cost-table");

    /// <summary>The value of a table that is shown now.</summary>
    public string Start(AccountId account, string costTable) => _protector.Protect(string.Create(
        CultureInfo.InvariantCulture, $"{account}|{costTable}|{time.GetUtcNow().ToUnixTimeMilliseconds()}"));

    /// <summary>Whole seconds since that table was shown to that account; null for a value of another table, account or house.</summary>
    public int? Seconds(string? value, AccountId account, string costTable)
    {
        string[] parts;
        try
        {
            parts = _protector.Unprotect(value ?? "").Split('|');
        }
        catch (CryptographicException)
        {
            return null;
        }

        if (parts.Length != 3 || parts[0] != account.ToString() || parts[1] != costTable)
        {
            return null;
        }

        var shown = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(parts[2], CultureInfo.InvariantCulture));
        return (int)Math.Clamp((time.GetUtcNow() - shown).TotalSeconds, 0, 86_400);
    }
}
