using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Mingzhang.Web.Tests.Api.Fuzz;

/// <summary>
/// T14: every operation of the OpenAPI document, fields at their edges and sequences that make sense: no failure of ours, answers of their
/// schema, problems that tell nothing of machinery or people, and sound books afterwards. <c>MZ_FUZZ_CALLS=100000</c> makes more calls,
/// <c>MZ_FUZZ_SEED</c> others.
/// </summary>
public sealed class ApiFuzzTests
{
    private static int Calls => Number("MZ_FUZZ_CALLS", 4_000);

    private static int Seed => Number("MZ_FUZZ_SEED", 20261122);

    [Fact]
    public async Task No_call_fails_and_the_books_stay_sound()
    {
        await using var host = new ApiHost();
        await host.InitializeAsync();
        var fuzzer = await FuzzerAsync(host);
        await fuzzer.SequencesAsync(Calls / 2);
        await fuzzer.EdgesAsync(Calls / 2);
        TestContext.Current.TestOutputHelper?.WriteLine($"{fuzzer.Calls} calls, seed {Seed}: {string.Join(' ', fuzzer.Statuses)}");
        Assert.True(fuzzer.Faults.Count == 0, $"seed {Seed}, {fuzzer.Faults.Count} faults in {fuzzer.Calls} calls:\n"
            + string.Join('\n', fuzzer.Faults.Take(20)));
        Assert.True(fuzzer.Statuses.GetValueOrDefault(200) + fuzzer.Statuses.GetValueOrDefault(201) > Calls / 20, "nearly all was refused");
        await host.House.SettleAsync();
        await host.House.CatchUpFollowersAsync();
        using var run = host.House.Watch();
        while (!run.Step(64))
        {
        }

        Assert.True(run.Report.IsSound, string.Join('\n', run.Report.Violations.Take(20)));
    }

    [Fact]
    public async Task A_planted_fault_is_found()
    {
        await using var host = new PlantedHost();
        await host.InitializeAsync();
        foreach (var (planted, told) in ((string, string)[])
            [
                ("throws", "is a failure of ours"), ("leaks", "tells    at "),
                ("plain", "is text/plain"), ("shape", "is not of its schema"),
            ])
        {
            var fuzzer = await FuzzerAsync(host);
            host.Planted.Value = planted;
            await fuzzer.EdgesAsync(fuzzer.Operations.Count);
            host.Planted.Value = "";
            Assert.Contains(fuzzer.Faults, fault => fault.Contains(told, StringComparison.Ordinal));
        }
    }

    private static async Task<ApiFuzzer> FuzzerAsync(ApiHost host) =>
        new(host, (await host.GetAsync("/openapi/v1.json", key: null)).Json, Seed);

    private static int Number(string name, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var asked) ? asked : usual;

    /// <summary>A host with one endpoint that does wrong for some requests.</summary>
    private sealed class PlantedHost : ApiHost
    {
        public StrongBox<string> Planted { get; } = new("");

        protected override void Configure(IWebHostBuilder builder) =>
            builder.ConfigureServices(services => services.AddTransient<IStartupFilter>(_ => new Plant(Planted)));
    }

    private sealed class Plant(StrongBox<string> which) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (context, rest) =>
            {
                var planted = which.Value ?? "";
                if (planted.Length == 0 || context.Request.Path != "/v1/ledger/trial-balance")
                {
                    await rest(context);
                    return;
                }

                context.Response.StatusCode = planted == "throws" ? 500 : planted == "shape" ? 200 : 400;
                context.Response.ContentType = planted switch
                {
                    "plain" => "text/plain", "shape" => "application/json", _ => "application/problem+json",
                };
                await context.Response.WriteAsync(planted == "shape" ? """{"lines":3}""" : """{"detail":"   at Mingzhang.Web.Api"}""");
            });
            next(app);
        };
    }
}
