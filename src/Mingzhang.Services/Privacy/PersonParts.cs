using System.Text.Json;
using System.Text.Json.Serialization;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Engine.Encoding;
using Mingzhang.Services.Notifications;
using Mingzhang.Services.People;
using Mingzhang.Services.Tickets;
using Mingzhang.Services.Tickets.Files;

namespace Mingzhang.Services.Privacy;

/// <summary>Writes copies: plain JSON, indented, instants as they are kept.</summary>
public static class CopyJson
{
    private static readonly JsonSerializerOptions Options = new(DomainJson.Written)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = System.Text.Json.Serialization.Metadata.JsonTypeInfoResolver.Combine(
            DomainJson.Written.TypeInfoResolver, new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver()),
        IgnoreReadOnlyProperties = false,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <summary>A list as a file; none when it is empty.</summary>
    public static IReadOnlyList<CopyFile> List<T>(string name, IReadOnlyCollection<T> rows) => rows.Count == 0 ? []
        : [new CopyFile(name, JsonSerializer.SerializeToUtf8Bytes(rows, Options), rows.Count)];

    /// <summary>A moment as people and machines read it, in UTC; empty for none.</summary>
    public static string At(long micros) => micros == 0 ? "" : DateTimeOffset.FromUnixTimeMilliseconds(micros / 1000)
        .ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A part that is a list.</summary>
/// <param name="code">Its name.</param>
/// <param name="clock">Why it is kept.</param>
/// <param name="files">Its files.</param>
public sealed class PersonPart(string code, HoldingClock clock, Func<CustomerId, IReadOnlyList<CopyFile>> files) : IPersonPart
{
    /// <inheritdoc/>
    public string Code => code;

    /// <inheritdoc/>
    public HoldingClock Clock => clock;

    /// <inheritdoc/>
    public IReadOnlyList<CopyFile> Of(CustomerId customer) => files(customer);
}

/// <summary>The parts of these services.</summary>
public static class PersonParts
{
    /// <summary>The part with the events of all accounts.</summary>
    public const string Transactions = "transactions";

    private const int Most = 10_000;

    /// <summary>Who the person is, cards, devices, consents, looks.</summary>
    public static IEnumerable<IPersonPart> OfPeople(
        PersonShelf people, CardShelf cards, DeviceShelf devices, ConsentLedger consents, LookLog looks) =>
    [
        new PersonPart("identity", HoldingClock.Relation, who => people.Find(who) is { } one
            ? CopyJson.List(
                "person.json", [new { customer = one.Customer, one.Name, one.Phone, one.IdNumber, one.Email, one.Region }]) : []),
        new PersonPart("cards", HoldingClock.Relation, who => CopyJson.List("cards.json", [.. cards.Of(who).Select(one =>
            new { one.Id, one.LastFour, one.Bank, one.Kind, one.IsDefault, added = CopyJson.At(one.AddedAt) })])),
        new PersonPart("consents", HoldingClock.Relation, who => CopyJson.List("consents.json", [.. consents.Of(who).Select(one =>
            new { one.Number, one.Code, one.Version, one.Given, at = CopyJson.At(one.At), one.Channel, one.Evidence })])),
        new PersonPart("devices", HoldingClock.Product, who => CopyJson.List("devices.json", [.. devices.Of(who).Select(one =>
            new { one.Id, one.Name, first = CopyJson.At(one.FirstAt), last = CopyJson.At(one.LastAt) })])),
        new PersonPart("looks", HoldingClock.Relation, who => CopyJson.List("looks-at-my-data.json", [.. looks.Of(who, Most).Select(one =>
            new { one.Number, at = CopyJson.At(one.At), one.Who, one.Page, one.Note })])),
    ];

    /// <summary>Every event of every account, as it is written in the books.</summary>
    public static IPersonPart OfAccounts(CreditHouse house) => new PersonPart(Transactions, HoldingClock.Relation, who =>
    [
        .. house.Terms.All.Select(terms => terms.Slot).Distinct().Order().Select(slot => AccountId.Of(who, slot))
            .SelectMany(account => CopyJson.List($"accounts/{account}.json", [.. house.History(account).Select(entry => new
            {
                entry.Sequence, entry.BookedOn, events = JsonSerializer.Deserialize<JsonElement>(DomainJson.Write(entry.Events)),
            })])),
    ]);

    /// <summary>Messages, wishes about them, and contacts.</summary>
    public static IEnumerable<IPersonPart> OfNotices(
        CreditHouse house, NoticeDesk notices, MessageDesk messages, ContactGovernor contacts) =>
    [
        new PersonPart("messages", HoldingClock.Relation, who =>
        [
            .. CopyJson.List("messages.json", [.. notices.Of(who, new NoticeQuery(false, null, Most, 0)).Select(one =>
                new
                {
                    one.Id, one.Kind, one.HappenedOn, one.Account, one.Fields, made = CopyJson.At(one.MadeAt),
                    read = CopyJson.At(one.ReadAt),
                })]),
            .. CopyJson.List("sent.json", [.. messages.Of(who, Most).Select(one =>
                new
                {
                    one.Id, one.Kind, one.Channel, one.State, made = CopyJson.At(one.MadeAt), sent = CopyJson.At(one.SentAt), one.Reason,
                })]),
        ]),
        new PersonPart("wishes", HoldingClock.Product, who =>
        {
            using var connection = house.OpenReadOnly();
            return CopyJson.List("message-wishes.json", WishShelf.AllOf(connection, who));
        }),
        new PersonPart("contacts", HoldingClock.Collection, who => CopyJson.List("contacts.json", contacts.Of(who, Most))),
    ];

    /// <summary>Tickets with what was said and every file.</summary>
    public static IPersonPart OfTickets(TicketDesk tickets, TicketFileDesk files) => new PersonPart("tickets", HoldingClock.Relation, who =>
    {
        var all = tickets.Of(who, 0, Most);
        return
        [
            .. CopyJson.List("tickets.json", [.. all.Select(one => new
            {
                number = one.Number.ToString(), one.Kind, one.Channel, one.Subject, one.State, one.OpenedAt, one.AnsweredAt,
                steps = tickets.Steps(one).Where(step => step.ForCustomer).Select(step => new { step.At, step.What, step.Text }),
            })]),
            .. all.SelectMany(ticket => files.Of(ticket).Select(file => (ticket, file, files.Find(ticket, file.Number)?.Content)))
                .Where(one => one.Content is not null)
                .Select(one => new CopyFile(
                    $"tickets/{one.ticket.Number}/{one.file.Number}.{one.file.Type.Split('/')[^1]}", one.Content!, 1)),
        ];
    });

    /// <summary>Requests about personal data themselves.</summary>
    public static IPersonPart OfRequests(PrivacyDesk desk) => new PersonPart("requests", HoldingClock.Relation, who =>
        CopyJson.List("privacy-requests.json", [.. desk.Of(who).Select(one => new
        {
            one.Number, one.Receipt, one.Kind, one.Route, one.State, one.Ticket, one.Outcome, one.HoldUntil,
            asked = CopyJson.At(one.AskedAt), decided = CopyJson.At(one.DecidedAt),
        })]));
}
