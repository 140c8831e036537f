using System.Text.Json;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Approvals;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Engine.Encoding;
using Mingzhang.Services.Approvals;
using Mingzhang.Services.Leaving;
using Mingzhang.Services.Reading;
using Mingzhang.Web.Api.Fields;

namespace Mingzhang.Web.Api.Routes;

/// <summary>A command read from a request.</summary>
/// <param name="Account">Where it goes.</param>
/// <param name="Command">What is asked.</param>
/// <param name="Again">Reads it again as of another day: the day of the first try is that of its journal row. Only until the document of
/// the request is disposed.</param>
internal sealed record ReadCommand(AccountId Account, AccountCommand Command, Func<DateOnly, AccountCommand> Again);

/// <summary>Takes commands from requests to the lanes and makes answers of what comes back.</summary>
internal sealed class CommandHandler(CreditHouse house, AccountReader reader, KnownAccounts known, IEnumerable<ICommandPart> parts)
{
    private const string KeyPrefix = "api:";
    private readonly List<ICommandPart> _parts = [.. parts];

    /// <summary>Answers one command.</summary>
    public async Task<ApiAnswer> HandleAsync(ApiCall call, CommandRoute route, List<FieldError> errors)
    {
        AccountId? account = null;
        if (route.Spec.NamesAccount && (account = await call.OpenAsync(call.Path("accountId"))) is null)
        {
            return Problems.NoAccount;
        }

        var (document, problem) = await RequestBody.ReadAsync(call.Http.Request, RequestBody.Largest);
        if (problem is not null)
        {
            return problem;
        }

        using (document)
        {
            var query = new FieldReader(RequestBody.OfQuery(call.Http.Request.Query, errors), errors, isQuery: true);
            var trial = query.OptionalYesNo("trial", "") ?? false;
            query.Close();
            var path = call.Http.Request.RouteValues.ToDictionary(pair => pair.Key, pair => pair.Value as string ?? "");
            var (command, refused) = Read(call, route, account, document!.RootElement, path, errors);
            var key = trial ? "" : call.IdempotencyKey(errors);
            if (errors.Count > 0)
            {
                return Problems.Of(errors);
            }

            return refused
                ?? (LeaveDesk.Knows(command!.Command)
                    ? await Resources.ClosingApi.TakeAsync(call, this, command, key, trial, route.Spec.Success)
                : await RefuseAsync(command) ?? (trial ? await TryAsync(command)
                : Alone(call.Caller, route, command) ?? await SubmitAsync(call.Caller, command, key, route.Spec.Success)));
        }
    }

    /// <summary>Reads a command; broken rules go to the list. The second is an answer at once: no such account, or not allowed.</summary>
    public (ReadCommand? Command, ApiAnswer? Refused) Read(
        ApiCall call, CommandRoute route, AccountId? account, JsonElement body, IReadOnlyDictionary<string, string> path,
            List<FieldError> errors)
    {
        var currency = account is { } id ? CurrencyOf(id) : CurrencyOf(body);
        var day = account is { } there ? house.BusinessDateOf(there) : house.BusinessDate;
        var setting = new CommandSetting(house.Terms, currency, day, call.Caller.May(ApiScopes.StaffWrite), path) { Account = account };
        var fields = new CommandFields(body, errors, setting);
        var command = route.Read(fields);
        fields.Close();
        if (fields.Forbidden)
        {
            return (null, Problems.Answer(HttpProblem.Forbidden));
        }

        var target = account ?? ((OpenAccount)command).Account;
        if (!call.MaySee(target))
        {
            return (null, Problems.NoAccount);
        }

        return (new ReadCommand(target, command, on => route.Read(new CommandFields(body, [], setting with { Day = on }))), null);
    }

    /// <summary>Null, or that this takes two people: it is proposed instead, unless the key may do so alone.</summary>
    public static ApiAnswer? Alone(Caller caller, CommandRoute route, ReadCommand read) =>
        TwoPeople.Needs(read.Command) && !caller.May(ApiScopes.StaffAlone) ? Problems.Of(new TwoPeopleNeeded(route.Spec.Name)) : null;

    /// <summary>Decides on the present state and answers what would follow; nothing is stored.</summary>
    public async Task<ApiAnswer> TryAsync(ReadCommand read)
    {
        try
        {
            var decision = await reader.TryAsync(read.Account, read.Command);
            if (decision is not Accepted accepted)
            {
                return Problems.Of(((Refused)decision).Reason);
            }

            var on = house.BusinessDateOf(read.Account);
            return ApiAnswer.Of(new CommandAnswer(
                read.Account, true, 0, on, new RawJson(DomainJson.Write(accepted.Events)), FiguresOf(accepted.After, on))
            {
                Correction = await reader.PreviewAsync(read.Account, read.Command),
            });
        }
        catch (OverflowException)
        {
            return Problems.Of(new InvalidCommand("amount", "the figures would not fit into 64 bits", "send a smaller amount"));
        }
    }

    /// <summary>The envelope of a command.</summary>
    public static CommandEnvelope Envelope(Caller caller, ReadCommand read, string key) =>
        new(read.Account, KeyPrefix + key, read.Command, caller.Actor);

    /// <summary>The answer to what the house said. A key that meets other content is looked at again as of the day it was first
    /// sent.</summary>
    public async Task<ApiAnswer> AnswerAsync(CommandEnvelope envelope, CommandResult result, ReadCommand read, int success)
    {
        if (result is { Row: null, Refusal: KeyReusedWithOtherContent }
            && house.Rows(envelope.Account).FirstOrDefault(row => row.Key == envelope.Key) is { } first
                && first.EffectiveOn != envelope.Command.EffectiveOn)
        {
            result = await house.SubmitAsync(envelope with { Command = read.Again(first.EffectiveOn) });
        }

        if (result.Refusal is { } refusal)
        {
            return Problems.Of(refusal) with { Replayed = result.Replayed };
        }

        if (read.Command is OpenAccount)
        {
            known.Add(envelope.Account);
        }

        var state = result.Replayed || result.After is null
            ? PastState.At(envelope.Account, house.History(envelope.Account), result.Sequence, house.Terms)
            : result.After;
        var on = result.BookedOn!.Value;
        var answer = new CommandAnswer(envelope.Account, false, result.Sequence, on, new RawJson(result.Body), FiguresOf(state, on));
        return ApiAnswer.Of(answer, success) with
        {
            Replayed = result.Replayed,
            Location = success == 201 ? $"/v1/accounts/{envelope.Account}" : null,
        };
    }

    /// <summary>What a part of the house says against a command; null = nothing.</summary>
    public async Task<ApiAnswer?> RefuseAsync(ReadCommand read) =>
        _parts.Find(one => one.Knows(read.Command)) is { } part && await reader.FindAsync(read.Account) is { } view
        && part.Refuse(view, read.Command) is { } refusal ? Problems.Of(refusal) : null;

    /// <summary>The answer to a step that changes nothing in the ledger.</summary>
    public ApiAnswer Unchanged(AccountView view, bool trial) => ApiAnswer.Of(new CommandAnswer(
        view.State.Id, trial, view.State.Version, view.Today, new RawJson("[]"u8.ToArray()), FiguresOf(view.State, view.Today)));

    /// <summary>Submits one command, with what a part of the house does after it.</summary>
    public async Task<ApiAnswer> SubmitAsync(Caller caller, ReadCommand read, string key, int success)
    {
        var envelope = Envelope(caller, read, key);
        var part = _parts.Find(one => one.Knows(read.Command));
        var before = part is null ? null : await reader.FindAsync(read.Account);
        var result = await house.SubmitAsync(envelope);
        if (before is not null && result.Refusal is null)
        {
            await part!.FollowAsync(before, read.Command, envelope.Key, envelope.Actor);
        }

        return await AnswerAsync(envelope, result, read, success);
    }

    private Figures FiguresOf(AccountState state, DateOnly on) => Figures.Of(
        state, house.Terms.Find(state.Product, state.Terms.Version) ?? throw new BrokenInvariantException("terms are not in the book"), on);

    private Currency CurrencyOf(AccountId id) => house.Terms.All.LastOrDefault(terms => terms.Slot == id.Slot)?.Currency ?? Currency.Cny;

    private Currency CurrencyOf(JsonElement body) =>
        body.TryGetProperty("product", out var product) && product.ValueKind == JsonValueKind.String
        && house.Terms.All.LastOrDefault(terms => terms.Code == product.GetString()) is { } found ? found.Currency : Currency.Cny;
}
