using Dapper;
using Mingzhang.Engine;

namespace Mingzhang.Web.Identity;

/// <summary>Settings of this host that people made. Who somebody is stands in the people store (decision 0023), how they come in here with
/// <see cref="Logins"/> (decision 0024).</summary>
public sealed class PeopleStore(CreditHouse house)
{
    private const string ReadSetting = "SELECT value FROM web_setting WHERE name = @name";

    private const string WriteSetting =
        "INSERT INTO web_setting (name, value) VALUES (@name, @value) ON CONFLICT (name) DO UPDATE SET value = @value";

    /// <summary>A setting, or null.</summary>
    public string? Setting(string name)
    {
        using var connection = house.OpenReadOnly();
        return connection.QueryFirstOrDefault<string>(ReadSetting, new { name });
    }

    /// <summary>Keeps a setting.</summary>
    public Task SetAsync(string name, string value) =>
        house.WriteAsync((connection, transaction) => connection.Execute(WriteSetting, new { name, value }, transaction));
}
