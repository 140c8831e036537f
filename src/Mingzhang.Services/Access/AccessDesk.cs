using System.Globalization;
using Dapper;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Permissions;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Reading;
using Mingzhang.Store;

namespace Mingzhang.Services.Access;

/// <summary>
/// Judges accounts by the conditions of use in force. Being repaid is not enough (R144): what fails is a restriction in the ledger, with
/// the name of version and condition, and goes when the condition is met again.
/// </summary>
public sealed class AccessDesk(CreditHouse house, IReadOnlyList<AccessRules> shipped, TimeProvider time)
{
    /// <summary>The restriction's id.</summary>
    public const string RestrictionId = "access-rules";

    private const string Actor = "system:access";
    private const string All = "SELECT json FROM access_rules ORDER BY code, version";
    private const string Insert =
        "INSERT INTO access_rules (code, version, from_on, json, published_by, published_at) "
        + "VALUES (@code, @version, @from, @json, @by, @at) ON CONFLICT DO NOTHING";

    /// <summary>Shipped and published versions.</summary>
    public AccessBook Book
    {
        get
        {
            using var connection = house.OpenReadOnly();
            return new AccessBook([
                .. shipped, .. connection.Query<string>(All).Select(json => AccessRulesFile.Parse(json).Rules).OfType<AccessRules>(),
            ]);
        }
    }

    /// <summary>The versions in force on a day, as one word.</summary>
    public string Stamp(DateOnly on) => Book.Stamp(on);

    /// <summary>Publishes a version; false when the segment has that version already.</summary>
    public async Task<bool> PublishAsync(AccessRules rules, string by)
    {
        if (Book.Find(rules.Name) is not null)
        {
            return false;
        }

        return await house.WriteAsync((connection, transaction) => connection.Execute(
            Insert,
            new
            {
                code = rules.Code, version = rules.Version, from = rules.From.ToStored(), json = AccessRulesFile.Write(rules), by,
                at = time.GetUtcNow().ToUnixTimeMilliseconds() * 1000,
            },
            transaction)) == 1;
    }

    /// <summary>Judges an account and brings its restriction in line; whether that changed it.</summary>
    /// <param name="view">The account; its history is read when it is needed.</param>
    /// <param name="book">The versions.</param>
    /// <param name="everOverdue">False: nothing of the account ever went overdue, so that there is nothing to count.</param>
    public async Task<bool> ReviewAsync(AccountView view, AccessBook book, bool everOverdue)
    {
        if (book.All.Count == 0 || view.State.Lifecycle is not Active)
        {
            return false;
        }

        var failure = book.Judge(view.State, everOverdue ? house.History(view.State.Id) : [], view.Today);
        var placed = view.State.Restrictions.Find(one => one.Id == RestrictionId);
        var lifts = placed is not null && (failure is null || !Names(placed.Note, failure));
        var restricts = failure is not null && (placed is null || lifts);
        if (lifts)
        {
            await SubmitAsync(
                view, new LiftRestriction(RestrictionId, Domain.Accounts.Actor.System, "rules") { EffectiveOn = view.Today }, "lift");
        }

        if (restricts)
        {
            await SubmitAsync(
                view,
                new Restrict(
                    RestrictionId, [Permission.Spend, Permission.Borrow, Permission.Convert], RestrictionReason.AccessCondition, null,
                    Domain.Accounts.Actor.System, failure!.Note) { EffectiveOn = view.Today },
                "restrict");
        }

        return lifts || restricts;
    }

    /// <summary>The same version and condition; that another number was found changes nothing.</summary>
    private static bool Names(string? note, AccessFailure failure)
    {
        var what = failure.Note[..(failure.Note.IndexOf('=', StringComparison.Ordinal) + 1)];
        return note is not null && note.StartsWith(what, StringComparison.Ordinal);
    }

    private Task<CommandResult> SubmitAsync(AccountView view, AccountCommand command, string what) => house.SubmitAsync(new CommandEnvelope(
        view.State.Id, string.Create(CultureInfo.InvariantCulture, $"access:{view.State.Version}:{what}"), command, Actor));
}
