using System.Globalization;
using System.Text.RegularExpressions;
using Mingzhang.Services.People;

namespace Mingzhang.Web.Api.Fields;

/// <summary>What a correction of identity asks; personal data, which <see cref="ToString"/> does not show.</summary>
/// <param name="Name">The right name.</param>
/// <param name="IdNumber">The right identity number; empty = as it is.</param>
/// <param name="Said">What the person is answered when a request for it waits; empty = the usual words.</param>
/// <param name="Reason">What was seen.</param>
internal sealed record IdentityAsk(string Name, string IdNumber, string Said, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => "a correction of identity";
}

/// <summary>Reads who somebody is. What is wrong is named by field and rule; the value is never repeated.</summary>
internal static partial class PersonFields
{
    [GeneratedRegex("^1[3-9][0-9]{9}$")]
    private static partial Regex MobilePhone { get; }

    [GeneratedRegex(@"^[^\s@]{1,64}@[^\s@.]+(\.[^\s@.]+)+$")]
    private static partial Regex MailAddress { get; }

    /// <summary>A person without a number.</summary>
    public static Person Read(FieldReader f)
    {
        var name = f.Text("name", "As on the identity card.", 64);
        var phone = f.Text("phone", "Mobile phone in mainland China, eleven digits.", 11);
        Check(f, "phone", phone, MobilePhone.IsMatch, "eleven digits beginning with 13 to 19", "13 至 19 开头的 11 位数字");
        var id = f.OptionalText("idNumber", "Resident identity number (GB 11643), 15 or 18 characters.", 18) ?? "";
        Check(f, "idNumber", id, IsIdNumber, "a number of GB 11643 with its check digit", "符合 GB 11643 的公民身份号码，含校验码");
        var email = f.OptionalText("email", "E-mail address.", 120) ?? "";
        Check(f, "email", email, MailAddress.IsMatch, "an address such as lin@example.com", "邮箱地址，例如 lin@example.com");
        var region = f.OptionalText("region", "Area of the address, six digits of GB/T 2260.", 6) ?? "";
        Check(f, "region", region, IsArea, "a code of GB/T 2260, six digits", "GB/T 2260 六位行政区划代码");
        return new Person(0, name, phone) { IdNumber = id.ToUpperInvariant(), Email = email, Region = region };
    }

    /// <summary>The right name and identity number of somebody who is known.</summary>
    public static IdentityAsk Correction(FieldReader f)
    {
        var name = f.Text("name", "The right name, as on the identity card.", 64);
        var id = f.OptionalText("idNumber", "The right resident identity number (GB 11643); left out = as it is.", 18) ?? "";
        Check(f, "idNumber", id, IsIdNumber, "a number of GB 11643 with its check digit", "符合 GB 11643 的公民身份号码，含校验码");
        var said = f.OptionalText("said", "What the person is answered when a request for it waits.", 500);
        var reason = f.Text("reason", "What was seen, without personal data; kept.", 200);
        return new IdentityAsk(name, id.ToUpperInvariant(), said ?? "", reason);
    }

    /// <summary>The number of a bank card; null when it is none, which the reader has noted.</summary>
    public static BankCardNumber? Card(FieldReader f)
    {
        var text = f.Text("number", "The card's number, 12 to 19 digits; spaces are dropped.", 24);
        Check(f, "number", text, one => BankCardNumber.Read(one) is BankCardRead, "12 to 19 digits with the check digit of Luhn",
            "12 至 19 位数字，且校验位正确");
        return (BankCardNumber.Read(text) as BankCardRead)?.Card;
    }

    private static bool IsIdNumber(string text) =>
        IdNumberReader.Read(text, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().AddHours(8).DateTime)) is IdNumberRead;

    private static bool IsArea(string text) => text.Length == 6
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
        && AreaCodes.Find(code) is not null;

    private static void Check(FieldReader f, string name, string text, Func<string, bool> fits, string rule, string ruleZh)
    {
        if (text.Length > 0 && !fits(text))
        {
            f.Add(name, field => new FieldError(field, rule, "Check it and send it again.", ruleZh, "请核对后重新提交。"));
        }
    }
}
