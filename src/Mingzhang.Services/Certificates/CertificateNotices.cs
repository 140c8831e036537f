using System.Data.Common;
using Mingzhang.Services.Notifications;

namespace Mingzhang.Services.Certificates;

/// <summary>Tells the holder when a certificate is made, superseded or revoked, in the transaction that does it.</summary>
public sealed class CertificateNotices(NoticeDesk notices)
{
    /// <summary>It was made; who did not ask for it learns of it.</summary>
    public void Made(DbConnection connection, DbTransaction transaction, Certificate certificate) =>
        Tell(connection, transaction, certificate, "certificate-made");

    /// <summary>The books were corrected and say something else.</summary>
    public void Superseded(DbConnection connection, DbTransaction transaction, Certificate certificate) =>
        Tell(connection, transaction, certificate, "certificate-superseded");

    /// <summary>The house took it back.</summary>
    public void Revoked(DbConnection connection, DbTransaction transaction, Certificate certificate, string reason) =>
        Tell(connection, transaction, certificate, "certificate-revoked", reason);

    private void Tell(DbConnection connection, DbTransaction transaction, Certificate certificate, string kind, string? reason = null)
    {
        var number = certificate.Number.ToString();
        var fields = new Dictionary<string, string>
        {
            ["paper"] = certificate.Kind == CertificateKind.Statement ? "statement" : "settlement", ["number"] = number,
        };
        if (reason is not null)
        {
            fields["reason"] = reason;
        }

        notices.Tell(connection, transaction, certificate.Customer, certificate.Account, kind, number, fields);
    }
}
