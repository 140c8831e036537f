using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.Values;

namespace Mingzhang.Engine.Lanes;

/// <summary>
/// Parts that very many accounts have alike, each kept in memory once: the terms they run under, the product's name, the consents. For one
/// lane. Which object a state holds changes nothing of its value.
/// </summary>
internal sealed class SharedParts
{
    private const int Most = 1_024;

    private readonly Dictionary<KeptTerms, KeptTerms> _terms = [];
    private readonly Dictionary<ValueList<Consent>, ValueList<Consent>> _consents = [];
    private readonly Dictionary<string, string> _products = new(StringComparer.Ordinal);

    /// <summary>The same state, holding the shared parts.</summary>
    public AccountState Of(AccountState state)
    {
        var (terms, consents, product) = (One(_terms, state.Terms), One(_consents, state.Consents), One(_products, state.Product));
        return state with { Terms = terms, Consents = consents, Product = product };
    }

    /// <summary>The one kept; the first ones are, and what only some accounts have stays theirs.</summary>
    private static T One<T>(Dictionary<T, T> kept, T part)
        where T : notnull
    {
        if (!kept.TryGetValue(part, out var one))
        {
            one = part;
            if (kept.Count < Most)
            {
                kept.Add(part, part);
            }
        }

        return one;
    }
}
