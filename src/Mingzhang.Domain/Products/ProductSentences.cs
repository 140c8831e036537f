using System.Globalization;

namespace Mingzhang.Domain.Products;

/// <summary>What a field must be, in both languages.</summary>
internal readonly record struct Expected(string What, string WhatZh);

/// <summary>The sentences about the shape of a product file.</summary>
internal static class ProductSentences
{
    public static Expected Object { get; } = new("an object {…}", "对象 {…}");

    public static Expected Flag { get; } = new("true or false", "true 或 false");

    public static Expected DaysInYear { get; } = new("360 or 365", "360 或 365");

    public static Expected Text { get; } = new(
        "a text of 1 to 200 characters without line breaks, not blank", "1 到 200 个字符的文字，不能空白，不能换行");

    public static Expected Code { get; } = new(
        "a code of lower-case letters, digits, hyphens and dots, beginning with a letter, such as pay-later",
        "由小写字母、数字、连字符和点组成、以字母开头的代码，例如 pay-later");

    public static Expected Currency { get; } = new("a currency of three capital letters such as CNY", "三个大写字母的币种，例如 CNY");

    public static Expected Date { get; } = new("a day written 2026-11-22", "形如 2026-11-22 的日期");

    public static Expected DateOrNull { get; } = new("a day written 2026-11-22, or null for open", "形如 2026-11-22 的日期，或 null 表示未定");

    public static Expected Whole(long min, long max) => new(
        string.Create(CultureInfo.InvariantCulture, $"a whole number from {min} to {max}, without a fraction"),
        string.Create(CultureInfo.InvariantCulture, $"{min} 到 {max} 的整数，不带小数"));

    public static Expected List(int min) => new(
        string.Create(CultureInfo.InvariantCulture, $"a list […] with at least {min} element(s)"),
        string.Create(CultureInfo.InvariantCulture, $"列表 […]，至少 {min} 项"));

    public static Expected OneOf(IEnumerable<string> words)
    {
        var all = string.Join(", ", words);
        return new("one of: " + all, "以下之一：" + all);
    }

    public static BrokenRule Kind(Expected expected) =>
        new("must be " + expected.What, "Write it like this.", "必须是" + expected.WhatZh, "请按此填写。");

    public static BrokenRule Missing(Expected expected) =>
        new("is missing; it must be " + expected.What, "Add the field.", "缺少该字段；必须是" + expected.WhatZh, "请补上该字段。");

    public static BrokenRule Unknown(IEnumerable<string> known)
    {
        var all = string.Join(", ", known);
        return new("is no field of this object", $"Remove it, or use one of: {all}.", "此处没有这个字段", $"请删除，或使用以下字段之一：{all}。");
    }

    public static BrokenRule NotJson(string where) => new(
        "the file is not valid JSON: " + where, "Correct it at that place; every field occurs once, no comments.",
        "文件不是有效的 JSON：" + where, "请改正该处；每个字段只出现一次，不能有注释。");

    public static BrokenRule NotText { get; } = new(
        "the file holds text that is not valid Unicode", @"Save it as UTF-8 and remove half surrogates such as \ud800.",
        "文件含有无效的 Unicode 文字", @"请以 UTF-8 保存，并去掉 \ud800 这类半个字符。");
}
