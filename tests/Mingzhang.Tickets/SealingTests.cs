using System.Text;
using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Services.People;
using Mingzhang.Services.Tickets;
using Mingzhang.Services.Tickets.Files;

namespace Mingzhang.Tickets;

public sealed class SealingTests
{
    private const string Said = "CANARY-SAID-7431";
    private const string Name = "CANARY-NAME-7431";

    [Fact]
    public async Task What_a_person_says_and_sends_is_sealed_and_goes_with_their_key()
    {
        using var house = new TicketHouse();
        await house.People.AddAsync(new Person(1, "Li", "19900000001"));
        var files = new TicketFileDesk(house.House, house.Desk, house.Texts);
        var ticket = await house.OpenAsync(text: Said);
        byte[] pdf = [.. "%PDF-1.7 CANARY-FILE-7431 %%EOF"u8];
        await files.AddAsync(ticket, "customer:1", Name + ".pdf", pdf, "k1");
        await house.Desk.SpeakAsync(ticket.Number, "staff:li", StaffWord.Answer, Said + " indeed", "k2");
        Assert.Equal([Said, "", Said + " indeed"], house.Desk.Steps(ticket).Select(step => step.Text));
        Assert.Equal(pdf, files.Find(ticket, 1)!.Value.Content);
        Assert.DoesNotContain("CANARY", OnDisk(house), StringComparison.Ordinal);

        await house.House.WriteAsync((connection, transaction) => connection.Execute(
            "DELETE FROM person WHERE partition_id = 1 AND customer_id = 1", null, transaction));
        Assert.Equal([null, "", null], house.Desk.Steps(ticket).Select(step => step.Text));
        Assert.Null(files.Find(ticket, 1));
        Assert.Null(Assert.Single(files.Of(ticket)).Name);
        Assert.Equal(["opened", "file", "answered"], house.Steps(ticket));
        Assert.Single(house.Desk.Of(new CustomerId(1)));

        // Whoever is known under the number later has another key, which opens nothing of before.
        await house.People.AddAsync(new Person(1, "Li", "19900000001"));
        Assert.Equal([null, "", null], house.Desk.Steps(ticket).Select(step => step.Text));
    }

    [Fact]
    public async Task The_look_for_canaries_finds_what_is_not_sealed()
    {
        using var house = new TicketHouse();
        var ticket = await house.OpenAsync(text: Said);
        Assert.Equal(Said, house.Desk.Steps(ticket).Single().Text);
        Assert.Contains(Said, OnDisk(house), StringComparison.Ordinal);
    }

    private static string OnDisk(TicketHouse house)
    {
        var text = new StringBuilder();
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(house.File)!, "house.db*").Where(path => !path.EndsWith(".lock")))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            text.Append(Encoding.Latin1.GetString(bytes.ToArray()));
        }

        return text.ToString();
    }
}
