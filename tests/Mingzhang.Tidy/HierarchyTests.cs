using System.Reflection;
using Mingzhang.Tidy.Checks;

namespace Mingzhang.Tidy;

public sealed class HierarchyTests
{
    private static readonly Assembly Domain = Assembly.Load("Mingzhang.Domain");
    private static readonly RepoFile[] Sources = [.. Repo.CSharpUnder("src/Mingzhang.Domain")];

    [Fact]
    public void Cases_of_closed_hierarchies_are_sealed() =>
        Tidy.None(Hierarchies.OpenCases(Domain.GetTypes(), [.. Hierarchies.ClosedNames(Sources)]));

    [Fact]
    public void No_switch_over_events_or_commands_swallows_the_unknown()
    {
        HashSet<string> cases = Hierarchies.CaseNames(Sources, Hierarchies.WithoutCatchAll);
        Tidy.None(Sources.SelectMany(f => Hierarchies.CatchAllArms(f, cases)));
    }

    [Theory]
    [InlineData("AccountEvent")]
    [InlineData("AccountCommand")]
    [InlineData("Refusal")]
    public void Every_case_is_named_by_a_test(string baseName)
    {
        string[] cases = [.. Hierarchies.CasesOf(Domain, Base(baseName)).Select(t => t.Name)];
        Tidy.None(Hierarchies.Unmentioned(cases, Repo.Files.Where(IsExample).Select(f => f.Text)));
    }

    [Fact]
    public void A_refusals_number_is_its_own() =>
        Tidy.None(Hierarchies.SharedCodes(Hierarchies.CasesOf(Domain, Base("Refusal"))
            .Select(t => (t.Name, Hierarchies.CodeOf(t).Number, Hierarchies.CodeOf(t).Name))));

    [Fact]
    public void An_open_case_is_caught()
    {
        string[] closed = [.. Hierarchies.ClosedNames([new("a.cs", "public /*closed*/ abstract record Shape { }")])];
        Assert.Equal(["Shape"], closed);
        Tidy.Caught(Hierarchies.OpenCases([typeof(OpenShape), typeof(SealedShape)], closed), nameof(OpenShape));
    }

    [Theory]
    [InlineData("class A { int F(object e) => e switch { Paid => 1, _ => 0 }; }", "'_ => 0'")]
    [InlineData("class A { int F(object s, object e) => (s, e) switch { (Open, Paid p) => 1, (_, _) => 0 }; }", "'_ => 0'")]
    [InlineData("class A { int F(object e) => e switch { Late { Days: > 3 } => 1, var other => 0 }; }", "'_ => 0'")]
    [InlineData("class A { int F(object s) => s switch { 1 => 2, _ => state }; }", "'_ => state'")]
    [InlineData("class A { int F(object s) => s switch { Paid => 2,\n// The rest: nothing\n_ => state }; }", "'_ => state'")]
    [InlineData("class A { int F(object s) => s switch { Paid => 2,\n// The rest:\n_ => 0 }; }", "'_ => 0'")]
    [InlineData("class A { int[] F(object s) => s switch { 1 => [2], _ => [] }; }", "'_ => []'")]
    [InlineData("class A { void F(object e) { switch (e) { case Paid p: break; default: break; } } }", "default: throw")]
    [InlineData("class A { void F(object e) { switch (e) { case Paid: break; } } }", "default: throw")]
    public void A_swallowing_arm_is_caught(string code, string named)
    {
        const string Events = """
            abstract record AccountEvent; record Paid : AccountEvent; abstract record Day : AccountEvent; record Late(int Days) : Day;
            """;
        HashSet<string> cases = Hierarchies.CaseNames([new("e.cs", Events)], "AccountEvent");
        Assert.Superset(new HashSet<string> { "Paid", "Late" }, cases);
        Tidy.Caught(Hierarchies.CatchAllArms(new("a.cs", code), cases), named);
    }

    [Fact]
    public void A_catch_all_over_other_values_is_fine()
    {
        const string Code = """
            class A
            {
                int F(object e, int n, K k) => n switch { 1 => e switch { Paid => 1, Late => 2 }, _ => G(k) };
                int G(K k) => k switch { K.Paid => 3, _ => 4 };
                void H(object e) { switch (e) { case Paid: break; default: throw new X(); } }
                bool I(object e) => e switch
                {
                    Paid => true,
                    // The rest: only a payment can be taken back.
                    _ => false,
                };
            }
            """;
        Assert.Empty(Hierarchies.CatchAllArms(new("a.cs", Code), new HashSet<string> { "Paid", "Late" }));
    }

    [Fact]
    public void A_case_without_an_example_is_caught() =>
        Tidy.Caught(Hierarchies.Unmentioned(["Paid", "Late"], ["Given(new Paid(5)); // Latest"]), "Late");

    [Fact]
    public void A_shared_code_is_caught()
    {
        Tidy.Caught(Hierarchies.SharedCodes([("A", 1, "a"), ("B", 1, "b")]), "code 1");
        Tidy.Caught(Hierarchies.SharedCodes([("A", 1, "a"), ("B", 2, "a")]), "name a");
        Assert.Equal((7, "seven"), Hierarchies.CodeOf(typeof(SampleRefusal)));
    }

    private static bool IsExample(RepoFile file) =>
        file.IsUnder("tests") && !file.IsUnder("tests/Mingzhang.Tidy")
        && (file.IsCSharp || file.Path.EndsWith(".case", StringComparison.Ordinal));

    private static Type Base(string name)
    {
        Type? found = Domain.GetTypes().SingleOrDefault(t => t.Name == name && t.IsAbstract);
        Assert.SkipWhen(found is null, $"The Domain has no {name} yet.");
        return found!;
    }

    public abstract record Shape;

    public record OpenShape : Shape;

    public sealed record SealedShape : Shape;

    private readonly record struct SampleCode(int Number, string Name);

    private sealed record SampleRefusal(string Fact)
    {
        public SampleCode Code => new(7, "seven");
    }
}
