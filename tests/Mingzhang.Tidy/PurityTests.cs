using System.Reflection;
using Mingzhang.Tidy.Checks;

namespace Mingzhang.Tidy;

public sealed class PurityTests
{
    [Fact]
    public void The_domain_reads_no_clock_and_computes_in_whole_numbers() =>
        Tidy.None(Repo.CSharpUnder("src/Mingzhang.Domain").SelectMany(Purity.InSource));

    [Fact]
    public void No_type_of_the_domain_carries_a_fraction_a_clock_or_a_task() =>
        Tidy.None(Purity.InTypes(Assembly.Load("Mingzhang.Domain").GetTypes().Where(t => !IsInFractionFolder(t))));

    [Theory]
    [InlineData("class A { double x; }", "double")]
    [InlineData("class A { int F() { var x = 1.5m; return 0; } }", "1.5m")]
    [InlineData("class A { long F() => System.DateTime.MinValue.Ticks; }", "DateTime")]
    [InlineData("class A { string F() => System.Guid.Empty.ToString(); }", "Guid")]
    [InlineData("class A { int F() => new System.Random(1).Next(); }", "Random")]
    [InlineData("class A { async void F() { } }", "async")]
    [InlineData("class A { System.Threading.Tasks.Task F() => null; }", "Task")]
    [InlineData("class A { static int x; }", "static field")]
    [InlineData("struct A { public static implicit operator long(A a) => 0; }", "implicit conversion")]
    public void A_planted_impurity_is_caught(string code, string named) =>
        Tidy.Caught(Purity.InSource(new("src/Mingzhang.Domain/A.cs", code)), named);

    [Fact]
    public void Comments_strings_and_constants_are_no_impurity()
    {
        const string Code = """
            /// <summary>Not a double, not a DateTime.</summary>
            class A { const string X = "decimal Guid"; static readonly int Y = 1; DateOnly F(DateOnly d) => List.Single(d); /* Random */ }
            """;
        Assert.Empty(Purity.InSource(new("src/Mingzhang.Domain/A.cs", Code)));
    }

    [Fact]
    public void A_planted_type_is_caught_however_deep_it_hides()
    {
        Tidy.Caught(Purity.InTypes([typeof(HidesField)]), "Double");
        Tidy.Caught(Purity.InTypes([typeof(HidesReturn)]), "DateTime");
        Tidy.Caught(Purity.InTypes([typeof(HidesParameter)]), "Decimal");
        Assert.Empty(Purity.InTypes([typeof(Pure)]));
    }

    private static bool IsInFractionFolder(Type type) =>
        Purity.FractionFolders.Any(folder => type.Namespace == "Mingzhang.Domain." + folder.Replace('/', '.'));

    private abstract class HidesField
    {
        public readonly List<double[]> Values = [];
    }

    private abstract class HidesReturn
    {
        public abstract IReadOnlyDictionary<int, DateTime> Dates();
    }

    private abstract class HidesParameter
    {
        public abstract void Take(ref decimal? amount);
    }

    private abstract class Pure
    {
        public abstract long Add(long left, Int128 right, DateOnly on);
    }
}
