using System.Text;
using Dapper;
using Mingzhang.Domain.Accounts;
using Mingzhang.Engine;

namespace Mingzhang.Web.Api.Routes;

/// <summary>Keeps the answers of writes that are no commands: the same key and content always get the first one.</summary>
/// <remarks>These writes are rare and each is harmless twice (a clock that already moved, a second fork); they run one after the
/// other.</remarks>
internal sealed class AnswerShelf(CreditHouse house) : IDisposable
{
    private const string Find =
        "SELECT request_hash AS Hash, status AS Status, body AS Body FROM api_answer WHERE key_id = @caller AND idempotency_key = @key";

    private const string Keep =
        "INSERT INTO api_answer (key_id, idempotency_key, request_hash, status, body) VALUES (@caller, @key, @hash, @status, @body)";

    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>The kept answer, or that of <paramref name="act"/>, which is kept unless it is a failure.</summary>
    public async Task<ApiAnswer> OnceAsync(string caller, string key, string hash, Func<Task<ApiAnswer>> act)
    {
        await _one.WaitAsync();
        try
        {
            using (var connection = house.OpenReadOnly())
            {
                if (connection.QuerySingleOrDefault<Kept>(Find, new { caller, key }) is { } kept)
                {
                    return kept.Hash == hash
                        ? new ApiAnswer((int)kept.Status, Encoding.UTF8.GetBytes(kept.Body), Replayed: true)
                        : Problems.Of(new KeyReusedWithOtherContent(key));
                }
            }

            var answer = await act();
            if (answer.Status is not 400 and < 500)
            {
                var row = new { caller, key, hash, status = answer.Status, body = Encoding.UTF8.GetString(answer.Body) };
                await house.WriteAsync((connection, transaction) => connection.Execute(Keep, row, transaction));
            }

            return answer;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private sealed record Kept(string Hash, long Status, string Body);
}
