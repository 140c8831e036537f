using Mingzhang.Engine.Tests;
using Mingzhang.Services.Help;
using Mingzhang.Services.Notifications;
using Mingzhang.Services.Reading;

namespace Mingzhang.Notices;

public sealed class HelpTests
{
    /// <summary>What people type, and the article that has to come first.</summary>
    private static readonly (string Query, string First)[] Everyday =
    [
        ("还清了为什么用不了", "cannot-use"), ("还清了怎么还是不能用啊", "cannot-use"), ("我都还完了为啥还用不了", "cannot-use"),
        ("付不了款", "cannot-use"), ("关不掉", "close"), ("为什么关不上", "close"), ("怎么注消", "close"), ("我想销户", "close"),
        ("多扣钱", "interest"), ("怎么多收我钱了", "interest"), ("利西怎么算的", "interest"), ("年化是多少", "interest"),
        ("扣了两次", "double-charge"), ("扣俩次", "double-charge"), ("重复扣款了怎么办", "double-charge"), ("多还了", "double-charge"),
        ("额度没恢复", "limit-not-back"), ("还了款额度没回来", "limit-not-back"), ("额度恢覆", "limit-not-back"),
        ("额度变少了", "limit-changed"), ("为什么给我降额", "limit-changed"), ("怎么提额", "limit"), ("可用额度怎么算", "limit"),
        ("什么时候还款", "billing-day"), ("想改还款日", "billing-day"), ("hkr", "billing-day"), ("帐单什么时候出", "billing-day"),
        ("最低还款", "minimum-payment"), ("只还最低行吗", "minimum-payment"), ("zdhk", "minimum-payment"), ("逾期了", "overdue"),
        ("愈期会怎样", "overdue"), ("忘记还款了", "overdue"), ("可以分其吗", "instalments"), ("分期手续费", "instalments"),
        ("提前还清", "early-settlement"), ("提前还款要手续费吗", "early-settlement"), ("tqhk", "early-settlement"),
        ("被冻结了", "frozen"), ("这家店不能用", "merchant"), ("还不起了", "hardship"), ("没钱还怎么办", "hardship"),
        ("能不能延期", "hardship"), ("半夜打电话催我", "collection"), ("联系我家人", "collection"), ("会不会上征心", "bureau"),
        ("信用记录能消除吗", "bureau"), ("有人跟我要验证码", "fraud"), ("我被骗了", "fraud"), ("不是我花的", "not-mine"),
        ("盗刷", "not-mine"), ("有没有年费", "fees"), ("还款失败", "payment-failed"), ("钱扣了没到账", "payment-failed"),
        ("关闭自动扣款", "auto-repay"), ("换银行卡", "bank-card"), ("退款没到账", "refund"), ("推款去哪了", "refund"),
        ("我要投诉", "dispute"), ("账单变了", "correction"), ("忘记密码", "log-in"), ("换手机了登录不上", "log-in"),
        ("删除我的信息", "privacy"), ("短信太多了", "notifications"), ("不想收短信", "notifications"), ("进度管理", "close-progress"),
        ("暂停一段时间", "pause"), ("花呗是什么", "pay-later"), ("借呗", "cash-loan"), ("备用金", "reserve"), ("看不懂", "explain"),
        ("why can't I use it after I repaid", "cannot-use"), ("paid off but still blocked", "cannot-use"),
        ("payment declined", "cannot-use"),
        ("I cant close my account", "close"), ("how do I delete my account", "close"), ("charged too much", "interest"),
        ("intrest rate", "interest"), ("charged twice", "double-charge"), ("duplicate payments", "double-charge"),
        ("limit not restored", "limit-not-back"), ("why was my limit reduced", "limit-changed"), ("raise my limit", "limit"),
        ("when is my bill due", "billing-day"), ("minimum paymnet", "minimum-payment"), ("I forgot to pay", "overdue"),
        ("late fees", "overdue"), ("installments", "instalments"), ("pay off loan early", "early-settlement"),
        ("account frozen", "frozen"), ("I cannot pay, lost my job", "hardship"), ("does it affect my credit score", "bureau"),
        ("someone asked for my code", "fraud"), ("where is my refund", "refund"), ("turn off autopay", "auto-repay"),
        ("forgot password", "log-in"), ("too many messages", "notifications"), ("I want to complain", "dispute"),
        ("annual fee", "fees"), ("delete my data", "privacy"),
    ];

    [Fact]
    public void Everyday_words_find_their_article_first()
    {
        Assert.True(Everyday.Length >= 60);
        Assert.Empty(Missed(HelpBook.Shipped));
    }

    [Fact]
    public void A_planted_table_of_same_words_and_a_lost_article_are_caught()
    {
        var text = HelpBook.ShippedFile();
        Assert.NotEmpty(Missed(HelpBook.Read(text.Replace("\"扣俩次\": \"扣了两次\"", "\"扣俩次\": \"退款\"", StringComparison.Ordinal))));
        Assert.NotEmpty(Missed(HelpBook.Read(text.Replace("\"tqhk\"", "\"tqhx\"", StringComparison.Ordinal))));
        Assert.NotEmpty(Missed(HelpBook.Read(text.Replace("\"id\": \"fraud\"", "\"id\": \"safety\"", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("zzzz qqqq")]
    [InlineData("魑魅魍魉")]
    [InlineData("")]
    [InlineData("'; -- xqzv")]
    public void Nonsense_finds_nothing(string query) => Assert.Empty(new HelpIndex(HelpBook.Shipped).Find(query, 8));

    [Fact]
    public void Every_figure_of_every_article_comes_from_the_shipped_products()
    {
        foreach (var chinese in (bool[])[true, false])
        {
            var figures = HelpFigures.Of(
                ProductFolder.Read(Folder()), new DateOnly(2026, 7, 5), NoticeBook.Shipped, ContactRules.Shipped, chinese);
            foreach (var text in HelpBook.Shipped.Articles.Select(article => article.In(chinese)))
            {
                Assert.All(text.Body.Append(text.Title), one => Assert.NotNull(HelpBook.Fill(one, figures)));
            }

            Assert.Equal("0.45", figures["pay-later:example-day"]);
            Assert.Equal("13.50", figures["pay-later:example-month"]);
            Assert.Equal("1.25", figures["pay-later:example-overdue"]);
            Assert.Equal("88.00", figures["pay-later:example-plan"]);
            Assert.Equal("18.25%", figures["pay-later:annual"]);
        }
    }

    [Fact]
    public void An_article_about_a_product_that_is_not_sold_here_is_not_shown() => Assert.Null(HelpBook.Fill(
        "{cash-loan:name}", HelpFigures.Of(Sample.Book, Sample.Start, NoticeBook.Shipped, ContactRules.Shipped, chinese: true)));

    [Theory]
    [InlineData("\"group\": \"bureau\", \"links\"", "\"group\": \"bur\", \"links\"", "there is no group bur")]
    [InlineData("\"links\": [\"/app/pay\", \"/app/help\"]", "\"links\": [\"/app/pay\", \"/app/x\"]", "/app/x has no name")]
    [InlineData("{pay-later:example-plan} yuan", "88.00 yuan", "name other figures")]
    public void A_broken_file_is_an_error(string good, string bad, string fault)
    {
        Assert.Contains(good, HelpBook.ShippedFile(), StringComparison.Ordinal);
        var thrown = Assert.Throws<InvalidOperationException>(() => HelpBook.Read(
            HelpBook.ShippedFile().Replace(good, bad, StringComparison.Ordinal)));
        Assert.Contains(fault, thrown.Message, StringComparison.Ordinal);
    }

    private static List<string> Missed(HelpBook book)
    {
        var index = new HelpIndex(book);
        return
        [
            .. Everyday.Select(one => (one.Query, one.First, Found: index.Find(one.Query, 3)))
                .Where(one => one.Found.Count == 0 || one.Found[0].Article.Id != one.First)
                .Select(one => $"{one.Query}: {one.First}, found "
                    + string.Join(' ', one.Found.Select(hit => $"{hit.Article.Id}={hit.Score}"))),
        ];
    }

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Mingzhang.slnx")))
        {
            folder = folder.Parent!;
        }

        return Path.Combine(folder.FullName, "products");
    }
}
