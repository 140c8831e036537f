using System.Globalization;
using System.IO.Compression;
using Mingzhang.Crash.Tool;
using Mingzhang.Crash.Tool.Disks;
using Mingzhang.Engine;
using Mingzhang.Store;

namespace Mingzhang.Crash;

/// <summary>
/// T18 at commit size, on a house that a program of schema 4 left when it was killed, with what its callers had heard. More, with an older
/// build under load: <c>dotnet run -c Release --project tests/Mingzhang.Crash.Tool -- upgrade 40 older/Mingzhang.Crash.Tool.dll</c>.
/// </summary>
public sealed class UpgradeTests : IDisposable
{
    private const string Sound = "CREATE TABLE later_sound (id INTEGER NOT NULL PRIMARY KEY)";
    private const string Broken = "CREATE TABLE later_half (id INTEGER NOT NULL PRIMARY KEY); UPDATE nowhere SET id = 1";
    private const string Harmful = "UPDATE journal SET actor = 'nobody' WHERE partition_id >= 0 AND position = 5";

    private readonly TestFolder _folder = new();
    private readonly Dictionary<string, byte[]> _files;
    private readonly List<(Request Request, string Answer)> _asked;

    public UpgradeTests()
    {
        _files = new() { ["house.db"] = Unpacked("house.core-4.db.gz"), ["house.db-wal"] = Unpacked("house.core-4.db-wal.gz") };
        _asked = [.. Text("house.core-4.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('|'))
            .Select(parts => (Request.Parse(parts[0].Split(' ')), parts[1]))];
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_older_house_is_brought_up_to_date_and_answers_as_it_did() => Assert.Empty(await DifferencesAsync(NewCopy()));

    [Fact]
    public async Task An_upgrade_that_is_broken_off_anywhere_goes_on_at_the_next_start()
    {
        int struck = 0;
        for (int k = 1; struck == k - 1; k++)
        {
            string path = NewCopy();
            int left = k;
            using (WatchedDisk disk = new(Path.GetDirectoryName(path)!))
            {
                disk.Plan = ask => ask.Act is DiskAct.Write or DiskAct.Sync && --left <= 0 ? DiskAnswer.Fails : DiskAnswer.Does;
                try
                {
                    OpenStore(path).Dispose();
                }
                catch (StoreException)
                {
                    struck++;
                }
            }

            Assert.Empty(await DifferencesAsync(path));
        }

        Assert.True(struck >= 4, $"only {struck} places to break off; the run proves nothing");
    }

    [Fact]
    public async Task A_step_that_fails_leaves_the_house_as_it_was()
    {
        string path = NewCopy();
        using (CreditHouse house = House.Open(path))
        {
            await house.SettleAsync();
        }

        StoreException refused = Assert.Throws<StoreException>(() => OpenStore(path, Sound, Broken));
        Assert.Contains("nowhere", refused.Message, StringComparison.Ordinal);
        using (ILedgerStore store = OpenStore(path, Sound))
        {
            Assert.Equal(["later_sound"], Tables(store));
        }

        Assert.Empty(await DifferencesAsync(path));
    }

    [Fact]
    public async Task A_newer_house_is_refused_and_not_touched()
    {
        string path = NewCopy();
        using (ILedgerStore store = OpenStore(path, Sound, Sound.Replace("sound", "next", StringComparison.Ordinal)))
        {
            Assert.Equal(2, Tables(store).Count);
        }

        byte[] before = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        StoreException refused = Assert.Throws<StoreException>(() => OpenStore(path, Sound));
        Assert.Contains("Use the newer program", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_step_that_changes_history_shows()
    {
        string path = NewCopy();
        OpenStore(path, Harmful).Dispose();
        StoreException refused = await Assert.ThrowsAsync<StoreException>(() => DifferencesAsync(path));
        Assert.Contains("breaks the hash chain", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>What this program says otherwise than the one that made the house, and what is not sound.</summary>
    private async Task<List<string>> DifferencesAsync(string path)
    {
        List<string> found = [];
        using CreditHouse house = House.Open(path);
        foreach ((Request request, string answer) in _asked)
        {
            CommandResult result = await house.SubmitAsync(request.Envelope());
            string now = string.Create(
                CultureInfo.InvariantCulture, $"{result.Sequence} {result.IsAccepted} {Server.Print(result.Body.Span)}");
            if (now != answer || !result.Replayed)
            {
                found.Add($"{request.Key} was answered {answer}, now {now}");
            }
        }

        Engine.Verification.VerifyReport verified = await house.VerifyAsync();
        if (!verified.IsSound || verified.TrialBalanceMinor != 0)
        {
            found.Add("verify: " + verified.First);
        }

        return found;
    }

    private static ILedgerStore OpenStore(string path, params string[] later) => LedgerStores.Open(new StoreOptions
    {
        Path = path, Migrations = [.. later.Select((sql, i) => new Migration("later", i + 1, sql))],
    });

    private static List<string> Tables(ILedgerStore store)
    {
        using System.Data.Common.DbConnection connection = store.OpenReadOnly();
        using System.Data.Common.DbCommand command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_schema WHERE name LIKE 'later%' ORDER BY name";
        using System.Data.Common.DbDataReader reader = command.ExecuteReader();
        List<string> names = [];
        while (reader.Read())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    private string NewCopy() => Path.Combine(_folder.New(_files), "house.db");

    private static byte[] Unpacked(string name)
    {
        using GZipStream packed = new(Resource(name), CompressionMode.Decompress);
        using MemoryStream bytes = new();
        packed.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static string Text(string name)
    {
        using StreamReader reader = new(Resource(name));
        return reader.ReadToEnd();
    }

    private static Stream Resource(string name) => typeof(UpgradeTests).Assembly.GetManifestResourceStream(name)
        ?? throw new InvalidOperationException($"{name} is not embedded");
}
