using Mingzhang.Domain.Accounts;
using Mingzhang.Services.Tickets;
using Mingzhang.Services.Tickets.Files;

namespace Mingzhang.Web.Tickets;

/// <summary>Files of tickets over HTTP: taken from a form, given back only as downloads.</summary>
internal static class TicketUploads
{
    /// <summary>The form's field.</summary>
    public const string Field = "file";

    /// <summary>Takes the file of a form; null when it was taken, else why not.</summary>
    public static async Task<Refusal?> TakeAsync(TicketFileDesk files, Ticket ticket, string by, IFormCollection form, string key)
    {
        if (form.Files.GetFile(Field) is not { Length: > 0 } sent)
        {
            return new Domain.Tickets.FileNotAccepted();
        }

        if (sent.Length > FileTypes.Largest)
        {
            return new Domain.Tickets.FileTooLarge(FileTypes.Largest / 1024 / 1024);
        }

        using var content = new MemoryStream();
        await sent.CopyToAsync(content);
        return (await files.AddAsync(ticket, by, sent.FileName, content.ToArray(), key)).Refusal;
    }

    /// <summary>A file as a download: attachment, its own type, never sniffed and never run.</summary>
    public static IResult Give(TicketFileDesk files, Ticket ticket, int number, HttpContext http)
    {
        if (files.Find(ticket, number) is not { } found)
        {
            return Results.NotFound();
        }

        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.File(found.Content, found.File.Type, found.File.Name ?? "file");
    }
}
