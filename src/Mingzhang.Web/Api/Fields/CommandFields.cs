using System.Text.Json;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Values;

namespace Mingzhang.Web.Api.Fields;

/// <summary>What a command is read against.</summary>
/// <param name="Book">All terms.</param>
/// <param name="Currency">The account's currency.</param>
/// <param name="Day">The day a command is effective on when it does not say.</param>
/// <param name="MayActAsStaff">Whether the key may speak for staff.</param>
/// <param name="Path">Values from the address.</param>
internal sealed record CommandSetting(
    TermsBook Book, Currency Currency, DateOnly Day, bool MayActAsStaff, IReadOnlyDictionary<string, string> Path)
{
    /// <summary>The account it goes to; null for an opening.</summary>
    public AccountId? Account { get; init; }
}

/// <summary>Reads the body of a command.</summary>
internal sealed class CommandFields(JsonElement? from, List<FieldError> errors, CommandSetting setting, string path = "")
    : FieldReader(from, errors, path)
{
    /// <summary>What it is read against.</summary>
    public CommandSetting Setting => setting;

    /// <summary>True when the command speaks for staff and the key may not.</summary>
    public bool Forbidden { get; private set; }

    /// <summary>The economic date; today when not given.</summary>
    public DateOnly EffectiveOn() =>
        OptionalDate("effectiveOn", "Economic date; default: the business date. Earlier = a late fact.") ?? setting.Day;

    /// <summary>The amount of the command.</summary>
    public Money Money(string about = "Amount in minor units.")
    {
        CheckCurrency();
        return Domain.Values.Money.Of(Amount("amountMinor", about), setting.Currency);
    }

    /// <summary>An amount in a field of its own, or nothing.</summary>
    public Money? OptionalMoney(string name, string about) =>
        OptionalAmount(name, about) is { } minor ? Domain.Values.Money.Of(minor, setting.Currency) : null;

    /// <summary>An amount in another field or object.</summary>
    public Money MoneyIn(FieldReader fields, string name, string about, long least = 1) =>
        Domain.Values.Money.Of(fields.Amount(name, about, least), setting.Currency);

    /// <summary>An id that the address names; in a batch it stands in the body.</summary>
    public string PathId(string name, string about)
    {
        if (!setting.Path.TryGetValue(name, out var value))
        {
            return Id(name, about);
        }

        if (value.Length is 0 or > 64 || value.AsSpan().IndexOfAnyExceptInRange('!', '~') >= 0)
        {
            Add(Rules.Id(name));
        }

        return value;
    }

    /// <summary>Who asks: what the key may say freely; anyone else needs the scope staff:write.</summary>
    /// <param name="otherwise">Meant when not given.</param>
    /// <param name="free">Who else may be named without that scope.</param>
    public Actor By(Actor otherwise, Actor? free = null)
    {
        var by = OptionalChoice<Actor>("by", "Who asks; speaking for others needs the scope staff:write.") ?? otherwise;
        Forbidden |= by != otherwise && by != free && !setting.MayActAsStaff;
        return by;
    }

    /// <summary>Consents given now.</summary>
    public ValueList<Consent> Consents() => List(
        "consents", "Consents given now.", 0, 20, f =>
            new Consent(f.Id("code", "Which consent."), f.Id("version", "Version of its text.")));

    /// <summary>The bound card, as the issuer's token and last four digits.</summary>
    public BankCard? Card() => Object("card", "Bound bank card.", false, f => new BankCard(
        f.Id("token", "The issuer's token; never the number."), LastFour(f)));

    /// <summary>The result of a credit assessment.</summary>
    public Assessment Assessment() => Object("assessment", "Result of the credit assessment.", true, f => new Assessment(
        f.Id("id", "The assessment's id."),
        f.YesNo("approved", "Whether a line may be opened."),
        MoneyIn(f, "limitMinor", "Granted total limit.", 0),
        f.Id("model", "Model and version that decided."),
        f.OptionalText("failedCondition", "When not approved: the condition that failed, in words for the customer."))
    {
        CustomerClass = f.OptionalId("customerClass", "Class that selects the cap over all accounts: standard (default), good-credit."),
    })!;

    private void CheckCurrency()
    {
        if (OptionalText("currency", "Default: the account's currency.", 3) is { } given && given != setting.Currency.ToString())
        {
            Add("currency", field => Rules.Currency(field, setting.Currency.ToString()));
        }
    }

    private static string LastFour(FieldReader f)
    {
        var text = f.Text("lastFour", "Last four digits.", 4);
        if (text.Length > 0 && (text.Length != 4 || text.Any(c => !char.IsAsciiDigit(c))))
        {
            f.Add("lastFour", field => new FieldError(field, "four digits", "Send the last four digits only.", "四位数字", "仅提供卡号后四位。"));
        }

        return text;
    }
}
