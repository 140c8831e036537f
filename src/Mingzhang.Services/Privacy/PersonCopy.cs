using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Mingzhang.Domain.Values;

namespace Mingzhang.Services.Privacy;

/// <summary>Texts of a copy, in the language of who asks.</summary>
/// <param name="Language">Such as <c>en</c>.</param>
/// <param name="Of">A text by its key.</param>
public sealed record CopyWords(string Language, Func<string, string> Of);

/// <summary>
/// A copy of everything held about a person (个人信息保护法 art. 45): JSON for machines, <c>index.html</c> for people, and
/// <c>manifest.json</c> with the SHA-256 of every file.
/// </summary>
public sealed class PersonCopy(IEnumerable<IPersonPart> parts, HoldingDesk holdings, TimeProvider time)
{
    /// <summary>The form of the copy; it changes when files change their meaning.</summary>
    public const string Format = "mingzhang-person-1";

    /// <summary>Writes it; a ZIP archive.</summary>
    public async Task<byte[]> WriteAsync(CustomerId customer, CopyWords words)
    {
        var held = await holdings.OfAsync(customer);
        List<(string Code, CopyFile File)> files = [.. parts.SelectMany(part => part.Of(customer).Select(file => (part.Code, file)))];
        var holdingFile = CopyJson.List("holdings.json", held);
        files.AddRange(holdingFile.Select(file => ("holdings", file)));
        var manifest = JsonSerializer.SerializeToUtf8Bytes(new
        {
            format = Format, customer = customer.ToString(), writtenAt = Moment(),
            files = files.Select(one => new
            {
                name = one.File.Name, part = one.Code, entries = one.File.Count, bytes = one.File.Content.Length,
                sha256 = Convert.ToHexStringLower(SHA256.HashData(one.File.Content)),
            }),
        });
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            await AddAsync(zip, "index.html", Encoding.UTF8.GetBytes(Index(files, held, words)));
            await AddAsync(zip, "manifest.json", manifest);
            foreach (var (_, file) in files)
            {
                await AddAsync(zip, file.Name, file.Content);
            }
        }

        return stream.ToArray();
    }

    private static async Task AddAsync(ZipArchive zip, string name, byte[] content)
    {
        await using var entry = await zip.CreateEntry(name, CompressionLevel.Optimal).OpenAsync();
        await entry.WriteAsync(content);
    }

    private string Moment() => time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private string Index(List<(string Code, CopyFile File)> files, IReadOnlyList<Holding> held, CopyWords words)
    {
        var html = new StringBuilder(4096);
        html.Append("<!DOCTYPE html><html lang=\"").Append(words.Language).Append("\"><head><meta charset=\"utf-8\"><title>")
            .Append(Text(words, "privacy.copy-title")).Append("</title></head><body><main><h1>").Append(Text(words, "privacy.copy-title"))
            .Append("</h1><p>").Append(Text(words, "privacy.copy-written")).Append(' ').Append(Moment()).Append("</p><h2>")
            .Append(Text(words, "privacy.copy-files")).Append("</h2><ul>");
        foreach (var (code, file) in files)
        {
            html.Append("<li><a href=\"").Append(WebUtility.HtmlEncode(file.Name)).Append("\">").Append(WebUtility.HtmlEncode(file.Name))
                .Append("</a> · ").Append(Text(words, "held." + code)).Append(" · ")
                .Append(file.Count.ToString(CultureInfo.InvariantCulture)).Append("</li>");
        }

        html.Append("</ul><h2>").Append(Text(words, "privacy.held")).Append("</h2><table border=\"1\"><tbody>");
        foreach (var one in held)
        {
            html.Append("<tr><th>").Append(Text(words, "held." + one.Code)).Append(' ').Append(WebUtility.HtmlEncode(one.About))
                .Append("</th><td>").Append(one.Count.ToString(CultureInfo.InvariantCulture)).Append("</td><td>")
                .Append(Text(words, "held-clock." + one.Clock)).Append("</td><td>").Append(Text(words, "held-state." + one.State))
                .Append(' ').Append(one.Until is { } until ? until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "")
                .Append("</td></tr>");
        }

        return html.Append("</tbody></table></main></body></html>").ToString();
    }

    private static string Text(CopyWords words, string key) => WebUtility.HtmlEncode(words.Of(key));
}
