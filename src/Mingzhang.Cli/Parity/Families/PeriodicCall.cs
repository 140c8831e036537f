using System.Globalization;
using System.Text.Json;
using Mingzhang.Domain.AnnualCost;

namespace Mingzhang.Cli.Parity.Families;

/// <summary>A number, or a spreadsheet's error.</summary>
internal sealed record PeriodicAnswer(double? Number, string? Error);

/// <summary>Calls a function by its spreadsheet name: a text that is no number is <c>#VALUE!</c>, a figure that is none is
/// <c>#NUM!</c>, an empty argument is its default.</summary>
internal static class PeriodicCall
{
    private static readonly Dictionary<string, Func<Arguments, Figure>> Functions = new(StringComparer.Ordinal)
    {
        ["FV"] = a => LevelPayments.FutureValue(a[0], a[1], a[2], a[3], a.Flag(4)),
        ["PV"] = a => LevelPayments.PresentValue(a[0], a[1], a[2], a[3], a.Flag(4)),
        ["PMT"] = a => LevelPayments.Payment(a[0], a[1], a[2], a[3], a.Flag(4)),
        ["IPMT"] = a => LevelPayments.Interest(a[0], a[1], a[2], a[3], a[4], a.Flag(5)),
        ["PPMT"] = a => LevelPayments.Principal(a[0], a[1], a[2], a[3], a[4], a.Flag(5)),
        ["NPER"] = a => LevelPayments.Periods(a[0], a[1], a[2], a[3], a.Flag(4)),
        ["RATE"] = a => LevelPaymentRate.Of(a[0], a[1], a[2], a[3], a.Flag(4), a.Or(5, 0.1)),
        ["CUMIPMT"] = a => a.IsFlag(5) ? LevelPaymentTotals.Interest(a[0], a[1], a[2], a[3], a[4], a.Flag(5)) : default,
        ["CUMPRINC"] = a => a.IsFlag(5) ? LevelPaymentTotals.Principal(a[0], a[1], a[2], a[3], a[4], a.Flag(5)) : default,
        ["ISPMT"] = a => Yields.InterestOfEqualPrincipal(a[0], a[1], a[2], a[3]),
        ["EFFECT"] = a => Yields.Effective(a[0], a[1]),
        ["NOMINAL"] = a => Yields.Nominal(a[0], a[1]),
        ["PDURATION"] = a => Yields.GrowthPeriods(a[0], a[1], a[2]),
        ["RRI"] = a => Yields.GrowthRate(a[0], a[1], a[2]),
        ["NPV"] = a => Yields.PresentValue(a[0], a.Flows(1)),
        ["NPV0"] = a => Yields.PresentValue(a[0], a.Flows(1), 0),
        ["IRR"] = a => InternalRate.OfPeriods(a.Flows(0, 1), a.Or(1, 0.1)),
        ["MIRR"] = a => Yields.ModifiedInternalRate(a.Flows(0, 1), a[1], a[2]),
    };

    /// <summary>The answer; a name that the product has no function for is <c>#NAME?</c>.</summary>
    public static PeriodicAnswer Of(string function, IReadOnlyList<ParityNode> nodes)
    {
        if (!Functions.TryGetValue(function, out var call))
        {
            return new PeriodicAnswer(null, "#NAME?");
        }

        var arguments = new Arguments(nodes);
        var figure = call(arguments);
        return arguments.HasText ? new PeriodicAnswer(null, "#VALUE!")
            : figure.IsFound ? new PeriodicAnswer(figure.Value, null)
            : new PeriodicAnswer(null, "#NUM!");
    }

    /// <summary>Arguments as numbers; remembers whether one of those asked for was a text.</summary>
    private sealed class Arguments(IReadOnlyList<ParityNode> nodes)
    {
        public bool HasText { get; private set; }

        public double this[int i] => Or(i, 0);

        public double Or(int i, double missing) => i < nodes.Count && nodes[i].Kind != JsonValueKind.Null ? Number(nodes[i]) : missing;

        public bool Flag(int i) => Or(i, 0) != 0;

        public bool IsFlag(int i) => Or(i, 0) is 0 or 1;

        /// <summary>The numbers of the arguments from one on, lists opened, empty places left out.</summary>
        public double[] Flows(int from, int count = int.MaxValue) =>
        [
            .. nodes.Skip(from).Take(count).SelectMany(node => node.Kind == JsonValueKind.Array ? node.Items() : [node])
                .Where(node => node.Kind != JsonValueKind.Null).Select(Number),
        ];

        private double Number(ParityNode node)
        {
            switch (node.Kind)
            {
                case JsonValueKind.True or JsonValueKind.False:
                    return node.Flag() ? 1 : 0;
                case JsonValueKind.String when double.TryParse(node.Text(), CultureInfo.InvariantCulture, out var number):
                    return number;
                case JsonValueKind.Number:
                    return node.Number();
                default:
                    HasText = true;
                    return 0;
            }
        }
    }
}
