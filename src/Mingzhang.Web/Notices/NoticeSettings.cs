using System.Net.Mail;
using Mingzhang.Services.Notifications;
using Mingzhang.Web.Hosting;

namespace Mingzhang.Web.Notices;

/// <summary>How this host reaches people: <c>MZ_SMTP</c>, <c>MZ_SMTP_FROM</c>, <c>MZ_SMS</c>, <c>MZ_SMS_SECRET</c>.</summary>
/// <param name="Mail">The mail server; null = none.</param>
/// <param name="Sms">The SMS gateway; null = none.</param>
internal sealed record NoticeSettings(MailServer? Mail, SmsGateway? Sms)
{
    private const int ShortestSecret = 32;
    private const int UsualPort = 587;

    /// <summary>Reads the settings, each checked. Throws <see cref="SettingException"/>.</summary>
    public static NoticeSettings From(IConfiguration configuration) => new(MailOf(configuration), SmsOf(configuration));

    private static MailServer? MailOf(IConfiguration configuration)
    {
        if (configuration["MZ_SMTP"] is not { Length: > 0 } text)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("smtp" or "smtp-plain")
            || (address.Scheme == "smtp-plain" && !address.IsLoopback))
        {
            throw new SettingException(
                "MZ_SMTP", "smtp://user:password@host:587 (STARTTLS); smtp-plain:// only on this machine",
                "smtp://用户:密码@主机:587（STARTTLS）；smtp-plain:// 仅限本机");
        }

        if (!MailAddress.TryCreate(configuration["MZ_SMTP_FROM"], out var from))
        {
            throw new SettingException("MZ_SMTP_FROM", "the sender's e-mail address", "发件人邮箱地址");
        }

        var user = address.UserInfo.Split(':', 2);
        return new MailServer(
            address.Host, address.IsDefaultPort || address.Port < 0 ? UsualPort : address.Port, address.Scheme == "smtp",
            Uri.UnescapeDataString(user[0]), user.Length > 1 ? Uri.UnescapeDataString(user[1]) : "", from.Address);
    }

    private static SmsGateway? SmsOf(IConfiguration configuration)
    {
        if (configuration["MZ_SMS"] is not { Length: > 0 } text)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var address)
            || !(address.Scheme == "https" || address is { Scheme: "http", IsLoopback: true }))
        {
            throw new SettingException("MZ_SMS", "the gateway's https address", "短信网关的 https 地址");
        }

        var secret = configuration["MZ_SMS_SECRET"] ?? "";
        return secret.Length >= ShortestSecret ? new SmsGateway(address, secret)
            : throw new SettingException("MZ_SMS_SECRET", "at least 32 characters, the same as the gateway's", "至少 32 个字符，与网关一致");
    }
}
