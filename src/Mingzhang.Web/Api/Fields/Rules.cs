using System.Globalization;
using Mingzhang.Domain.Accounts;
using Mingzhang.Services.Wording;

namespace Mingzhang.Web.Api.Fields;

/// <summary>The sentences about fields, each in both languages.</summary>
internal static class Rules
{
    /// <summary>Largest amount in one request: a billion of the currency's main unit, so that interest on it fits into 64 bits.</summary>
    public const long LargestAmount = 100_000_000_000;

    public static FieldError Missing(string field) => new(
        field, "required", "Send this field.", "必填", "请提供该字段。");

    public static FieldError Unknown(string field, IEnumerable<string> known)
    {
        var names = string.Join(", ", known);
        return new(field, "unknown field", $"Leave it out; known here: {names}.", "未知字段", $"请去掉该字段；可用字段：{names}。");
    }

    public static FieldError Amount(string field, long least) => new(
        field, string.Create(CultureInfo.InvariantCulture, $"a whole number of minor units from {least} to {LargestAmount}"),
        "Send an integer such as 12890 for 128.90, not a text or a fraction.",
        string.Create(CultureInfo.InvariantCulture, $"以分为单位的整数，{least} 至 {LargestAmount}"), "例如 128.90 元写作整数 12890，不要用文本或小数。");

    public static FieldError Whole(string field, long least, long most) => new(
        field, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"), "Send an integer in this range.",
        string.Create(CultureInfo.InvariantCulture, $"{least} 至 {most} 的整数"), "请提供此范围内的整数。");

    public static FieldError Id(string field) => new(
        field, "1 to 64 visible ASCII characters", "Send an id such as ord-20260701-0001.", "1 至 64 个可见 ASCII 字符", "例如 ord-20260701-0001。");

    public static FieldError Text(string field, int most) => new(
        field, string.Create(CultureInfo.InvariantCulture, $"a text of 1 to {most} characters without control characters"), "Send a text.",
        string.Create(CultureInfo.InvariantCulture, $"1 至 {most} 个字符的文本，不含控制字符"), "请提供文本。");

    public static FieldError Date(string field) => new(
        field, "a date YYYY-MM-DD", "Send a date such as \"2026-07-01\".", "日期，格式 YYYY-MM-DD", "例如 \"2026-07-01\"。");

    public static FieldError DateBetween(string field, DateOnly least, DateOnly most) => new(
        field, string.Create(CultureInfo.InvariantCulture, $"a date from {least:yyyy-MM-dd} to {most:yyyy-MM-dd}"),
            "Send a date in this range.",
        string.Create(CultureInfo.InvariantCulture, $"{least:yyyy-MM-dd} 至 {most:yyyy-MM-dd} 之间的日期"), "请提供此范围内的日期。");

    public static FieldError YesNo(string field) => new(field, "true or false", "Send true or false.", "true 或 false", "请提供 true 或 false。");

    public static FieldError Object(string field) => new(field, "a JSON object", "Send { ... }.", "JSON 对象", "请提供 { ... }。");

    public static FieldError Array(string field, int least, int most) => new(
        field, string.Create(CultureInfo.InvariantCulture, $"an array of {least} to {most} elements"), "Send [ ... ].",
        string.Create(CultureInfo.InvariantCulture, $"{least} 至 {most} 个元素的数组"), "请提供 [ ... ]。");

    public static FieldError Word(string field, IEnumerable<string> words)
    {
        var list = string.Join(", ", words);
        return new(field, $"one of: {list}", "Send one of these words.", $"以下之一：{list}", "请使用其中之一。");
    }

    public static FieldError Currency(string field, string currency) => new(
        field, $"the account's currency, {currency}", $"Leave it out, or send {currency}.", $"账户币种 {currency}", $"可省略，或填 {currency}。");

    public static FieldError Customer(string field) => new(
        field, "a positive number in a text of digits", "Send a customer such as \"1000042\".", "数字文本形式的正整数", "例如 \"1000042\"。");

    public static FieldError Json(string why, string whyZh) => new(
        "$", $"JSON: {why}", "Send one JSON object.", $"JSON 格式：{whyZh}", "请提供一个 JSON 对象。");

    public static FieldError Key() => new(
        "Idempotency-Key", "a header of 1 to 100 visible ASCII characters",
            "Send a fresh key per command, and the same one when you repeat it.",
        "请求头，1 至 100 个可见 ASCII 字符", "每个命令用新的键；重复发送时用同一个键。");

    public static FieldError Cursor() => new(
        "cursor", "a cursor that this list gave out", "Send \"next\" of the page before, or nothing.", "本列表返回的游标", "请使用上一页的 next，或不填。");

    public static FieldError Once(string field) => new(field, "given once", "Send it once.", "只能出现一次", "请只提供一次。");

    public static FieldError Address(string field, string why) => new(
        field, why, "Send an address such as https://example.com/mingzhang.", "可公开访问的 https 地址", "例如 https://example.com/mingzhang。");

    /// <summary>A rule that the books found broken.</summary>
    public static FieldError OfDomain(InvalidCommand invalid)
    {
        var (rule, fix) = FaultWords.Of(invalid);
        return new FieldError(invalid.Field, invalid.Rule, invalid.Fix, rule.Zh, fix.Zh + "。");
    }
}
