using System.Globalization;
using System.Security.Cryptography;
using Mingzhang.Engine.Encoding;

namespace Mingzhang.Simulation;

/// <summary>T15: one history, one hash, whatever the culture, the zone and the threads.</summary>
/// <remarks>The product runs with invariant globalization, so real cultures are not loaded; here a hostile culture is made by hand as
/// well.</remarks>
public sealed class DeterminismTests
{
    private const int Histories = 16;

    [Fact]
    public void One_hash_whatever_the_culture_the_zone_and_the_threads()
    {
        string expected = Hash(1);
        string? zone = Environment.GetEnvironmentVariable("TZ");
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            foreach (string name in (string[])["zh-CN", "tr-TR", "ar-SA"])
            {
                CultureInfo.CurrentCulture = Culture(name);
                Assert.Equal(expected, Hash(1));
            }

            CultureInfo.CurrentCulture = before;
            foreach (string id in (string[])["Asia/Shanghai", "UTC", "America/St_Johns"])
            {
                Environment.SetEnvironmentVariable("TZ", id);
                TimeZoneInfo.ClearCachedData();
                Assert.Equal(id, TimeZoneInfo.Local.Id);
                Assert.Equal(expected, Hash(2));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
            Environment.SetEnvironmentVariable("TZ", zone);
            TimeZoneInfo.ClearCachedData();
        }
    }

    private static string Hash(int threads)
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        byte[][] parts = new byte[Histories][];
        _ = Parallel.For(0, Histories, new ParallelOptions { MaxDegreeOfParallelism = threads }, n =>
        {
            CultureInfo.CurrentCulture = culture;
            parts[n] = OfHistory(n + 1);
        });
        return Convert.ToHexString(SHA256.HashData([.. parts.SelectMany(p => p)]));
    }

    private static byte[] OfHistory(int seed)
    {
        Script script = Generator.Make(seed);
        CoreAccount core = new();
        foreach (Step step in script.Steps)
        {
            core.PassTo(step.On);
            _ = core.Decide(step.Command, step.On);
        }

        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (HistoryEntry entry in core.History)
        {
            hash.AppendData(DomainJson.Write(entry.Events));
        }

        hash.AppendData(DomainJson.Write(core.State));
        return hash.GetHashAndReset();
    }

    private static CultureInfo Culture(string name)
    {
        CultureInfo culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        try
        {
            culture = (CultureInfo)new CultureInfo(name).Clone();
        }
        catch (CultureNotFoundException)
        {
            // Invariant globalization: the name is not known. The hostile formats below still apply.
        }

        culture.NumberFormat.NegativeSign = "minus ";
        culture.NumberFormat.NumberDecimalSeparator = "٫";
        culture.NumberFormat.NumberGroupSeparator = " ";
        culture.DateTimeFormat.ShortDatePattern = "dd.MM.yy";
        culture.DateTimeFormat.DateSeparator = "·";
        culture.DateTimeFormat.TimeSeparator = "·";
        return culture;
    }
}
