using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Versions;
using Mingzhang.Engine.Versions;
using Mingzhang.Store;

namespace Mingzhang.Engine;

/// <content>Product versions.</content>
public sealed partial class CreditHouse
{
    private readonly SemaphoreSlim _publishing = new(1, 1);

    /// <summary>Product versions that were published here, beside those of the product files.</summary>
    public IReadOnlyList<PublishedVersion> PublishedVersions
    {
        get
        {
            using var connection = _store.OpenReadOnly();
            return Engine.Versions.PublishedVersions.Read(connection);
        }
    }

    /// <summary>
    /// Stores a product version and takes it into the book; new accounts get it from its effective date on. The same version with the
    /// same content again is no change.
    /// </summary>
    /// <param name="json">The product file.</param>
    /// <param name="proposal">The approved proposal it comes from.</param>
    /// <returns>Why not: a broken rule, a number used before, a date that is not in the future.</returns>
    public async Task<Refusal?> PublishAsync(string json, long proposal)
    {
        await _publishing.WaitAsync();
        try
        {
            var hash = PublishedVersion.HashOf(json);
            if (PublishedVersions.Any(one => one.Proposal == proposal && one.Hash == hash))
            {
                return null;
            }

            var (terms, refusal) = VersionRules.Check(json, Terms, BusinessDate);
            if (refusal is not null)
            {
                return refusal;
            }

            var row = new PublishedVersion(terms!.Code, terms.Version, json, hash, proposal, BusinessDate.ToStored());
            var at = _time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
            await _store.ChangeHouseAsync((connection, transaction) =>
            {
                Engine.Versions.PublishedVersions.Add(connection, transaction, row, terms.EffectiveFrom, at);
                return 0;
            });
            _terms.Add(terms);
            return null;
        }
        finally
        {
            _publishing.Release();
        }
    }
}
