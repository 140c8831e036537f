using Mingzhang.Engine;
using Mingzhang.Web.Api;
using Mingzhang.Web.Hosting;

var builder = WebApplication.CreateBuilder(args);
try
{
    var settings = WebSettings.From(builder.Configuration, builder.Environment.ContentRootPath);
    builder.AddMingzhang(settings);
    builder.Services.AddMingzhangApi();
    var app = builder.Build();
    app.UseMingzhang();
    app.MapMingzhangApi();
    await app.OpenHouseAsync();
    var house = app.Services.GetRequiredService<CreditHouse>();
    await app.RunAsync();
    return house.Fault is null ? 0 : StartProblem.House;
}
catch (Exception cause) when (StartProblem.Of(cause, builder.Configuration) is { } problem)
{
    await Console.Error.WriteLineAsync(problem.ToString());
    return problem.ExitCode;
}

/// <summary>The host; named for the test factory.</summary>
public partial class Program;
