using System.Text;
using Mingzhang.Domain.Tickets;
using Mingzhang.Services.Tickets;
using Mingzhang.Services.Tickets.Files;

namespace Mingzhang.Tickets;

public sealed class FileTests
{
    private static readonly byte[] Png =
    [
        0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3, 0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
    ];

    public static TheoryData<string, string?> Contents { get; } = new()
    {
        { Convert.ToHexString(Png), "image/png" },
        { "FFD8FFE000104A46494600FFD9", "image/jpeg" },
        { Convert.ToHexString("%PDF-1.7\n1 0 obj\n%%EOF\n"u8), "application/pdf" },
        { Convert.ToHexString("<html><script>alert(1)</script>"u8), null },
        { Convert.ToHexString("<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>"u8), null },
        { Convert.ToHexString("GIF89a"u8), null },
        { Convert.ToHexString("MZ"u8), null },
        { Convert.ToHexString("PK"u8), null },
        { Convert.ToHexString(Png[..12]), null },
        { Convert.ToHexString("%PDF-1.7 and then a script"u8), null },
        { "", null },
    };

    [Theory]
    [MemberData(nameof(Contents))]
    public void A_file_is_what_is_in_it(string hex, string? type) => Assert.Equal(type, FileTypes.Of(Convert.FromHexString(hex)));

    [Theory]
    [InlineData("../../etc/pass wd.exe", "application/pdf", "pass_wd.pdf")]
    [InlineData("C:\\temp\\凭证.png", "image/png", "凭证.png")]
    [InlineData(".htaccess", "image/png", "htaccess.png")]
    [InlineData("a\r\nSet-Cookie: x=1.png", "image/png", "a__Set-Cookie__x_1.png")]
    [InlineData("\"; filename=evil.html", "image/jpeg", "filename_evil.jpg")]
    [InlineData("con.jpg", "image/jpeg", "file-con.jpg")]
    [InlineData("", "image/jpeg", "file.jpg")]
    [InlineData(null, "image/jpeg", "file.jpg")]
    public void A_name_is_only_a_name(string? name, string type, string neutral) => Assert.Equal(neutral, FileTypes.Neutral(name, type));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_is_kept_once_given_back_byte_for_byte_and_bounded(bool server)
    {
        using var house = new TicketHouse(server);
        var desk = new TicketFileDesk(house.House, house.Desk, house.Texts);
        var ticket = await house.OpenAsync();
        var (file, refusal) = await desk.AddAsync(ticket, "customer:1", "receipt.png", Png, "k1");
        Assert.Null(refusal);
        Assert.Equal(("receipt.png", "image/png", 1), (file!.Name, file.Type, file.Number));
        Assert.Equal(1, (await desk.AddAsync(ticket, "customer:1", "again.png", Png, "k2")).File!.Number);
        Assert.Equal(Png, desk.Find(ticket, 1)!.Value.Content);
        Assert.Null(desk.Find(ticket, 2));
        Assert.Equal(["opened", "file"], house.Steps(ticket));
        Assert.IsType<FileNotAccepted>((await desk.AddAsync(ticket, "c", "a.png", Encoding.UTF8.GetBytes("<html>"), "k3")).Refusal);
        var large = Png[..8].Concat(new byte[FileTypes.Largest]).Concat(Png[^8..]).ToArray();
        Assert.IsType<FileTooLarge>((await desk.AddAsync(ticket, "c", "a.png", large, "k4")).Refusal);
        for (byte n = 2; n <= FileTypes.MostFiles; n++)
        {
            Assert.Null((await desk.AddAsync(ticket, "c", "a.png", [.. Png[..8], n, .. Png[^8..]], "f" + n)).Refusal);
        }

        Assert.IsType<TooManyFiles>((await desk.AddAsync(ticket, "c", "a.png", [.. Png[..8], 99, .. Png[^8..]], "k5")).Refusal);
    }
}
