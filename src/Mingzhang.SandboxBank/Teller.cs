using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Mingzhang.Channel;

namespace Mingzhang.SandboxBank;

/// <summary>Decides transfers, each once, whatever comes how often in which order.</summary>
public sealed class Teller(BankBook book, TimeProvider time)
{
    private const string DayFact = "day";
    private const string FaultFact = "faults";
    private const string CardFact = "card-key";
    private const string OpenFact = "open-with";
    private const long UsuallyOpenedWith = 5_000_000;

    /// <summary>What goes wrong at present.</summary>
    public Faults Faults { get; private set; } = Read(book.Fact(FaultFact));

    /// <summary>What an account has that was never seen before, minor units; tokens that begin with <c>empty-</c> have nothing.</summary>
    private long OpenWith { get; set; } = long.Parse(book.Fact(OpenFact) ?? $"{UsuallyOpenedWith}", CultureInfo.InvariantCulture);

    private string Day => book.Fact(DayFact) ?? "";

    /// <summary>Sets what goes wrong from now on.</summary>
    public void Plan(Faults faults) => book.Do(b =>
    {
        b.Keep(FaultFact, JsonSerializer.Serialize(faults, HttpChannel.Json));
        return Faults = faults;
    });

    /// <summary>Takes an order, or says how the transfer of that id stands.</summary>
    public TransferAnswer Take(TransferOrder order) => book.Do(b =>
    {
        if (b.Find(order.Id) is { } known)
        {
            return known.Answer;
        }

        Advance(Iso(order.On));
        var movement = new Movement
        {
            Id = order.Id, Way = order.Way == TransferWay.Debit ? "debit" : "credit", Account = order.Account, Asked = order.AmountMinor,
            Currency = order.Currency, Status = "pending", Partly = order.Partly ? 1 : 0, NoticeTo = order.NoticeTo ?? "",
        };
        if (order.Mandate is { } mandate && !b.Covers(mandate, order.Account, order.AmountMinor))
        {
            movement = Told(movement with { Status = "failed", Reason = TransferReasons.NoMandate, MovedOn = Day });
            b.Put(movement);
            return movement.Answer;
        }

        movement = Faults.Hits(Faults.Pending, "pending", order.Id)
            ? movement with { DecideAt = Now() + Faults.PendingFor } : Decide(movement, later: false);
        b.Put(movement);
        return movement.Answer;
    });

    /// <summary>The token of a card, the same for the same card; null for what cannot be a card number. The number is not kept.</summary>
    public string? Tokenise(string number) => number.Length is < 12 or > 19 || number.AsSpan().ContainsAnyExceptInRange('0', '9') ? null
        : "card-" + Convert.ToHexStringLower(
            HMACSHA256.HashData(Convert.FromHexString(CardKey()), Encoding.ASCII.GetBytes(number)).AsSpan(0, 16));

    /// <summary>How a transfer stands.</summary>
    public TransferAnswer Query(string id) => book.Do(b => b.Find(id)?.Answer ?? Unknown(id));

    /// <summary>From now on the id is never done, unless it is already known.</summary>
    public TransferAnswer Void(string id) => book.Do(b =>
    {
        if (b.Find(id) is { } known)
        {
            return known.Answer;
        }

        var never = new Movement
        {
            Id = id, Way = "debit", Account = "", Currency = "CNY", Status = "failed", Reason = TransferReasons.NeverTaken,
        };
        b.Put(never);
        return never.Answer;
    });

    /// <summary>Decides what was pending and has waited enough; returns how many.</summary>
    public int DecidePending() => book.Do(b =>
    {
        var waiting = b.Undecided(Now());
        waiting.ForEach(movement => b.Put(Decide(movement, later: true)));
        return waiting.Count;
    });

    /// <summary>The settlement file of a day that is over for the bank; asking for it makes it over.</summary>
    public string Settle(DateOnly day) => book.Do(b =>
    {
        Advance(Iso(day.AddDays(1)));
        Return(Iso(day));
        return b.Settlement(Iso(day), () =>
        {
            var right = b.MovedOn(Iso(day)).ConvertAll(movement => Line(movement, Iso(day)));
            return SettlementFile.Write(new Settlement([.. right.SelectMany(Written)], SettlementTotals.Of(right)));
        });
    });

    private string CardKey() => book.Do(b =>
    {
        if (b.Fact(CardFact) is null)
        {
            b.Keep(CardFact, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
        }

        return b.Fact(CardFact)!;
    });

    private Movement Decide(Movement movement, bool later)
    {
        var balance = book.Balance(movement.Account, movement.Account.StartsWith("empty-", StringComparison.Ordinal) ? 0 : OpenWith);
        var takes = movement.Way == "credit" ? movement.Asked
            : movement.Asked <= balance ? movement.Asked : movement.Partly == 1 ? balance : 0;
        var reason = movement.Account.StartsWith("closed-", StringComparison.Ordinal) ? TransferReasons.AccountClosed
            : takes == 0 || (later && Faults.Hits(Faults.FailsLater, "fails-later", movement.Id)) ? TransferReasons.InsufficientFunds : "";
        if (reason.Length > 0)
        {
            return Told(movement with { Status = "failed", Reason = reason, MovedOn = Day, DecideAt = 0 });
        }

        book.Move(movement.Account, movement.Way == "credit" ? takes : -takes);
        var returns = movement.Way == "debit" && Faults.Hits(Faults.Returned, "returned", movement.Id);
        var back = 1 + (int)(Faults.Draw("returned-after", movement.Id) % 3);
        return Told(movement with
        {
            Status = "done", Amount = takes, MovedOn = Day, DecideAt = 0,
            Reference = string.Create(CultureInfo.InvariantCulture, $"SB{Faults.Draw("reference", movement.Id):X8}"),
            ReturnOn = returns ? Iso(DateOnly.Parse(Day, CultureInfo.InvariantCulture).AddDays(back)) : "",
        });
    }

    private void Return(string day)
    {
        foreach (var movement in book.ToReturn(day))
        {
            book.Move(movement.Account, movement.Amount);
            book.Put(Told(movement with { Status = "returned", Reason = TransferReasons.TakenBack }));
        }
    }

    /// <summary>Leaves the notices of a change: one, two, late or none.</summary>
    private Movement Told(Movement movement)
    {
        var what = movement.Id + movement.Status;
        if (movement.NoticeTo.Length > 0 && !Faults.Hits(Faults.NoticesNever, "notice-never", what))
        {
            var body = JsonSerializer.Serialize(movement.Answer, HttpChannel.Json);
            var late = Faults.Hits(Faults.NoticesLate, "notice-late", what) ? Faults.Draw("notice-by", what) % 3000 : 0;
            book.AddNotice(movement.Id, movement.NoticeTo, body, Now() + late);
            if (Faults.Hits(Faults.NoticesTwice, "notice-twice", what))
            {
                book.AddNotice(movement.Id, movement.NoticeTo, body, Now() + (Faults.Draw("notice-again", what) % 2000));
            }
        }

        return movement;
    }

    private static SettlementLine Line(Movement movement, string day) => new(
        movement.Id, movement.Reference, movement.Way == "debit" ? TransferWay.Debit : TransferWay.Credit, movement.Amount,
        movement.Currency, Returned: day != movement.MovedOn);

    /// <summary>What of a line gets into the file.</summary>
    private IEnumerable<SettlementLine> Written(SettlementLine line)
    {
        if (Faults.Hits(Faults.LinesInvented, "line-invented", line.Id))
        {
            yield return line with { Id = "X" + line.Reference };
        }

        if (Faults.Hits(Faults.LinesMissing, "line-missing", line.Id))
        {
            yield break;
        }

        yield return Faults.Hits(Faults.LinesWrong, "line-wrong", line.Id) ? line with { AmountMinor = line.AmountMinor + 1 } : line;
        if (Faults.Hits(Faults.LinesTwice, "line-twice", line.Id))
        {
            yield return line;
        }
    }

    private void Advance(string day)
    {
        if (string.CompareOrdinal(day, Day) > 0)
        {
            book.Keep(DayFact, day);
        }
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static TransferAnswer Unknown(string id) => new(id, TransferStatus.Missing, 0, "", "", default);

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Faults Read(string? kept) => kept is null ? Faults.None : JsonSerializer.Deserialize<Faults>(kept, HttpChannel.Json)!;
}
