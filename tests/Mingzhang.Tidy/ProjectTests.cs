using System.Reflection;
using Mingzhang.Tidy.Checks;

namespace Mingzhang.Tidy;

public sealed class ProjectTests
{
    private static readonly RepoFile[] Projects = [.. Repo.Files.Where(f => f.Path.EndsWith(".csproj", StringComparison.Ordinal))];

    [Fact]
    public void References_point_one_way() => Tidy.None(Projects.Where(f => f.IsUnder("src")).SelectMany(Checks.Projects.Direction));

    [Fact]
    public void The_compiled_domain_knows_only_the_base_library() =>
        Tidy.None(Checks.Projects.DomainAssembly(Assembly.Load("Mingzhang.Domain").GetReferencedAssemblies().Select(n => n.Name!)));

    [Fact]
    public void Every_project_is_built_locked_and_centrally_versioned()
    {
        string solution = Repo.Files.Single(f => f.Path == "Mingzhang.slnx").Text;
        Tidy.None(Projects.SelectMany(p => Checks.Projects.Housekeeping(p, solution, Repo.Exists)));
    }

    [Theory]
    [InlineData("bench/Mingzhang.Bench/Mingzhang.Bench.csproj")]
    [InlineData("src/Mingzhang.Web/Mingzhang.Web.csproj")]
    [InlineData("src/Mingzhang.Cli/Mingzhang.Cli.csproj")]
    public void What_is_measured_is_what_ships(string path)
    {
        var text = Projects.Single(project => project.Path == path).Text;
        Assert.Contains("<ServerGarbageCollection>true</ServerGarbageCollection>", text, StringComparison.Ordinal);
        Assert.Contains("<GarbageCollectionAdaptationMode>0</GarbageCollectionAdaptationMode>", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Mingzhang.Store", "<ProjectReference Include=\"../Mingzhang.Engine/Mingzhang.Engine.csproj\" />", "know Mingzhang.Engine")]
    [InlineData("Mingzhang.Domain", "<PackageReference Include=\"Some.Package\" />", "Some.Package")]
    [InlineData("Mingzhang.Domain", "<FrameworkReference Include=\"Microsoft.AspNetCore.App\" />", "Microsoft.AspNetCore.App")]
    [InlineData("Mingzhang.New", "", "a new project")]
    public void A_wrong_reference_is_caught(string project, string reference, string named) => Tidy.Caught(
        Checks.Projects.Direction(new($"src/{project}/{project}.csproj", $"<Project><ItemGroup>{reference}</ItemGroup></Project>")), named);

    [Fact]
    public void A_foreign_assembly_is_caught() =>
        Tidy.Caught(Checks.Projects.DomainAssembly(["System.Runtime", "System.Collections", "Dapper"]), "Dapper");

    [Fact]
    public void A_project_outside_the_house_rules_is_caught()
    {
        RepoFile plain = new("src/A/A.csproj", "<Project />");
        RepoFile versioned = new("src/A/A.csproj", "<Project><PackageReference Include=\"P\" Version=\"1.0.0\" /></Project>");
        Tidy.Caught(Checks.Projects.Housekeeping(plain, "", _ => true), "slnx");
        Tidy.Caught(Checks.Projects.Housekeeping(plain, "\"src/A/A.csproj\"", _ => false), "packages.lock.json");
        Tidy.Caught(Checks.Projects.Housekeeping(versioned, "\"src/A/A.csproj\"", _ => true), "Directory.Packages.props");
    }
}
