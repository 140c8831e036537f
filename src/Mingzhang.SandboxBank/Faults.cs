using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Mingzhang.SandboxBank;

/// <summary>What goes wrong, each out of a thousand; which transfers it hits follows from the seed and the transfer's id.</summary>
public sealed record Faults
{
    /// <summary>Nothing goes wrong.</summary>
    public static Faults None { get; } = new();

    /// <summary>Everything goes wrong now and then.</summary>
    public static Faults All { get; } = new()
    {
        LostOrders = 60, LostAnswers = 60, Slow = 30, Pending = 120, FailsLater = 250, NoticesTwice = 200, NoticesLate = 200,
        NoticesNever = 80, Returned = 40, Busy = 40, LinesMissing = 10, LinesWrong = 10, LinesTwice = 10, LinesInvented = 10,
    };

    /// <summary>What decides who is hit.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The order never arrives; the caller waits for nothing.</summary>
    public int LostOrders { get; init; }

    /// <summary>It is done, and the answer is lost.</summary>
    public int LostAnswers { get; init; }

    /// <summary>The answer comes after <see cref="SlowFor"/>.</summary>
    public int Slow { get; init; }

    /// <summary>How long a slow answer takes, milliseconds.</summary>
    public int SlowFor { get; init; } = 1500;

    /// <summary>It is taken and decided later.</summary>
    public int Pending { get; init; }

    /// <summary>Of those: how many fail in the end.</summary>
    public int FailsLater { get; init; }

    /// <summary>How long a pending one takes, milliseconds.</summary>
    public int PendingFor { get; init; } = 1200;

    /// <summary>Notices that are sent two times.</summary>
    public int NoticesTwice { get; init; }

    /// <summary>Notices that come when others have overtaken them.</summary>
    public int NoticesLate { get; init; }

    /// <summary>Notices that are never sent.</summary>
    public int NoticesNever { get; init; }

    /// <summary>Debits that are taken back one to three days later.</summary>
    public int Returned { get; init; }

    /// <summary>Requests answered with 503.</summary>
    public int Busy { get; init; }

    /// <summary>Settlement lines that are missing.</summary>
    public int LinesMissing { get; init; }

    /// <summary>Settlement lines with another amount.</summary>
    public int LinesWrong { get; init; }

    /// <summary>Settlement lines that stand there two times.</summary>
    public int LinesTwice { get; init; }

    /// <summary>Settlement lines of transfers that never were.</summary>
    public int LinesInvented { get; init; }

    /// <summary>Whether a fault hits: the same answer for the same seed, fault, id and turn.</summary>
    /// <param name="rate">Out of a thousand.</param>
    /// <param name="fault">Its name.</param>
    /// <param name="id">The transfer.</param>
    /// <param name="turn">Which request about it: what is tried again may have more luck.</param>
    public bool Hits(int rate, string fault, string id, int turn = 0) => rate > 0 && Draw(fault, id, turn) % 1000 < (uint)rate;

    /// <summary>A number that follows from seed, fault, id and turn.</summary>
    public uint Draw(string fault, string id, int turn = 0) => BinaryPrimitives.ReadUInt32BigEndian(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Seed}|{fault}|{id}|{turn}"))));
}
