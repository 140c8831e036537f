using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Values;
using Mingzhang.Engine.Encoding;
using Mingzhang.Services.People;
using Mingzhang.Services.Reading;
using Mingzhang.Store;
using Mingzhang.Web.Identity;

namespace Mingzhang.Web.Console;

/// <summary>One account for staff.</summary>
/// <param name="Now">As it stands.</param>
/// <param name="Then">As it was on a day, by what was known on another; null when it was not open then.</param>
/// <param name="On">That day.</param>
/// <param name="Known">The other.</param>
/// <param name="Rows">All journal rows, refusals included.</param>
/// <param name="Person">Whose it is.</param>
public sealed record AccountSheet(
    AccountView Now, AccountView? Then, DateOnly On, DateOnly Known, IReadOnlyList<JournalRow> Rows, Person? Person)
{
    /// <summary>The account.</summary>
    public AccountId Id => Now.State.Id;

    /// <summary>Rows known on the chosen day, latest first.</summary>
    public IEnumerable<JournalRow> Timeline => Rows.Where(row => row.BookedOn <= Known).Reverse();

    /// <summary>The events of a row.</summary>
    public static ValueList<AccountEvent> EventsOf(JournalRow row) =>
        row.Kind == RowKind.Refused ? default : DomainJson.ReadEvents(row.Body);

    /// <summary>The refusal of a row, or null.</summary>
    public static Refusal? RefusalOf(JournalRow row) => row.Kind == RowKind.Refused ? DomainJson.ReadRefusal(row.Body) : null;
}
