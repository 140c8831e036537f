namespace Mingzhang.Web.Api.Routes;

/// <summary>What a handler found: a value, or a problem.</summary>
internal readonly struct ApiResult<T>
{
    private readonly ApiAnswer? _problem;
    private readonly T? _value;

    private ApiResult(T? value, ApiAnswer? problem) => (_value, _problem) = (value, problem);

    /// <summary>Where what was made can be read.</summary>
    public string? Location { get; init; }

    public static implicit operator ApiResult<T>(T value) => new(value, null);

    public static implicit operator ApiResult<T>(ApiAnswer problem) => new(default, problem);

    /// <summary>The answer to send.</summary>
    public ApiAnswer ToAnswer(int success = 200) =>
        _problem ?? (success == 204 ? new ApiAnswer(204, []) : ApiAnswer.Of(_value, success)) with { Location = Location };
}
