namespace Mingzhang.Web.Hosting;

/// <summary>A setting breaks its rule.</summary>
public sealed class SettingException : InvalidOperationException
{
    /// <summary>A setting that breaks a rule.</summary>
    public SettingException(string setting, string rule, string ruleZh)
        : base($"{setting}: {rule}") => (Setting, Rule, RuleZh) = (setting, rule, ruleZh);

    /// <summary>Not used.</summary>
    public SettingException()
        : this("", "", "")
    {
    }

    /// <summary>Not used.</summary>
    public SettingException(string message)
        : this("", message, message)
    {
    }

    /// <summary>Not used.</summary>
    public SettingException(string message, Exception cause)
        : base(message, cause) => (Setting, Rule, RuleZh) = ("", message, message);

    /// <summary>Its name.</summary>
    public string Setting { get; }

    /// <summary>What it has to be.</summary>
    public string Rule { get; }

    /// <summary>The same in Chinese.</summary>
    public string RuleZh { get; }
}
