using Mingzhang.Cli.Parity.Families;
using Mingzhang.Cli.Parity.Families.Loans;

namespace Mingzhang.Cli.Parity;

/// <summary>The families by name.</summary>
public static class ParityFamilies
{
    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<IParityFamily> All { get; } =
    [
        new Xirr(), new RegZ(), new AprEuUk(), new Periodic(), new FlatFee(),
        new Workdays(), new Ids(), new Cards(),
        new Schedules(), new Actus(), new RepaymentMethods(),
    ];

    /// <summary>A family by its name; throws <see cref="ProblemException"/> with all names when there is none.</summary>
    public static IParityFamily Find(string name)
    {
        var names = string.Join(", ", All.Select(family => family.Name));
        return All.FirstOrDefault(family => family.Name == name) ?? throw new ProblemException(ExitCode.Usage, Problem.Of(
            "FAMILY", $"there is no family '{name}'", $"Name one of {names}.", $"没有名为“{name}”的案例类别", $"请从 {names} 中选择。"));
    }
}
