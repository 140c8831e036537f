using System.Text.Json.Nodes;
using Dapper;
using Mingzhang.Domain.Versions;
using Mingzhang.Engine.Versions;
using Mingzhang.Store;

namespace Mingzhang.Engine.Tests.Versions;

/// <summary>A published version is data: stored with its hash, in the book at once and after every start.</summary>
public sealed class PublishTests : IDisposable
{
    private readonly HouseFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task A_published_version_is_there_at_once_and_after_a_crash()
    {
        var json = File(2, "2026-05-01");
        using (var house = _fixture.Open())
        {
            Assert.Null(await house.PublishAsync(json, 7));
            Assert.Equal(2, house.Terms.InForce("pay-later", new DateOnly(2026, 5, 1))!.Version);
            Assert.Equal(1, house.Terms.InForce("pay-later", new DateOnly(2026, 4, 30))!.Version);
            Assert.Null(await house.PublishAsync(json, 7));
            _fixture.Crash();
        }

        using (var house = _fixture.Open())
        {
            var published = Assert.Single(house.PublishedVersions);
            Assert.Equal((PublishedVersion.HashOf(json), 7), (published.Hash, published.Proposal));
            Assert.NotNull(house.Terms.Find("pay-later", 2));
            Assert.True((await house.VerifyAsync()).IsSound);
        }
    }

    [Fact]
    public async Task A_number_is_used_once_and_a_date_lies_ahead_and_after_the_one_before()
    {
        using var house = _fixture.Open();
        Assert.Equal(new VersionExists("pay-later", 1), await house.PublishAsync(File(1, "2026-05-01"), 1));
        Assert.Equal(new VersionTooEarly(Sample.Start.AddDays(1)), await house.PublishAsync(File(2, "2026-01-05"), 1));
        Assert.Null(await house.PublishAsync(File(2, "2026-05-01"), 1));
        Assert.Equal(new VersionTooEarly(new DateOnly(2026, 5, 2)), await house.PublishAsync(File(3, "2026-05-01"), 2));
        Assert.Equal(new VersionExists("pay-later", 2), await house.PublishAsync(File(2, "2026-06-01"), 2));
        var dear = Assert.IsType<InvalidCommand>(await house.PublishAsync(File(3, "2026-06-01", dailyPpm: 5_000), 2));
        Assert.Equal("terms.revolving.dailyPpm", dear.Field);
        Assert.IsType<InvalidCommand>(await house.PublishAsync("{", 2));
        Assert.Single(house.PublishedVersions);
    }

    [Fact]
    public async Task A_version_changed_in_the_file_of_the_database_stops_the_start()
    {
        using (var house = _fixture.Open())
        {
            await house.PublishAsync(File(2, "2026-05-01"), 7);
            await house.WriteAsync((connection, transaction) => connection.Execute(
                "UPDATE product_version SET json = replace(json, '500', '400')", null, transaction));
        }

        Assert.Contains("hash does not fit", Assert.Throws<StoreException>(() => _fixture.Open()).Message, StringComparison.Ordinal);
    }

    internal static string File(int version, string from, long? dailyPpm = null)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!System.IO.File.Exists(Path.Combine(folder!.FullName, "Mingzhang.slnx")))
        {
            folder = folder.Parent;
        }

        var json = JsonNode.Parse(System.IO.File.ReadAllText(Path.Combine(folder.FullName, "products", "pay-later.v2.json")))!;
        (json["version"], json["effectiveFrom"]) = (version, from);
        if (dailyPpm is { } ppm)
        {
            json["revolving"]!["dailyPpm"] = ppm;
        }

        return json.ToJsonString();
    }
}
