using System.Globalization;

namespace Mingzhang.Domain.Values;

/// <summary>A customer of the house: a positive number given by the people store, without personal data.</summary>
public readonly record struct CustomerId(long Value)
{
    /// <summary>The largest number a customer may have, so that an account number fits beside it.</summary>
    public const long Largest = long.MaxValue / AccountId.SlotsPerCustomer / 2;

    /// <summary>The partition of all this customer's accounts, 0 to 1023: order, batching, day end and distribution go by it.</summary>
    public int PartitionId => (int)(Value % AccountId.Partitions);

    /// <summary>Decimal digits.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads decimal digits; false unless the number is in range.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out CustomerId id)
    {
        id = default;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value is <= 0 or > Largest)
        {
            return false;
        }

        id = new CustomerId(value);
        return true;
    }
}

/// <summary>One account: the customer and the slot of its product, so "one person, one account per product" holds by
/// construction.</summary>
/// <param name="Value">Customer number × 64 + product slot.</param>
public readonly record struct AccountId(long Value)
{
    /// <summary>Product slots a customer has.</summary>
    public const int SlotsPerCustomer = 64;

    /// <summary>The number of partitions, fixed for ever: moving accounts between partitions is not possible.</summary>
    public const int Partitions = 1024;

    /// <summary>The account of a customer in a product slot (0 to 63).</summary>
    public static AccountId Of(CustomerId customer, int slot)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(customer.Value, nameof(customer));
        ArgumentOutOfRangeException.ThrowIfNegative(slot);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(slot, SlotsPerCustomer);
        return new AccountId(checked((customer.Value * SlotsPerCustomer) + slot));
    }

    /// <summary>Whose account it is.</summary>
    public CustomerId Customer => new(Value / SlotsPerCustomer);

    /// <summary>Which product slot it fills.</summary>
    public int Slot => (int)(Value % SlotsPerCustomer);

    /// <summary>The partition, from the customer.</summary>
    public int PartitionId => Customer.PartitionId;

    /// <summary>The written form <c>customer-slot</c>, such as <c>1000042-01</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Value / SlotsPerCustomer}-{Value % SlotsPerCustomer:00}");

    /// <summary>Reads the written form; false otherwise.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out AccountId id)
    {
        id = default;
        var dash = text.IndexOf('-');
        if (dash < 1 || text.Length != dash + 3 || !CustomerId.TryParse(text[..dash], out var customer)
            || !int.TryParse(text[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var slot) || slot >= SlotsPerCustomer)
        {
            return false;
        }

        id = Of(customer, slot);
        return true;
    }
}
