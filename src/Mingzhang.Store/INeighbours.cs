using Mingzhang.Domain.Values;

namespace Mingzhang.Store;

/// <summary>Is told what other nodes of the house did. Called on the writer's threads; must be quick.</summary>
public interface INeighbours
{
    /// <summary>
    /// Accounts got rows of another node, the last of them at a position. What is remembered of them is old, and what was decided on it
    /// is rejected at its commit.
    /// </summary>
    void Moved(IReadOnlyCollection<AccountId> accounts, long position);

    /// <summary>The business date, a fork's clock or the product versions changed, here or elsewhere; read them again.</summary>
    /// <param name="facts">How often they have changed; batches decided after reading them carry it.</param>
    void HouseChanged(long facts);
}
