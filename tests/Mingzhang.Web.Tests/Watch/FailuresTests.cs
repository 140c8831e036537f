using System.Text.Json;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Mingzhang.Engine;
using Mingzhang.Store;
using Mingzhang.Web.Hosting;

namespace Mingzhang.Web.Tests.Watch;

/// <summary>What a caller of the API is told when something went wrong: whether to send it again, and nothing of the inside.</summary>
public sealed class FailuresTests
{
    public static TheoryData<Exception, int> Told => new()
    {
        { new StoreAwayException("the server at 10.0.0.7 is gone"), 503 },
        { new HouseStoppedException("it stopped"), 503 },
        { new AntiforgeryValidationException("no token"), 422 },
        { new InvalidDataException("a null character"), 422 },
        { new BadHttpRequestException("too large", 413), 413 },
        { new StoreException("a row is damaged"), 500 },
        { new InvalidOperationException("secret detail"), 500 },
    };

    [Theory]
    [MemberData(nameof(Told))]
    public async Task Each_failure_has_its_status_and_keeps_its_words_to_itself(Exception cause, int status)
    {
        using var body = new MemoryStream();
        await using var services = new ServiceCollection().AddLogging().AddProblemDetails().BuildServiceProvider();
        var context = new DefaultHttpContext { RequestServices = services };
        (context.Request.Path, context.Response.Body) = ("/v1/accounts", body);
        context.Features.Set<IExceptionHandlerFeature>(new ExceptionHandlerFeature { Error = cause });

        await Failures.AnswerAsync(context);

        using var problem = JsonDocument.Parse(body.ToArray());
        Assert.Equal((status, status), (context.Response.StatusCode, problem.RootElement.GetProperty("status").GetInt32()));
        Assert.StartsWith("application/problem+json", context.Response.ContentType, StringComparison.Ordinal);
        Assert.DoesNotContain(cause.Message, problem.RootElement.GetRawText(), StringComparison.Ordinal);
    }
}
