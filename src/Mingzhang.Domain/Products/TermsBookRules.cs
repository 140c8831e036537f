namespace Mingzhang.Domain.Products;

/// <summary>The rules over all product files of a house.</summary>
internal static class TermsBookRules
{
    /// <summary>Every broken rule: a version twice, a slot for two codes, slot or currency changed, version dates not rising.</summary>
    public static IEnumerable<ProductError> Check(IReadOnlyList<(string File, ProductTerms Terms)> read)
    {
        for (var i = 0; i < read.Count; i++)
        {
            var errors = new ProductErrors(read[i].File);
            for (var j = 0; j < i; j++)
            {
                Pair(read[j].File, read[j].Terms, read[i].Terms, errors);
            }

            foreach (var error in errors.All)
            {
                yield return error;
            }
        }
    }

    private static void Pair(string otherFile, ProductTerms other, ProductTerms terms, ProductErrors errors)
    {
        if (other.Code != terms.Code)
        {
            if (other.Slot == terms.Slot)
            {
                errors.Add("slot", ProductRuleSentences.SlotClash(terms.Slot, other.Code, otherFile));
            }

            return;
        }

        if (other.Slot != terms.Slot)
        {
            errors.Add("slot", ProductRuleSentences.Changed("slot", otherFile));
        }

        if (other.Currency != terms.Currency)
        {
            errors.Add("currency", ProductRuleSentences.Changed("currency", otherFile));
        }

        if (other.Version == terms.Version)
        {
            errors.Add("version", ProductRuleSentences.VersionTwice(terms.Code, terms.Version, otherFile));
        }
        else if (other.Version.CompareTo(terms.Version) != other.EffectiveFrom.CompareTo(terms.EffectiveFrom))
        {
            errors.Add("effectiveFrom", other.Version < terms.Version
                ? ProductRuleSentences.NotLater(other.Version, other.EffectiveFrom, otherFile)
                : ProductRuleSentences.NotEarlier(other.Version, other.EffectiveFrom, otherFile));
        }
    }
}
