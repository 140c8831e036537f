namespace Mingzhang.Web.Api;

/// <summary>A "no" of the HTTP layer itself, before the books are asked. Numbers from 1001 upwards are never reused.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Number">Stable number.</param>
/// <param name="Code">Stable name.</param>
/// <param name="RetryCanHelp">Whether the same request may succeed later.</param>
/// <param name="En">Text in English.</param>
/// <param name="Zh">Text in Chinese.</param>
public sealed record HttpProblem(int Status, int Number, string Code, bool RetryCanHelp, string En, string Zh)
{
    /// <summary>No key, or an unknown or revoked one.</summary>
    public static HttpProblem Unauthorised { get; } =
        new(401, 1001, "UNAUTHORISED", false, "Send a valid key: Authorization: Bearer mz_...", "请使用有效密钥：Authorization: Bearer mz_...");

    /// <summary>The key lacks the scope.</summary>
    public static HttpProblem Forbidden { get; } =
        new(403, 1002, "FORBIDDEN", false, "This key lacks the scope for it", "该密钥没有此操作的权限");

    /// <summary>Too many requests.</summary>
    public static HttpProblem TooMany { get; } =
        new(429, 1003, "TOO_MANY_REQUESTS", true, "Too many requests; wait as Retry-After says", "请求过多，请按 Retry-After 等待");

    /// <summary>The body is larger than allowed.</summary>
    public static HttpProblem TooLarge { get; } =
        new(413, 1004, "BODY_TOO_LARGE", false, "The body is above 256 KB (4 MB for a batch)", "请求体超过 256 KB（批量为 4 MB）");

    /// <summary>The body is not announced as JSON.</summary>
    public static HttpProblem NotJson { get; } =
        new(415, 1005, "CONTENT_TYPE_NOT_JSON", false, "Send Content-Type: application/json", "请使用 Content-Type: application/json");

    /// <summary>No such address.</summary>
    public static HttpProblem NotFound { get; } =
        new(404, 1006, "NOT_FOUND", false, "There is nothing at this address; /openapi/v1.json lists all", "地址不存在；全部接口见 /openapi/v1.json");

    /// <summary>The address does not take this method.</summary>
    public static HttpProblem MethodNotAllowed { get; } =
        new(405, 1007, "METHOD_NOT_ALLOWED", false, "This address does not take this method", "该地址不支持此请求方法");

    /// <summary>The request cannot be read.</summary>
    public static HttpProblem Unreadable { get; } =
        new(400, 1008, "UNREADABLE", false, "The request cannot be read", "请求无法读取");

    /// <summary>The house stopped; whether the command was booked is known after the restart, by its key.</summary>
    public static HttpProblem HouseStopped { get; } = new(
        503, 1009, "HOUSE_STOPPED", true, "The service is restarting; send the same request with the same key again", "服务正在重启，请用相同幂等键重试");

    /// <summary>Something unexpected; nothing of it is shown.</summary>
    public static HttpProblem Failure { get; } =
        new(500, 1010, "INTERNAL", true, "Something failed here; send the same request with the same key again", "系统异常，请用相同幂等键重试");
}
