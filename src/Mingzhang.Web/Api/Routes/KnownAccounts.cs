using Mingzhang.Domain.Values;

namespace Mingzhang.Web.Api.Routes;

/// <summary>
/// Accounts that were seen open, so that a command does not first ask its lane whether its account is there. An account that was opened
/// never stops being there, so what stands here is never wrong; what was overwritten by another is only asked again.
/// </summary>
internal sealed class KnownAccounts
{
    private const int Slots = 1 << 20;

    private readonly long[] _seen = new long[Slots];

    /// <summary>Whether it was seen.</summary>
    public bool Has(AccountId account) => Volatile.Read(ref _seen[SlotOf(account)]) == account.Value;

    /// <summary>It is open.</summary>
    public void Add(AccountId account) => Volatile.Write(ref _seen[SlotOf(account)], account.Value);

    private static int SlotOf(AccountId account) => (int)(unchecked((ulong)account.Value * 11400714819323198485UL) >> 44);
}
