namespace Mingzhang.Oracle;

/// <summary>Schedule arithmetic in exact fractions.</summary>
public static class Schedule
{
    public static BigInteger HalfUp(BigInteger numerator, BigInteger denominator) => ((2 * numerator) + denominator) / (2 * denominator);

    /// <summary>Due days one period after another, counted from the start.</summary>
    public static List<DateOnly> Dues(DateOnly start, OfferRule offer, int count) =>
        [.. Enumerable.Range(1, count).Select(k => offer.Months > 0 ? start.AddMonths(offer.Months * k) : start.AddDays(offer.Days * k))];

    /// <summary>Due days on a day of the month, the first at least 15 days after the start; short months have it on their last
    /// day.</summary>
    public static List<DateOnly> Shared(DateOnly start, int dayOfMonth, int count)
    {
        DateOnly first = start.AddDays(15);
        while (first.Day != Math.Min(dayOfMonth, DateTime.DaysInMonth(first.Year, first.Month)))
        {
            first = first.AddDays(1);
        }

        List<DateOnly> days = [];
        for (int k = 0; k < count; k++)
        {
            DateOnly month = new DateOnly(first.Year, first.Month, 1).AddMonths(k);
            days.Add(new DateOnly(month.Year, month.Month, Math.Min(dayOfMonth, DateTime.DaysInMonth(month.Year, month.Month))));
        }

        return days;
    }

    /// <summary>The principal of each row.</summary>
    public static List<BigInteger> Principals(char method, BigInteger principal, DateOnly start, List<DateOnly> dues, BigInteger ppm) =>
        method switch
        {
            'E' when ppm > 0 => Annuity(principal, start, dues, ppm),
            'I' or 'B' => [.. dues.Select((_, k) => k == dues.Count - 1 ? principal : 0)],
            _ => Parts(principal, dues.Count),
        };

    /// <summary>Equal parts, the remainder in the last: T7.</summary>
    public static List<BigInteger> Parts(BigInteger whole, int count) =>
        [.. Enumerable.Range(1, count).Select(k => k == count ? whole - ((whole / count) * (count - 1)) : whole / count)];

    /// <summary>The same payment every row: what the payments are worth at the daily price on the start is the principal.</summary>
    private static List<BigInteger> Annuity(BigInteger principal, DateOnly start, List<DateOnly> dues, BigInteger ppm)
    {
        // payment = principal / sum of 1/((1 + r d1) ... (1 + r dk)), with everything times 10^6 to stay whole.
        BigInteger million = 1_000_000;
        List<BigInteger> growth = [];
        DateOnly before = start;
        foreach (DateOnly due in dues)
        {
            growth.Add(million + (ppm * (due.DayNumber - before.DayNumber)));
            before = due;
        }

        BigInteger all = growth.Aggregate(BigInteger.One, (p, g) => p * g);
        BigInteger sum = 0;
        BigInteger product = 1;
        BigInteger scale = 1;
        foreach (BigInteger g in growth)
        {
            product *= g;
            scale *= million;
            sum += scale * (all / product);
        }

        BigInteger payment = HalfUp(principal * all, sum);
        List<BigInteger> rows = [];
        BigInteger left = principal;
        for (int k = 0; k < dues.Count; k++)
        {
            BigInteger interest = HalfUp(left * (growth[k] - million), million);
            BigInteger part = k == dues.Count - 1 ? left : BigInteger.Max(0, BigInteger.Min(left, payment - interest));
            rows.Add(part);
            left -= part;
        }

        return rows;
    }

    /// <summary>The simple rate of dated payments: 12 times the rate of a month where all days are whole months from the start, else 12
    /// times the twelfth root, less 1, of the dated flows' yearly rate.</summary>
    public static BigInteger YearlyPpm(BigInteger principal, DateOnly start, IReadOnlyList<(DateOnly On, BigInteger Amount)> payments)
    {
        int Months(DateOnly on) => ((on.Year - start.Year) * 12) + on.Month - start.Month;
        if (payments.All(p => start.AddMonths(Months(p.On)) == p.On))
        {
            BigInteger[] byMonth = new BigInteger[Months(payments[^1].On)];
            foreach ((DateOnly on, BigInteger amount) in payments)
            {
                byMonth[Months(on) - 1] += amount;
            }

            return Monthly(principal, byMonth);
        }

        double low = 0;
        double high = 1e9;
        for (int n = 0; n < 200; n++)
        {
            double rate = (low + high) / 2;
            double worth = payments.Sum(p => (double)p.Amount / Math.Pow(1 + rate, (p.On.DayNumber - start.DayNumber) / 365.0));
            (low, high) = worth > (double)principal ? (rate, high) : (low, rate);
        }

        return Ppm((Math.Pow(1 + low, 1 / 12.0) - 1) * 12);
    }

    /// <summary>The month's internal rate of return times 12, in ppm.</summary>
    private static BigInteger Monthly(BigInteger principal, BigInteger[] payments)
    {
        double low = 0;
        double high = 10;
        for (int n = 0; n < 64; n++) // 10 / 2^64: finer than a double
        {
            double rate = (low + high) / 2;
            double worth = 0;
            for (int k = payments.Length - 1; k >= 0; k--)
            {
                worth = (worth + (double)payments[k]) / (1 + rate);
            }

            (low, high) = worth > (double)principal ? (rate, high) : (low, rate);
        }

        return Ppm(low * 12);
    }

    private static BigInteger Ppm(double rate) => new(Math.Round(rate * 1_000_000, MidpointRounding.AwayFromZero));
}
