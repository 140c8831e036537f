using System.Text;
using Mingzhang.Domain.Progress;
using Mingzhang.Services.Progress.Import;
using Mingzhang.Services.Progress.Spend;

namespace Mingzhang.Progress;

/// <summary>Bill files of payment apps and bank messages, in the variants people have.</summary>
public sealed class ImportTests
{
    private const string Alipay = """"
        ------------------------支付宝（模拟样例）------------------------
        导出信息：
        姓名：测试
        共6笔记录
        ------------------------电子客户回单------------------------
        交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号,备注,
        2026-06-20 12:31:05,餐饮美食,外婆家餐厅,/,午餐,支出,128.00,某银行储蓄卡(1234),交易成功,2026062001⇥,T1⇥,,
        2026-06-21 09:00:00,日用百货,"永辉,超市",/,"酸奶 ""大""",支出,"1,020.50",花呗,交易成功,2026062101⇥,T2⇥,,
        2026-06-22 10:00:00,日用百货,某旗舰店,/,鞋,支出,300.00,余额宝,交易关闭,2026062201⇥,T3⇥,,
        2026-06-22 11:00:00,退款,某旗舰店,/,退款-鞋,不计收支,300.00,余额宝,退款成功,2026062201_T3⇥,T3⇥,,
        2026-06-23 11:00:00,退款,外婆家餐厅,/,退款-午餐,不计收支,28.00,某银行储蓄卡(1234),退款成功,2026062001_T1⇥,T1⇥,,
        2026-06-24 08:00:00,信用借还,花呗,/,花呗主动还款,不计收支,500.00,余额宝,还款成功,2026062401⇥,T4⇥,,
        """";

    private const string Wechat = """
        微信支付账单明细（模拟样例）,,,,,,,,
        起始时间：[2026-06-01 00:00:00] 终止时间：[2026-06-30 23:59:59],,,,,,,,
        ,,,,,,,,
        ----------------------微信支付账单明细列表--------------------,,,,,,,,
        交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注
        2026-06-20 18:20:00,商户消费,滴滴出行,"打车",支出,¥23.80,零钱,支付成功,"1000001⇥","2000001⇥","/"
        2026-06-21 18:20:00,转账,朋友,"转账备注",收入,¥100.00,/,已存入零钱,"1000002⇥","2000002⇥","/"
        2026-06-22 18:20:00,滴滴出行-退款,滴滴出行,"打车",收入,¥3.80,零钱,已全额退款,"1000003⇥","2000003⇥","/"
        """;

    static ImportTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static TheoryData<string, string> Encodings => new()
    {
        { "utf-8", "\n" }, { "utf-8-bom", "\r\n" }, { "GB18030", "\r\n" }, { "GB18030", "\n" },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void An_alipay_bill_is_read_in_either_encoding(string encoding, string newline)
    {
        var read = BillFile.Read(Bytes(Alipay, encoding, newline));
        Assert.Null(read.Refusal);
        // Spent 128.00 and 1,020.50, 28.00 back; an order called off with its refund and a repayment are no spending.
        Assert.Equal([128_00L, 1_020_50, -28_00], read.Lines.Select(one => one.Amount));
        Assert.Equal(3, read.Others);
        Assert.Equal(("永辉,超市", "酸奶 \"大\"", "花呗"), (read.Lines[1].Merchant, read.Lines[1].What, read.Lines[1].Method));
        Assert.All(read.Lines, one => Assert.Equal("alipay", one.Source));
        Assert.Equal("2026062001", read.Lines[0].Reference);
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void A_wechat_bill_is_read_in_either_encoding(string encoding, string newline)
    {
        var read = BillFile.Read(Bytes(Wechat, encoding, newline));
        Assert.Null(read.Refusal);
        Assert.Equal([23_80L, -3_80], read.Lines.Select(one => one.Amount));
        Assert.Equal(1, read.Others);
        Assert.All(read.Lines, one => Assert.Equal(("wechat", "滴滴出行"), (one.Source, one.Merchant)));
    }

    [Fact]
    public void The_older_layout_and_another_order_of_columns_are_read_by_their_names()
    {
        const string Old = """
            支付宝交易记录明细查询
            交易号,商家订单号,交易创建时间,付款时间,最近修改时间,交易来源地,类型,交易对方,商品名称,金额（元）,收/支,交易状态,服务费（元）,成功退款（元）,备注,资金状态
            20260620,T,2026-06-20 12:31:05,2026-06-20 12:31:06,2026-06-20 12:31:06,其他,即时到账交易,天猫超市,牛奶,56.00,支出,交易成功,0.00,0.00,,已支出
            """;
        var line = Assert.Single(BillFile.Read(Bytes(Old, "GB18030", "\r\n")).Lines);
        Assert.Equal((56_00L, "天猫超市", "牛奶", "20260620"), (line.Amount, line.Merchant, line.What, line.Reference));
        const string Turned = """
            收/支,金额(元),交易对方,交易时间
            支出,￥1.5,便利店,2026/6/2 8:05
            """;
        Assert.Equal(new DateOnly(2026, 6, 2), Assert.Single(BillFile.Read(Bytes(Turned, "utf-8", "\n")).Lines).On);
    }

    [Theory]
    [InlineData("", "空文件")]
    [InlineData("PK\u0003\u0004", "压缩包")]
    [InlineData("日期,金额\n2026-06-01,3", "表头")]
    [InlineData("交易时间,交易对方,收/支,金额\n昨天,甲,支出,3.00", "第 2 行")]
    [InlineData("交易时间,交易对方,收/支,金额\n2026-06-01 10:00:00,甲,支出,三元", "第 2 行")]
    [InlineData("交易时间,交易对方,收/支,金额\n2026-06-01 10:00:00,甲,支出,3.005", "第 2 行")]
    [InlineData("交易时间,交易对方,收/支,金额\n2026-06-01 10:00:00,甲,支出,-3.00", "第 2 行")]
    public void What_is_no_bill_is_refused_with_the_place_and_nothing_is_read(string text, string why)
    {
        var read = BillFile.Read(Encoding.UTF8.GetBytes(text));
        Assert.Contains(why, Assert.IsType<ImportUnreadable>(read.Refusal).Why);
        Assert.Empty(read.Lines);
    }

    [Fact]
    public void Every_pattern_of_every_bank_reads_its_own_sample_and_only_its_own()
    {
        var book = SmsBook.Shipped;
        Assert.Equal(6, book.Banks.Count);
        foreach (var bank in book.Banks)
        {
            Assert.Equal(bank.Patterns.Count, bank.Samples.Count);
            foreach (var (pattern, sample) in bank.Patterns.Zip(bank.Samples))
            {
                var read = book.Read(sample, new DateOnly(2026, 7, 5));
                Assert.True(read.Refusal is null && read.Unknown.Count == 0, sample);
                Assert.Equal(pattern.Says == "other" ? 0 : 1, read.Lines.Count);
                Assert.All(read.Lines, line => Assert.Equal(
                    ("sms-" + bank.Code, pattern.Says == "spend", true), (line.Source, line.Amount > 0, line.Merchant.Length > 0)));
            }
        }
    }

    [Fact]
    public void Messages_take_the_latest_year_and_what_is_not_understood_is_listed()
    {
        const string Text = """
            您尾号1234卡12月30日12:30网上支付(消费财付通-盒马鲜生)86.50元，余额1,203.44元。【工商银行】
            【某银行】您消费了 100 元
            随便写的话
            """;
        var read = SmsBook.Shipped.Read(Text, new DateOnly(2026, 7, 5));
        var line = Assert.Single(read.Lines);
        Assert.Equal((new DateOnly(2025, 12, 30), 86_50L, "财付通-盒马鲜生"), (line.On, line.Amount, line.Merchant));
        Assert.Equal(2, read.Unknown.Count);
        Assert.IsType<SmsNotUnderstood>(SmsBook.Shipped.Read("随便写的话", new DateOnly(2026, 7, 5)).Refusal);
    }

    [Fact]
    public void A_purchase_of_the_account_does_not_count_twice()
    {
        ImportedLine Line(string merchant, long fen, string method, int day) =>
            new(new DateOnly(2026, 6, day), merchant, "", fen, method, "", "alipay");
        SpendLine Own(string merchant, long fen, int day) =>
            new() { Merchant = merchant, Amount = fen, On = new DateOnly(2026, 6, day), PurchaseId = merchant + fen };
        var matched = ImportDesk.Matched(
            [Line("天猫超市旗舰店", 100_00, "花呗", 3), Line("天猫超市", 100_00, "银行卡", 3), Line("别家", 50_00, "花呗", 9), Line("别家", 50_00, "银行卡", 9)],
            [Own("天猫超市", 100_00, 2), Own("某店", 50_00, 9)]);
        Assert.Equal(["天猫超市10000", "", "某店5000", ""], matched.Select(one => one.SameAs));
        Assert.Equal(150_00, ImportDesk.Elsewhere(matched));
    }

    private static byte[] Bytes(string text, string encoding, string newline)
    {
        var lines = text.Replace('⇥', '\t').ReplaceLineEndings(newline); // the files have tabs behind their numbers
        return encoding == "utf-8-bom" ? [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(lines)]
            : Encoding.GetEncoding(encoding).GetBytes(lines);
    }
}
