using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Values;
using Mingzhang.Engine.Encoding;

namespace Mingzhang.Engine.Tests.Encoding;

/// <summary>
/// Events are public API: each version has a file that shows all its fields. Change one only by adding; MZ_UPDATE=1 writes new
/// ones.
/// </summary>
public sealed class EventGoldenTests
{
    private static readonly string Folder = Path.Combine(Root(), "tests", "Cases", "events");

    public static TheoryData<string> Events => [.. Samples.CasesOf(typeof(AccountEvent)).Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Events))]
    public void The_written_form_of_an_event_stays(string name)
    {
        var happened = (AccountEvent)Samples.Of(Samples.CasesOf(typeof(AccountEvent)).Single(type => type.Name == name));
        var written = DomainJson.Write((ValueList<AccountEvent>)[happened]);
        Assert.Equal(happened, DomainJson.ReadEvents(written)[0]);
        var file = Path.Combine(Folder, $"{name}.json");
        var text = System.Text.Encoding.UTF8.GetString(written) + "\n";
        if (Environment.GetEnvironmentVariable("MZ_UPDATE") == "1")
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllText(file, text);
        }

        Assert.True(File.Exists(file), $"{file} is missing; MZ_UPDATE=1 writes it.");
        Assert.Equal(File.ReadAllText(file), text);
    }

    [Fact]
    public void No_file_is_left_of_an_event_that_does_not_exist() => Assert.Equal(
        Samples.CasesOf(typeof(AccountEvent)).Select(type => type.Name),
        Directory.GetFiles(Folder, "*.json").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Mingzhang.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The repository's root was not found above the tests.");
    }
}
