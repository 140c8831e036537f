using System.Globalization;
using System.Text.Json;
using Mingzhang.Domain.AnnualCost;

namespace Mingzhang.Cli.Parity.Families;

/// <summary>What several families read and compare alike.</summary>
internal static class CaseList
{
    /// <summary>The cases of a file that is a list, or an object with a list called <c>cases</c>.</summary>
    public static IReadOnlyList<ParityNode> Of(ParityNode root) =>
        root.Kind == JsonValueKind.Object ? root.Get("cases").Items() : root.Items();

    /// <summary>The items of every list of an object in which one has a field; then all of them must.</summary>
    public static IReadOnlyList<ParityNode> AllLists(ParityNode root, string field) => root.Kind == JsonValueKind.Array
        ? root.Items()
        :
        [
            .. root.Fields().Where(one => one.Value.Kind == JsonValueKind.Array).Select(one => one.Value.Items())
                .Where(items => items.Any(item => item.Kind == JsonValueKind.Object && item.Find(field) is not null))
                .SelectMany(items => items),
        ];

    /// <summary>[day, amount].</summary>
    public static (DateOnly On, double Amount) DayAndAmount(ParityNode pair) =>
        pair.Items() is [var day, var amount] ? (day.Day(), amount.Number()) : throw NoPair(pair);

    /// <summary>[first, second], both numbers.</summary>
    public static (double First, double Second) TwoNumbers(ParityNode pair) =>
        pair.Items() is [var first, var second] ? (first.Number(), second.Number()) : throw NoPair(pair);

    /// <summary>[day, amount] in millionths: a rate is free of the unit.</summary>
    public static DatedFlow Flow(ParityNode pair) =>
        pair.Items() is [var day, var amount] ? new DatedFlow(day.Day(), amount.Minor(6)) : throw NoPair(pair);

    /// <summary>A number, or null.</summary>
    public static double? NumberOrNull(ParityNode node) => node.Kind == JsonValueKind.Null ? null : node.Number();

    /// <summary>A figure near a number, or no figure where none is expected.</summary>
    public static ParityOutcome Compare(string what, double? expected, Figure actual, double tolerance)
    {
        if (expected is { } number && actual.IsFound)
        {
            return new Comparison().Near(what, number, actual.Value, tolerance).Outcome;
        }

        return expected is null && !actual.IsFound
            ? new CaseEqual()
            : new CaseDiffers($"{what} {expected?.ToString(CultureInfo.InvariantCulture) ?? "none"}", $"{what} {Shown(actual)}");
    }

    private static string Shown(Figure figure) =>
        figure.IsFound ? figure.Value.ToString(CultureInfo.InvariantCulture) : $"none: {figure.Kind}";

    private static ProblemException NoPair(ParityNode pair) => pair.Bad(
        ("is not a pair", "Write two values in a list."), ("应为两个值的列表", "请改正，或指定该类别的案例文件。"));
}
