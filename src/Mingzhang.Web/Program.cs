using Mingzhang.Web.Api;
using Mingzhang.Web.Hosting;

var builder = WebApplication.CreateBuilder(args);
var settings = WebSettings.From(builder.Configuration, builder.Environment.ContentRootPath);
builder.AddMingzhang(settings);
builder.Services.AddMingzhangApi();
var app = builder.Build();
app.UseMingzhang();
app.MapMingzhangApi();
await app.OpenHouseAsync();
await app.RunAsync();

/// <summary>The host; named for the test factory.</summary>
public partial class Program;
