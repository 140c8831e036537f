using System.Globalization;
using System.Text.Json;
using Mingzhang.Services.People;

namespace Mingzhang.Cli.Parity.Families;

/// <summary>Bank cards: check digit first, then the issuer by the longest first digits of the right length.</summary>
/// <remarks>Format: <c>cases</c> of <c>card</c>, <c>bank</c>, <c>name</c>, <c>type</c>, <c>luhn_ok</c>; optional <c>peer_cases</c>
/// with issuers of their own and cases of <c>card</c>, <c>expected_bin</c>, <c>length</c>; or a table <c>bin,bank,type,length</c> or
/// <c>bank,name</c>.</remarks>
internal sealed class Cards : IParityFamily
{
    private const string BinHeader = "bin,bank,type,length";
    private const string NameHeader = "bank,name";

    public string Name => "cards";

    public IReadOnlyList<ParityCase> Read(ParityFile file)
    {
        if (CaseTable.Is(file, BinHeader))
        {
            return [.. CaseTable.Rows(file).Select(row => new ParityCase($"{row[0]} {row[3]}", () => Bin(row)))];
        }

        if (CaseTable.Is(file, NameHeader))
        {
            return [.. CaseTable.Rows(file).Select(row => new ParityCase(row[0], () =>
                new Comparison().Same("name", row[1], CardIssuers.NameOf(row[0])).Outcome))];
        }

        var root = file.Json();
        var peers = root.Kind == JsonValueKind.Object ? root.Find("peer_cases") : null;
        return [.. CaseList.Of(root).Select(Case), .. peers is null ? [] : PeerCases(peers)];
    }

    private static ParityCase Case(ParityNode node)
    {
        var (card, isLuhn) = (node.Get("card").Text(), node.Get("luhn_ok").Flag());
        var (bank, name, type) = (node.Find("bank")?.Text(), node.Find("name")?.Text(), node.Find("type")?.Text());
        return new ParityCase($"{node.Place} {card}", () =>
        {
            var read = BankCardNumber.Read(card) as BankCardRead;
            var comparison = new Comparison().Same("check digit", isLuhn, read is not null);
            var issuer = read?.Card.Issuer;
            return read is null ? comparison.Outcome : comparison
                .Same("bank", bank, issuer?.Bank)
                .Same("name", name, issuer is null ? null : CardIssuers.NameOf(issuer.Bank))
                .Same("type", type, issuer is null ? null : Code(issuer.Kind)).Outcome;
        });
    }

    private static IEnumerable<ParityCase> PeerCases(ParityNode peers)
    {
        var rows = peers.Get("bins_used_by_the_peer_test").Items().Select(Issuer).ToList();
        var issuers = new Lazy<CardIssuers>(() => new CardIssuers(rows));
        return peers.Get("cases").Items().Select(node =>
        {
            var (card, bin, length) = (node.Get("card").Text(), node.Find("expected_bin")?.Text(), node.Find("length")?.Whole());
            return new ParityCase($"{node.Place} {card}", () => new Comparison()
                .Same("bin", bin, issuers.Value.Find(card)?.Bin).Same("length", length, issuers.Value.Find(card)?.CardLength).Outcome);
        });
    }

    private static CardIssuer Issuer(ParityNode row) => row.Items() is [var bin, var bank, var type, var length]
        && type.Text() is ("DC" or "CC" or "SCC" or "PC")
        ? new CardIssuer(bin.Text(), bank.Text(), CardIssuers.KindOf(type.Text()), (int)Math.Clamp(length.Whole(), 0, 99))
        : throw row.Bad(("is not bin, bank, type and length", "Write four values in a list."), ("应为 bin、bank、type 和 length 四项", "请改正。"));

    private static ParityOutcome Bin(string[] row)
    {
        var isLength = int.TryParse(row[3], CultureInfo.InvariantCulture, out var length) && length is > 0 and < 100;
        var issuer = isLength ? CardIssuers.Shipped.Find(row[0].PadRight(length, '0')) : null;
        var known = CardIssuers.Shipped.All.FirstOrDefault(one => one.Bin == row[0] && one.CardLength == length);
        return new Comparison()
            .Same("bank and type", $"{row[1]} {row[2]}", known is null ? null : $"{known.Bank} {Code(known.Kind)}")
            .Same("an issuer for such a card", true, issuer is not null).Outcome;
    }

    private static string Code(CardKind kind) => kind switch
    {
        CardKind.Debit => "DC",
        CardKind.Credit => "CC",
        CardKind.SemiCredit => "SCC",
        CardKind.Prepaid => "PC",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
