using System.Globalization;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Limits;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Leaving;
using Mingzhang.Services.People;
using Mingzhang.Services.Progress.Score;
using Mingzhang.Services.Reading;

namespace Mingzhang.Services.Raising;

/// <summary>A temporary limit as it is offered today, or why not.</summary>
/// <param name="Terms">What decided; its amount is <see cref="RaiseTerms.MostMinor"/>.</param>
/// <param name="Until">First day on which it no longer counts.</param>
/// <param name="NextOn">Only from this day on, because of the last one; null = now.</param>
public sealed record TemporaryOffer(RaiseTerms Terms, DateOnly Until, DateOnly? NextOn);

/// <summary>
/// Applications of borrowers for a higher limit (R027, R110): decided at once by a dated rule, with every number that decided; the ledger
/// still asks what holds for all limits, such as the cap over all accounts. Only with the consent to use how the account was paid (R111).
/// </summary>
public sealed class RaiseDesk(
    CreditHouse house, AccountReader reader, ScoreDesk scores, LeaveWarning warning, ConsentLedger consents, RaiseBook book) : IOpenOffers
{
    /// <summary>The consent without which nothing is assessed.</summary>
    public const string Consent = "behaviour-data";

    /// <summary>The rule of a day; null when nobody can ask here.</summary>
    public RaiseRule? RuleOn(DateOnly day) => book.On(day);

    /// <summary>Applications of an account, oldest first.</summary>
    public IReadOnlyList<RaiseAnswer> Of(AccountId account)
    {
        using var connection = house.OpenReadOnly();
        return RaiseShelf.Of(connection, account);
    }

    /// <summary>First day on which an account may ask for a higher limit again; null = now.</summary>
    public DateOnly? NextOn(AccountView view, string kind) =>
        Of(view.State.Id).LastOrDefault(one => one.Kind == kind)?.NextOn is { } next && next > view.Today ? next : null;

    /// <summary>Whether the owner agreed to the use of how their accounts were paid.</summary>
    public bool HasConsent(CustomerId customer) =>
        consents.Of(customer).LastOrDefault(line => line.Code == Consent) is { Given: true };

    /// <summary>The temporary limit that is offered today; null without a rule or the consent: then nothing is looked at.</summary>
    public TemporaryOffer? OfferOf(AccountView view) => book.On(view.Today) is { } rule && HasConsent(view.State.Id.Customer)
        ? new TemporaryOffer(
            rule.DecideTemporary(FactsOf(view)), view.Today.AddDays(rule.Temporary.Days), NextOn(view, RaiseAnswer.Temporary)) : null;

    /// <inheritdoc/>
    public IReadOnlyList<OpenOffer> OpenFor(AccountView view) =>
        view.State.Lifecycle is Active && OfferOf(view) is { NextOn: null, Terms: { Failed: null, MostMinor: > 0 } terms }
            ? [new OpenOffer("temporary-limit", Money.Of(terms.MostMinor, view.State.Currency))] : [];

    /// <summary>
    /// Asks for a higher total limit. Refused with 121 without the consent, 310 too early, 311 declined with the condition; and by whatever
    /// the ledger says. Granted is what was asked for, or as much of it as the rule allows.
    /// </summary>
    /// <param name="view">The account with its history.</param>
    /// <param name="totalMinor">The total limit asked for, above the present one.</param>
    /// <param name="key">Sent twice it is one application.</param>
    /// <param name="actor">Who asks.</param>
    public Task<(RaiseAnswer? Answer, Refusal? Refusal)> AskAsync(AccountView view, long totalMinor, string key, string actor) =>
        DecideAsync(view, RaiseAnswer.Total, key, actor, (rule, facts) =>
        {
            var terms = rule.Decide(facts);
            return (totalMinor, Math.Min(totalMinor, terms.MostMinor), terms, terms.Failed is null ? rule.WaitAfterYes : rule.WaitAfterNo);
        });

    /// <summary>Takes the temporary limit that is offered; refused as <see cref="AskAsync"/>.</summary>
    public Task<(RaiseAnswer? Answer, Refusal? Refusal)> TakeAsync(AccountView view, string key, string actor) =>
        DecideAsync(view, RaiseAnswer.Temporary, key, actor, (rule, facts) =>
        {
            var terms = rule.DecideTemporary(facts);
            return (terms.MostMinor, terms.MostMinor, terms, terms.Failed is null ? rule.TemporaryWait(facts.FactorPpm) : rule.WaitAfterNo);
        });

    private async Task<(RaiseAnswer? Answer, Refusal? Refusal)> DecideAsync(
        AccountView view, string kind, string key, string actor,
        Func<RaiseRule, RaiseFacts, (long Asked, long Granted, RaiseTerms Terms, int Wait)> decide)
    {
        if (Known(view, key) is { } first)
        {
            return await BookAsync(view, first, actor);
        }

        if (book.On(view.Today) is not { } rule)
        {
            return (null, new LimitRaiseDeclined("staff-only", view.Today));
        }

        if (!HasConsent(view.State.Id.Customer))
        {
            return (null, new ConsentMissing(Consent));
        }

        if (NextOn(view, kind) is { } next)
        {
            return (null, new LimitRaiseTooEarly(next));
        }

        var (asked, granted, terms, wait) = decide(rule, FactsOf(view));
        if (kind == RaiseAnswer.Total && asked <= view.State.TotalLimit.MinorUnits)
        {
            return (null, new InvalidCommand("totalMinor", "more than the present limit", "ask for more, or lower it in the settings"));
        }

        var answer = new RaiseAnswer(key, kind, view.Today, asked, granted, rule.Version, view.Today.AddDays(wait), terms);
        if (granted > 0 && await TryAsync(view, answer) is { } no)
        {
            return (null, no);
        }

        return await house.WriteAsync((connection, transaction) => RaiseShelf.Add(connection, transaction, view.State.Id, answer))
            ? await BookAsync(view, answer, actor)
            : Known(view, key) is { } other ? await BookAsync(view, other, actor) : (null, new LimitRaiseTooEarly(answer.NextOn));
    }

    // Before it is kept, so that what the ledger refuses costs no waiting time.
    private async Task<Refusal?> TryAsync(AccountView view, RaiseAnswer answer) =>
        (await reader.TryAsync(view.State.Id, Command(view, answer)) as Refused)?.Reason;

    // The row is the decision; booking it again books nothing, whatever stopped in between.
    private async Task<(RaiseAnswer? Answer, Refusal? Refusal)> BookAsync(AccountView view, RaiseAnswer answer, string actor)
    {
        if (answer.GrantedMinor == 0)
        {
            return (answer, new LimitRaiseDeclined(answer.Terms.Failed ?? "", answer.NextOn));
        }

        var result = await house.SubmitAsync(new CommandEnvelope(view.State.Id, "raise:" + answer.Key, Command(view, answer), actor));
        return (answer, result.Refusal);
    }

    private static AccountCommand Command(AccountView view, RaiseAnswer answer)
    {
        var amount = Money.Of(answer.GrantedMinor, view.State.Currency);
        var why = string.Create(CultureInfo.InvariantCulture, $"raise-rule-{answer.Version}");
        return answer.Kind == RaiseAnswer.Total ? new SetLimit(amount, Actor.System, why) { EffectiveOn = answer.On }
            : new GrantTemporaryLimit(
                new TemporaryLimit(
                    string.Create(CultureInfo.InvariantCulture, $"own-{answer.On:yyyyMMdd}"), amount, answer.On,
                    answer.On.AddDays(answer.Terms.Days)), why) { EffectiveOn = answer.On };
    }

    private RaiseAnswer? Known(AccountView view, string key) => Of(view.State.Id).FirstOrDefault(one => one.Key == key);

    private RaiseFacts FactsOf(AccountView view)
    {
        var behaviour = Behaviour.Of(view.History, view.Book, view.State.Currency, view.Today);
        return new RaiseFacts(
            behaviour.MonthsDue, behaviour.MonthsLate, scores.Of(view).IncreasePpm, view.State.TotalLimit.MinorUnits,
            view.Terms.Limits.Largest.MinorUnits, view.State.DaysPastDue(view.Today),
            view.State.Lifecycle is not Active || view.State.Restrictions.Count > 0, warning.Of(view).Level.Code);
    }
}
