using Mingzhang.Domain.Disclosure;

namespace Mingzhang.Domain.Tests.Disclosure;

/// <summary>From 2026-08-01 nothing is booked without a table that was read and confirmed.</summary>
public sealed class DisclosureGateTests
{
    private static readonly DisclosureGate Gate = Offers.Shipped.Gate;
    private static readonly CostTable Table = Offers.Table();

    private static ConfirmationEvidence Good => new(Table.Id, 10, new(2026, 11, 22), "zh", "app");

    [Fact]
    public void A_table_that_was_on_the_screen_for_ten_seconds_and_confirmed_today_opens_the_gate() =>
        Assert.IsType<GateOpen>(Gate.Check(Table, Good, new(2026, 11, 22)));

    [Fact]
    public void What_is_missing_is_named_with_the_duty()
    {
        Assert.Equal(GateGap.NoTable, Gap(null, Good));
        Assert.Equal(GateGap.NotConfirmed, Gap(Table, null));
        Assert.Equal(GateGap.OtherTable, Gap(Table, Good with { TableId = "another" }));
        Assert.Equal(GateGap.ReadTooShort, Gap(Table, Good with { ShownSeconds = 9 }));
        Assert.Equal(GateGap.OutOfTime, Gap(Table, Good with { ConfirmedOn = new(2026, 11, 21) }));
        Assert.Equal(GateGap.OutOfTime, Gap(Table, Good with { ConfirmedOn = new(2026, 11, 23) }));
        Assert.Equal(GateGap.OutOfTime, Gap(Table, Good, new(2026, 11, 23)));
    }

    [Fact]
    public void Loans_booked_before_the_duty_are_left_alone()
    {
        Assert.IsType<GateOpen>(Gate.Check(null, null, new(2026, 7, 31)));
        Assert.IsType<GateShut>(Gate.Check(null, null, new(2026, 8, 1)));
    }

    private static GateGap Gap(CostTable? table, ConfirmationEvidence? evidence, DateOnly? on = null)
    {
        var missing = Assert.IsType<GateShut>(Gate.Check(table, evidence, on ?? new(2026, 11, 22)));
        Assert.Contains("2026", missing.Duty.Clause.Zh);
        return missing.Gap;
    }
}
