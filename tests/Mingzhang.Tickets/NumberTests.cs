using Mingzhang.Services.Tickets;

namespace Mingzhang.Tickets;

public sealed class NumberTests
{
    [Fact]
    public void A_number_reads_back_however_it_is_said()
    {
        var number = new TicketNumber(577, 1);
        Assert.Equal("T0577-00001-3", number.ToString());
        foreach (var said in (string[])["T0577-00001-3", "t0577 00001 3", "0577000013", " T0577000013 "])
        {
            Assert.True(TicketNumber.TryParse(said, out var read));
            Assert.Equal(number, read);
        }

        Assert.True(TicketNumber.TryParse(new TicketNumber(1023, 123_456_789).ToString(), out var large));
        Assert.Equal(new TicketNumber(1023, 123_456_789), large);
    }

    [Fact]
    public void One_wrong_digit_and_two_neighbours_exchanged_are_always_noticed()
    {
        foreach (var sequence in (long[])[1, 42, 907, 54_321, 100_000])
        {
            var digits = string.Concat(new TicketNumber(577, sequence).ToString().Where(char.IsAsciiDigit)).ToCharArray();
            for (var at = 0; at < digits.Length; at++)
            {
                var right = digits[at];
                for (var digit = '0'; digit <= '9'; digit++)
                {
                    digits[at] = digit;
                    Assert.Equal(digit == right, TicketNumber.TryParse(new string(digits), out _));
                }

                digits[at] = right;
                if (at > 0 && digits[at - 1] != right)
                {
                    (digits[at - 1], digits[at]) = (digits[at], digits[at - 1]);
                    Assert.False(TicketNumber.TryParse(new string(digits), out _));
                    (digits[at - 1], digits[at]) = (digits[at], digits[at - 1]);
                }
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("T0577-00001")]
    [InlineData("T1024-00001-1")]
    [InlineData("T0577-00000-0")]
    [InlineData("T0577-00001-3; DROP")]
    [InlineData("T057700000000000000000000013")]
    public void What_is_no_number_is_none(string? text) => Assert.False(TicketNumber.TryParse(text, out _));
}
