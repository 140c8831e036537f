using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Corrections;
using Mingzhang.Domain.Prices;
using Mingzhang.Domain.Purchases;
using Mingzhang.Domain.Values;
using Mingzhang.Web.Api.Fields;
using Mingzhang.Web.Api.Routes;
using Mingzhang.Web.Texts;

namespace Mingzhang.Web.Api.Resources;

/// <summary>A correction that was booked.</summary>
/// <param name="Sequence">Its journal entry.</param>
/// <param name="BookedOn">When.</param>
/// <param name="Withdrawn">The fact it took back; 0 = none.</param>
/// <param name="Fact">Kind of the late or replacing fact; null for a withdrawal.</param>
/// <param name="Statements">Statements superseded.</param>
internal sealed record CorrectionSummary(long Sequence, DateOnly BookedOn, long Withdrawn, string? Fact, int Statements);

/// <summary>A letter about a correction.</summary>
/// <param name="Sequence">The correction's journal entry.</param>
/// <param name="Zh">Its parts in Chinese.</param>
/// <param name="En">The same in English.</param>
internal sealed record LetterAnswer(long Sequence, IReadOnlyList<LetterPart> Zh, IReadOnlyList<LetterPart> En);

/// <summary>Corrections: withdrawals, replacements, prices; what they changed.</summary>
internal sealed class CorrectionsApi(ApiRoutes api)
{
    private static readonly HashSet<string> Unreplaceable = ["amend-fact", "reverse-fact", "return-repayment", "open-account"];

    public static void Map(ApiRoutes api)
    {
        var corrections = new CorrectionsApi(api);
        api.Command(
            "POST", "/corrections", "reverse-fact", ApiScopes.StaffWrite,
            "Take a wrong fact back: the account becomes as if it had not been booked; differences are posted today.",
            f => new ReverseFact(Sequence(f), Reason(f)) { EffectiveOn = f.EffectiveOn() },
            """{"sequence":3,"reason":"booked twice"}""");
        api.Command(
            "POST", "/corrections/replacement", "amend-fact", ApiScopes.StaffWrite,
            "Replace a fact that was recorded wrongly by the right one, of the same kind and id: amount, day or other details.",
            corrections.Amend,
            """
            {"sequence":3,"reason":"typed wrongly","type":"receive-repayment",
            "body":{"repaymentId":"pay-1","effectiveOn":"2026-06-10","sources":[{"source":"bank-card","amountMinor":50000}]}}
            """);
        api.Command(
            "POST", "/prices", "set-price", ApiScopes.StaffWrite,
            "Another price from a day on, of the account or of one loan; dated earlier it corrects a past price.",
            f => new SetPrice(
                f.OptionalId("loanId", "The loan; none = what revolves and is overdue on statements."),
                f.Whole("contractPpm", "Contract price, parts per million a day: 500 is 0.05 %.", 0, 100_000),
                f.Whole("overduePpm", "Overdue price, at most 1.5 times the contract price.", 0, 100_000), Reason(f))
            {
                EffectiveOn = f.EffectiveOn(),
            },
            """{"contractPpm":400,"overduePpm":500,"effectiveOn":"2026-06-11","reason":"recorded wrongly"}""");
        api.Account<object?, IReadOnlyList<CorrectionSummary>>(
            "/corrections", "list-corrections", "Corrections that were booked, latest first.", _ => null, (account, _) => List(account));
        api.Account<object?, CorrectionPreview>(
            "/corrections/{sequence}", "get-correction", "Everything a booked correction changed.", _ => null,
            (account, _) => Booked(account));
        api.Account<object?, LetterAnswer>(
            "/corrections/{sequence}/letter", "get-correction-letter", "The letter to the customer about a booked correction.", _ => null,
            (account, _) => Letter(account));
    }

    private AccountCommand Amend(CommandFields f)
    {
        var (sequence, reason) = (Sequence(f), Reason(f));
        var type = f.Id("type", "Name of the operation that reads the right fact, such as receive-repayment.");
        var body = f.Raw("body", "The right fact as in its own request, ids of its address and effectiveOn included.");
        var known = api.Commands.Keys.Where(name => !Unreplaceable.Contains(name));
        var on = f.EffectiveOn();
        var good = !f.Describes && type.Length > 0 && known.Contains(type);
        if (type.Length > 0 && !good)
        {
            f.Add("type", field => Rules.Word(field, known));
        }

        if (!good || body is not { } element)
        {
            return new AmendFact(sequence, new ReleaseHold("-") { EffectiveOn = on }, reason) { EffectiveOn = on };
        }

        if (!element.TryGetProperty("effectiveOn", out _))
        {
            f.Add("body.effectiveOn", Rules.Missing);
        }

        var fields = new CommandFields(element, f.Errors, f.Setting with { Path = new Dictionary<string, string>() }, "body");
        var right = api.Commands[type].Read(fields);
        fields.Close();
        return new AmendFact(sequence, right, reason) { EffectiveOn = on };
    }

    private static List<CorrectionSummary> List(AccountCall account) =>
    [
        .. account.History.Reverse().SelectMany(entry => entry.Events.OfType<AccountCorrected>().Select(corrected => new CorrectionSummary(
            entry.Sequence, entry.BookedOn, corrected.Withdrawn, corrected.Late?.GetType().Name, corrected.Statements.Count))),
    ];

    private static ApiResult<CorrectionPreview> Booked(AccountCall account) => Of(account) is { } preview
        ? preview
        : Problems.Of(new FactUnknown(Number(account)));

    private static ApiResult<LetterAnswer> Letter(AccountCall account) => Of(account) is { } preview
        ? new LetterAnswer(
            Number(account), CorrectionLetter.Of(preview, Speech.In(Catalogue.Chinese)),
            CorrectionLetter.Of(preview, Speech.In(Catalogue.English)))
        : Problems.Of(new FactUnknown(Number(account)));

    private static CorrectionPreview? Of(AccountCall account) =>
        CorrectionPreviewer.Booked(account.History, account.House.Terms, Number(account));

    private static long Number(AccountCall account) =>
        long.TryParse(account.Call.Path("sequence"), System.Globalization.NumberStyles.None,
            System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static long Sequence(CommandFields f) => f.Whole("sequence", "The fact's journal sequence.", 1, long.MaxValue);

    private static string Reason(CommandFields f) => f.Text("reason", "Why; the customer reads it in the letter.");
}
