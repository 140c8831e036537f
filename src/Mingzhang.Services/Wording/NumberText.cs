using Mingzhang.Services.People;

namespace Mingzhang.Services.Wording;

/// <summary>What is wrong with a number that a person typed, and what to do.</summary>
public static class NumberText
{
    /// <summary>The rule of an identity number that is broken.</summary>
    public static string Of(IdNumberRule rule, bool chinese) => (rule, chinese) switch
    {
        (IdNumberRule.Length, true) => "身份证号码应为 18 位（旧号码为 15 位），请检查是否少输或多输。",
        (IdNumberRule.Length, false) => "An identity number has 18 characters (15 in the old form); check for missing or extra ones.",
        (IdNumberRule.Characters, true) => "身份证号码只能是数字，最后一位可以是 X。",
        (IdNumberRule.Characters, false) => "An identity number has digits only; the last of 18 may be X.",
        (IdNumberRule.Province, true) => "身份证号码的前两位不是有效的省级代码，请核对。",
        (IdNumberRule.Province, false) => "The first two digits are no province; check them.",
        (IdNumberRule.BirthDay, true) => "身份证号码中的出生日期不存在，请核对。",
        (IdNumberRule.BirthDay, false) => "The day of birth in the number does not exist; check it.",
        (IdNumberRule.BirthRange, true) => "身份证号码中的出生日期超出范围，请核对。",
        (IdNumberRule.BirthRange, false) => "The day of birth in the number is out of range; check it.",
        (IdNumberRule.CheckDigit, true) => "身份证号码校验位不符，请逐位核对。",
        (IdNumberRule.CheckDigit, false) => "The last character does not fit the others; check each digit.",
        _ => throw new ArgumentOutOfRangeException(nameof(rule)),
    };

    /// <summary>The rule of a card number that is broken.</summary>
    public static string Of(BankCardRule rule, bool chinese) => (rule, chinese) switch
    {
        (BankCardRule.Characters, true) => "银行卡号只能是数字。",
        (BankCardRule.Characters, false) => "A card number has digits only.",
        (BankCardRule.Length, true) => "银行卡号应为 12 至 19 位，请检查是否少输或多输。",
        (BankCardRule.Length, false) => "A card number has 12 to 19 digits; check for missing or extra ones.",
        (BankCardRule.CheckDigit, true) => "银行卡号校验位不符，请逐位核对。",
        (BankCardRule.CheckDigit, false) => "The last digit does not fit the others; check each digit.",
        _ => throw new ArgumentOutOfRangeException(nameof(rule)),
    };

    /// <summary>A kind of card.</summary>
    public static string Of(CardKind kind, bool chinese) => (kind, chinese) switch
    {
        (CardKind.Debit, true) => "借记卡",
        (CardKind.Debit, false) => "debit card",
        (CardKind.Credit, true) => "信用卡",
        (CardKind.Credit, false) => "credit card",
        (CardKind.SemiCredit, true) => "准贷记卡",
        (CardKind.SemiCredit, false) => "semi-credit card",
        (CardKind.Prepaid, true) => "预付费卡",
        (CardKind.Prepaid, false) => "prepaid card",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
