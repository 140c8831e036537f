using System.Xml.Linq;

namespace Mingzhang.Tidy.Checks;

/// <summary>References point one way: Web and Cli, Services, Engine, Store, Domain. The Domain knows only the base library.</summary>
public static class Projects
{
    private static readonly Dictionary<string, string[]> MayKnow = new(StringComparer.Ordinal)
    {
        ["Mingzhang.Domain"] = [],
        ["Mingzhang.Store"] = ["Mingzhang.Domain"],
        ["Mingzhang.Engine"] = ["Mingzhang.Store", "Mingzhang.Domain"],
        // What lender and bank say to each other; the sandbox's bank knows nothing else.
        ["Mingzhang.Channel"] = [],
        ["Mingzhang.SandboxBank"] = ["Mingzhang.Channel"],
        // How papers are made and signed; knows nothing of accounts.
        ["Mingzhang.Papers"] = [],
        ["Mingzhang.Services"] = ["Mingzhang.Channel", "Mingzhang.Papers", "Mingzhang.Engine", "Mingzhang.Store", "Mingzhang.Domain"],
        // Beside it in its folder, to be started as a process.
        ["Mingzhang.Web"] = ["Mingzhang.SandboxBank", "Mingzhang.Services", "Mingzhang.Engine", "Mingzhang.Store", "Mingzhang.Domain"],
        ["Mingzhang.Cli"] = ["Mingzhang.Papers", "Mingzhang.Services", "Mingzhang.Engine", "Mingzhang.Store", "Mingzhang.Domain"],
    };

    public static IEnumerable<Violation> Direction(RepoFile project)
    {
        string name = project.Name.Replace(".csproj", "", StringComparison.Ordinal);
        if (!MayKnow.TryGetValue(name, out string[]? allowed))
        {
            yield return new(project.Path, 0, "a new project in src; say here what it may know.");
            yield break;
        }

        XDocument xml = XDocument.Parse(project.Text);
        foreach (string reference in Includes(xml, "ProjectReference"))
        {
            string target = Path.GetFileNameWithoutExtension(reference.Replace('\\', '/'));
            if (!allowed.Contains(target))
            {
                yield return new(project.Path, 0, $"{name} may not know {target}.");
            }
        }

        string[] foreign = [.. Includes(xml, "PackageReference"), .. Includes(xml, "FrameworkReference"), .. Includes(xml, "Reference")];
        if (name == "Mingzhang.Domain" && foreign.Length > 0)
        {
            yield return new(project.Path, 0, $"the Domain refers to {foreign[0]}; it has no packages.");
        }
    }

    public static IEnumerable<Violation> DomainAssembly(IEnumerable<string> referenced) =>
        referenced.Where(r => !r.StartsWith("System.", StringComparison.Ordinal) && r is not ("netstandard" or "mscorlib"))
            .Select(r => new Violation("Mingzhang.Domain", 0, $"the compiled Domain refers to {r}."));

    /// <summary>Every project is in the solution, locks its packages, and leaves their versions to the central file.</summary>
    public static IEnumerable<Violation> Housekeeping(RepoFile project, string solution, Func<string, bool> exists)
    {
        if (!solution.Contains($"\"{project.Path}\"", StringComparison.Ordinal))
        {
            yield return new(project.Path, 0, "is not in Mingzhang.slnx.");
        }

        if (!exists(project.Folder + "/packages.lock.json"))
        {
            yield return new(project.Path, 0, "has no packages.lock.json beside it.");
        }

        XDocument xml = XDocument.Parse(project.Text);
        foreach (XElement reference in xml.Descendants("PackageReference").Where(r => r.Attribute("Version") is not null))
        {
            yield return new(project.Path, 0, $"{reference.Attribute("Include")?.Value}: versions stand in Directory.Packages.props.");
        }
    }

    private static IEnumerable<string> Includes(XDocument xml, string element) =>
        xml.Descendants(element).Select(e => e.Attribute("Include")?.Value).OfType<string>();
}
