using Dapper;
using Mingzhang.Engine;

namespace Mingzhang.Services.Payments;

/// <summary>How long the house's transfers of a kind took, from being asked for to being booked; milliseconds.</summary>
/// <param name="Purpose">What for.</param>
/// <param name="Count">How many ended well; the latest, at most <see cref="TransferTimes.Most"/>.</param>
/// <param name="MedianMs">Half of them took at most so long.</param>
/// <param name="MostMs">95 of 100 took at most so long.</param>
public sealed record TimesTaken(TransferPurpose Purpose, int Count, long MedianMs, long MostMs);

/// <summary>Measures how long repaying and paying out usually take (R109), from the steps of the transfers themselves.</summary>
public sealed class TransferTimes(CreditHouse house)
{
    /// <summary>Transfers looked at for each purpose.</summary>
    public const int Most = 1_000;

    private const string Took =
        "SELECT s.at - t.asked_at FROM transfer t JOIN transfer_step s ON s.partition_id = t.partition_id "
        + "AND s.transfer_id = t.transfer_id WHERE t.partition_id BETWEEN 0 AND 1023 AND t.purpose = @purpose AND s.step = 'done' "
        + "ORDER BY s.at DESC LIMIT @most";

    /// <summary>By purpose; a purpose that never ended well is left out.</summary>
    public IReadOnlyList<TimesTaken> Of()
    {
        using var connection = house.OpenReadOnly();
        return [.. Enum.GetValues<TransferPurpose>().Select(purpose => Of(
            purpose, [.. connection.Query<long>(Took, new { purpose = TransferWords.Of(purpose), most = Most }).Order()]))
            .Where(times => times.Count > 0)];
    }

    private static TimesTaken Of(TransferPurpose purpose, List<long> microseconds) => microseconds.Count == 0
        ? new TimesTaken(purpose, 0, 0, 0)
        : new TimesTaken(
            purpose, microseconds.Count, microseconds[(microseconds.Count - 1) / 2] / 1_000,
            microseconds[(microseconds.Count * 95 / 100) - (microseconds.Count * 95 % 100 == 0 ? 1 : 0)] / 1_000);
}
