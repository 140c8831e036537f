namespace Mingzhang.Domain.Disclosure;

/// <summary>What has to happen between showing a cost table and booking, from a day on.</summary>
/// <param name="Validity">When the duty holds, by the day of booking.</param>
/// <param name="ReadingSeconds">The table is on the screen at least so long before it can be confirmed.</param>
/// <param name="ValidDays">A confirmation counts on its day and so many days after.</param>
/// <param name="Clause">Where it comes from.</param>
public sealed record DisclosureDuty(Validity Validity, int ReadingSeconds, int ValidDays, Clause Clause);

/// <summary>The proof that a borrower has seen and confirmed a table, kept with the loan.</summary>
/// <param name="TableId">Which table.</param>
/// <param name="ShownSeconds">How long it was on the screen before the confirmation, counted by the server.</param>
/// <param name="ConfirmedOn">The day of the confirmation.</param>
/// <param name="Language">The language it was shown in, <c>zh</c> or <c>en</c>.</param>
/// <param name="Channel">Where: app, paper with a signature, and so on.</param>
public sealed record ConfirmationEvidence(string TableId, int ShownSeconds, DateOnly ConfirmedOn, string Language, string Channel);

/// <summary>The hard gate in front of every loan and instalment: without a confirmed table nothing is booked.</summary>
/// <param name="Duties">Dated; loans booked before the first are left alone.</param>
public sealed record DisclosureGate(ValueList<DisclosureDuty> Duties)
{
    /// <summary>The duty of a day; null when there is none yet.</summary>
    public DisclosureDuty? Find(DateOnly on) => Duties.Find(duty => duty.Validity.Holds(on));

    /// <summary>Whether a loan may be booked on a day with this table and this proof.</summary>
    /// <param name="table">The table that would be booked.</param>
    /// <param name="evidence">What was confirmed.</param>
    /// <param name="on">The day.</param>
    /// <param name="ownSeconds">The house's own reading time for the product, also before the law; the longer one counts. 0: none.</param>
    public GateVerdict Check(CostTable? table, ConfirmationEvidence? evidence, DateOnly on, int ownSeconds = 0)
    {
        if (DutyOn(on, ownSeconds) is not { } duty)
        {
            return new GateOpen();
        }

        if (table is null || evidence is null)
        {
            return new GateShut(table is null ? GateGap.NoTable : GateGap.NotConfirmed, duty);
        }

        return evidence.TableId != table.Id ? new GateShut(GateGap.OtherTable, duty)
            : evidence.ShownSeconds < duty.ReadingSeconds ? new GateShut(GateGap.ReadTooShort, duty)
            : evidence.ConfirmedOn > on || on.DayNumber - evidence.ConfirmedOn.DayNumber > duty.ValidDays
                || evidence.ConfirmedOn < table.Offer.OfferedOn
                ? new GateShut(GateGap.OutOfTime, duty)
                : new GateOpen();
    }

    private DisclosureDuty? DutyOn(DateOnly on, int ownSeconds) => Find(on) switch
    {
        { } duty => duty with { ReadingSeconds = Math.Max(duty.ReadingSeconds, ownSeconds) },
        null => ownSeconds > 0 ? new DisclosureDuty(default, ownSeconds, 0, OwnRule) : null,
    };

    private static Clause OwnRule { get; } =
        new("本产品的阅读要求", "the reading rule of this product", "product file: readingSeconds", IsSample: false);
}

/// <summary>The answer of the gate. Closed.</summary>
public /*closed*/ abstract record GateVerdict
{
    private protected GateVerdict()
    {
    }
}

/// <summary>The loan may be booked.</summary>
public sealed record GateOpen : GateVerdict;

/// <summary>It may not; what is missing, and by which duty.</summary>
public sealed record GateShut(GateGap Gap, DisclosureDuty Duty) : GateVerdict;

/// <summary>What is missing.</summary>
public enum GateGap
{
    /// <summary>No table was made.</summary>
    NoTable,

    /// <summary>The table was not confirmed.</summary>
    NotConfirmed,

    /// <summary>Another table was confirmed, with other numbers or words.</summary>
    OtherTable,

    /// <summary>It was on the screen for too short a time.</summary>
    ReadTooShort,

    /// <summary>It was confirmed before it was offered, after the booking, or too long ago.</summary>
    OutOfTime,
}
