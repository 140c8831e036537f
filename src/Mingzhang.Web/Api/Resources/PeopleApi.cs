using Mingzhang.Domain.People;
using Mingzhang.Domain.Values;
using Mingzhang.Services.People;
using Mingzhang.Web.Api.Fields;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Api.Resources;

/// <summary>Who a customer is, masked: the API takes people in and never gives them out.</summary>
internal sealed record PersonAnswer(
    string Customer, string NameMasked, string PhoneMasked, string IdNumberMasked, bool HasEmail, string Region);

/// <summary>A bound bank card.</summary>
internal sealed record CardSheet(string Id, string LastFour, string Bank, string Kind, bool IsDefault, string AddedAt);

/// <summary>A line of the ledger of consents.</summary>
internal sealed record ConsentSheet(long Number, string Code, string Version, bool Given, string At, string Channel, string Evidence);

/// <summary>A known device.</summary>
internal sealed record DeviceSheet(string Id, string Name, string FirstSeen, string LastSeen);

/// <summary>A look at a person.</summary>
internal sealed record LookSheet(long Number, string At, string Who, string Page);

/// <summary>People: who they are, their cards, devices and consents, and who looked at them.</summary>
internal static class PeopleApi
{
    private const string One = "/v1/customers/{customer}";
    private const int Most = 200;

    private const string Example =
        """{"name":"林晓雨","phone":"19900000001","idNumber":"11010519491231002X","email":"lin@example.com","region":"110105"}""";

    public static void Map(ApiRoutes api)
    {
        api.House<object?, PersonAnswer>(
            One + "/person", "get-person", ApiScopes.AccountsRead, "Who a customer is, masked; the look is written down.",
            _ => null, GetAsync);
        api.Manage<Person, PersonAnswer>(
            new RouteSpec(
                "PUT", One + "/person", "put-person", ApiScopes.AccountsWrite,
                "Write who a customer is, sealed: new, or with another phone, e-mail or area; names and identity numbers are corrected.")
            {
                Example = Example, HasPerson = true,
            },
            PersonFields.Read, PutAsync);
        api.House<object?, IReadOnlyList<CardSheet>>(
            One + "/cards", "list-cards", ApiScopes.AccountsRead, "A customer's bank cards; the numbers are not kept.", _ => null,
            (call, _) => Of(call, customer => Get<CardShelf>(call).Of(customer).Select(Sheet)));
        api.Manage<BankCardNumber?, CardSheet>(
            new RouteSpec(
                "POST", One + "/cards", "add-card", ApiScopes.AccountsWrite,
                "Bind a bank card. The number goes to the bank, which answers with a token, and is kept nowhere.")
            {
                Success = 201, Example = """{"number":"6222021234567890128"}""", HasPerson = true,
            },
            PersonFields.Card, AddCardAsync);
        api.Manage<object?, CardSheet>(
            Spec(
                "DELETE", "/cards/{card}", "remove-card",
                "Remove a card; not the only one of automatic repayment, nor one that moves money.") with { Success = 204 },
            null, RemoveCardAsync);
        api.Manage<object?, CardSheet>(
            Spec("PUT", "/cards/{card}/default", "choose-card", "Repayments and loans use this card from now on."), null,
            ChooseCardAsync);
        api.House<object?, IReadOnlyList<ConsentSheet>>(
            One + "/consents", "list-consents", ApiScopes.AccountsRead, "Every consent given and withdrawn, the oldest first.", _ => null,
            (call, _) => Of(call, customer => Get<ConsentLedger>(call).Of(customer).Select(Sheet)));
        api.Manage<object?, object>(
            Spec("DELETE", "/consents/{consent}", "withdraw-person-consent", "Withdraw a consent, for all accounts of the person.")
                with { Success = 204 },
            null, WithdrawAsync);
        api.House<object?, IReadOnlyList<DeviceSheet>>(
            One + "/devices", "list-devices", ApiScopes.AccountsRead, "Devices a customer was seen with.", _ => null,
            (call, _) => Of(call, customer => Get<DeviceShelf>(call).Of(customer).Select(one =>
                new DeviceSheet(one.Id, one.Name, At(one.FirstAt), At(one.LastAt)))));
        api.House<object?, IReadOnlyList<LookSheet>>(
            One + "/looks", "list-looks", ApiScopes.AccountsRead, "Who of the house looked at a customer, the latest first.", _ => null,
            (call, _) => Of(call, customer => Get<LookLog>(call).Of(customer, Most).Select(one =>
                new LookSheet(one.Number, At(one.At), one.Who, one.Page))));
    }

    private static RouteSpec Spec(string method, string below, string name, string summary) =>
        new(method, One + below, name, ApiScopes.AccountsWrite, summary);

    private static async Task<ApiResult<PersonAnswer>> GetAsync(ApiCall call, object? nothing)
    {
        if (CustomerOf(call) is not { } customer || Get<PersonShelf>(call).Find(customer) is not { } person)
        {
            return Problems.Answer(HttpProblem.NotFound);
        }

        await Get<LookLog>(call).AddAsync(customer, call.Caller.Actor, "api.person");
        return Sheet(person);
    }

    private static async Task<ApiResult<PersonAnswer>> PutAsync(ApiCall call, Person asked)
    {
        if (CustomerOf(call) is not { } customer)
        {
            return Problems.Answer(HttpProblem.NotFound);
        }

        var (person, refusal) = await Get<PersonShelf>(call).PutAsync(asked with { CustomerId = customer.Value });
        return refusal is not null ? Problems.Of(refusal) : Sheet(person);
    }

    private static async Task<ApiResult<CardSheet>> AddCardAsync(ApiCall call, BankCardNumber? number)
    {
        if (CustomerOf(call) is not { } customer)
        {
            return Problems.Answer(HttpProblem.NotFound);
        }

        var (card, refusal) = await Get<CardDesk>(call).AddAsync(customer, number!, call.Http.RequestAborted);
        return refusal is not null ? Problems.Of(refusal) : Sheet(card!);
    }

    private static async Task<ApiResult<CardSheet>> RemoveCardAsync(ApiCall call, object? nothing)
    {
        if (CustomerOf(call) is not { } customer)
        {
            return Problems.Answer(HttpProblem.NotFound);
        }

        var (card, refusal) = await Get<CardDesk>(call).RemoveAsync(customer, call.Path("card"));
        return refusal is not null ? Problems.Of(refusal) : Sheet(card!);
    }

    private static async Task<ApiResult<CardSheet>> ChooseCardAsync(ApiCall call, object? nothing)
    {
        if (CustomerOf(call) is not { } customer)
        {
            return Problems.Answer(HttpProblem.NotFound);
        }

        return await Get<CardShelf>(call).ChooseAsync(customer, call.Path("card"))
            ? Sheet(Get<CardShelf>(call).DefaultOf(customer)!) : Problems.Of(new CardUnknown());
    }

    private static async Task<ApiResult<object>> WithdrawAsync(ApiCall call, object? nothing)
    {
        if (CustomerOf(call) is not { } customer)
        {
            return Problems.Answer(HttpProblem.NotFound);
        }

        var key = call.Http.Request.Headers["Idempotency-Key"].ToString();
        return await Get<ConsentLedger>(call).WithdrawAsync(customer, call.Path("consent"), "api", key, call.Caller.Actor) is { } refusal
            ? Problems.Of(refusal) : new object();
    }

    private static Task<ApiResult<IReadOnlyList<T>>> Of<T>(ApiCall call, Func<CustomerId, IEnumerable<T>> all) =>
        Task.FromResult<ApiResult<IReadOnlyList<T>>>(
            CustomerOf(call) is { } customer ? all(customer).ToList() : Problems.Answer(HttpProblem.NotFound));

    /// <summary>The customer of the address; null when malformed or somebody else's.</summary>
    internal static CustomerId? CustomerOf(ApiCall call) =>
        CustomerId.TryParse(call.Path("customer"), out var customer) && (call.Caller.Customer ?? customer.Value) == customer.Value
            ? customer : null;

    private static T Get<T>(ApiCall call)
        where T : notnull => call.Http.RequestServices.GetRequiredService<T>();

    private static PersonAnswer Sheet(Person one) => new(
        one.Customer.ToString(), one.MaskedName, one.MaskedPhone, one.MaskedId, one.Email.Length > 0, one.Region);

    private static CardSheet Sheet(BoundCard one) => new(one.Id, one.LastFour, one.Bank, one.Kind, one.IsDefault, At(one.AddedAt));

    private static ConsentSheet Sheet(ConsentLine one) =>
        new(one.Number, one.Code, one.Version, one.Given, At(one.At), one.Channel, one.Evidence);

    /// <summary>A moment as the API writes it, in UTC.</summary>
    internal static string At(long micros) => DateTimeOffset.FromUnixTimeMilliseconds(micros / 1000)
        .ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture);
}
