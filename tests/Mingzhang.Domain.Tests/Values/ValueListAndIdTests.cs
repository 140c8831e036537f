namespace Mingzhang.Domain.Tests.Values;

public sealed class ValueListAndIdTests
{
    [Fact]
    public void Lists_are_equal_by_their_elements_and_default_is_empty()
    {
        ValueList<int> list = [1, 2, 3];
        Assert.Equal([1, 2, 3], list);
        Assert.True(list == ValueList<int>.Empty.Add(1).Add(2).Add(3));
        Assert.Equal(list.GetHashCode(), ValueList.From([1, 2, 3]).GetHashCode());
        Assert.True(default(ValueList<int>) == []);
        Assert.Empty(default(ValueList<int>));
        Assert.Throws<ArgumentOutOfRangeException>(() => default(ValueList<int>)[0]);
        Assert.Equal([2], list.Where(n => n == 2));
        Assert.Equal(["1", "2", "3"], list.Map(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        Assert.True(list.Any(n => n == 3));
        Assert.Equal(0, list.Find(n => n == 9));
    }

    [Fact]
    public void An_account_is_a_customer_and_a_product_slot_and_reads_back()
    {
        var id = AccountId.Of(new CustomerId(1_000_042), 1);
        Assert.Equal("1000042-01", id.ToString());
        Assert.True(AccountId.TryParse("1000042-01", out var read));
        Assert.Equal((id, new CustomerId(1_000_042), 1, 1_000_042 % 1024), (read, read.Customer, read.Slot, read.PartitionId));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1000042")]
    [InlineData("1000042-1")]
    [InlineData("1000042-64")]
    [InlineData("-1-01")]
    [InlineData("0-01")]
    [InlineData("99999999999999999999-01")]
    [InlineData("1000042-01 ")]
    public void Anything_else_is_no_account_number(string text) => Assert.False(AccountId.TryParse(text, out _));

    [Fact]
    public void Currencies_are_three_letters()
    {
        Assert.Equal("CNY", Currency.Cny.ToString());
        Assert.True(default(Currency).IsNone);
        Assert.Throws<FormatException>(() => Currency.Parse("yuan"));
    }
}
