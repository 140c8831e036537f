using System.Text.Json;
using Mingzhang.Web.Api;
using Mingzhang.Web.Api.Fields;

namespace Mingzhang.Web.Tests.Api;

/// <summary>One method reads a request and describes it, and a request pays for reading alone.</summary>
public sealed class FieldReaderTests
{
    [Fact]
    public void A_request_is_read_once_and_describes_nothing()
    {
        using var body = JsonDocument.Parse("""{"items":[{"id":"a"},{"id":"b"}]}""");
        var (errors, calls) = (new List<FieldError>(), 0);
        var reader = new FieldReader(body.RootElement, errors);
        var items = reader.List("items", "Things.", 1, 5, one => Item(one, ref calls));
        reader.Close();
        Assert.Equal(["a", "b"], items);
        Assert.Empty(errors);
        Assert.Equal(2, calls);
        Assert.Empty(reader.Asked);
    }

    [Fact]
    public void A_description_knows_every_field_and_breaks_no_rule()
    {
        var (errors, calls) = (new List<FieldError>(), 0);
        var reader = new FieldReader(null, errors);
        _ = reader.List("items", "Things.", 1, 5, one => Item(one, ref calls));
        reader.Close();
        var items = Assert.Single(reader.Asked);
        Assert.Equal(("items", "array", true, 1, 5), (items.Name, items.Type, items.Required, items.Least, items.Most));
        Assert.Equal("id", Assert.Single(items.Children).Name);
        Assert.Empty(errors);
    }

    [Fact]
    public void The_web_host_collects_as_it_was_measured()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "Mingzhang.Web.runtimeconfig.json");
        using var settings = JsonDocument.Parse(File.ReadAllBytes(file));
        var set = settings.RootElement.GetProperty("runtimeOptions").GetProperty("configProperties");
        Assert.True(set.GetProperty("System.GC.Server").GetBoolean());
        Assert.Equal(0, set.GetProperty("System.GC.DynamicAdaptationMode").GetInt32());
        Assert.Equal(64 << 20, set.GetProperty("System.GC.Gen0MaxBudget").GetInt32());
    }

    private static string Item(FieldReader one, ref int calls)
    {
        calls++;
        return one.Id("id", "Which.");
    }
}
