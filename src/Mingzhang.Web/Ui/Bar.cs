using Mingzhang.Domain.Values;

namespace Mingzhang.Web.Ui;

/// <summary>Sizes of drawn bars, in whole units of the picture; no figure of an account.</summary>
public static class Bar
{
    /// <summary>Height of a bar beside the largest.</summary>
    public static long Height(Money amount, IReadOnlyList<(string Label, Money Amount)> all, long most)
    {
        var largest = all.Max(item => item.Amount.MinorUnits);
        return largest <= 0 || amount.MinorUnits <= 0 ? 0 : Math.Max(2, amount.MinorUnits * most / largest);
    }

    /// <summary>The middle of a column in a picture 320 wide.</summary>
    public static int Middle(int index, int count) => ((2 * index) + 1) * 160 / count;

    /// <summary>A part of a whole as 0 to <paramref name="most"/>.</summary>
    public static long Share(Money part, Money whole, long most) =>
        whole.MinorUnits <= 0 ? 0 : Math.Clamp(part.MinorUnits * most / whole.MinorUnits, 0, most);
}
