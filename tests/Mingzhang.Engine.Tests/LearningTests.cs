using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Mingzhang.Store;

namespace Mingzhang.Engine.Tests;

/// <summary>A node that learns what another wrote, and only then takes itself for alone, while it answers.</summary>
public sealed class LearningTests
{
    [Fact]
    public async Task An_answer_decided_before_something_was_learnt_is_proved_by_the_journal_though_the_node_is_alone_by_now()
    {
        using var fixture = new HouseFixture();
        using var inner = LedgerStores.Open(new StoreOptions
        {
            Path = fixture.Path, CreateAs = new HouseFacts(true, Sample.Start), SettleAtOnceUpTo = 0,
        });
        var store = DispatchProxy.Create<ILedgerStore, Learner>();
        var learner = (Learner)(object)store;
        learner.Inner = inner;
        using var house = CreditHouse.Open(new HouseOptions { Store = store, Terms = Sample.Book, Lanes = 1 });
        var opened = await house.SubmitAsync(Sample.Open(5));
        Assert.Equal(opened.After, await house.ReadAsync(Sample.Account(5)));
        Assert.Equal(0, learner.Proofs);

        learner.Learns = () => ((INeighbours)house).Moved([Sample.Account(5)], house.LastPosition);
        Assert.Equal(opened.After, await house.ReadAsync(Sample.Account(5)));
        Assert.Equal(1, learner.Proofs);
        Assert.Equal(opened.After, await house.ReadAsync(Sample.Account(5)));
        Assert.Equal(1, learner.Proofs);
    }

    /// <summary>A store that learns something just when it is asked whether it is alone, once; counts batches without rows.</summary>
    [SuppressMessage("Performance", "CA1852:Seal internal types", Justification = "The proxy is derived from it.")]
    internal class Learner : DispatchProxy
    {
        public ILedgerStore? Inner { get; set; }

        public Action? Learns { get; set; }

        public int Proofs { get; private set; }

        protected override object? Invoke(MethodInfo? method, object?[]? values)
        {
            if (method!.Name == "get_IsAlone" && Learns is { } learns)
            {
                Learns = null;
                learns();
            }

            if (values is [CommitBatch { Rows.Count: 0 }, ..])
            {
                Proofs++;
            }

            try
            {
                return method.Invoke(Inner, values);
            }
            catch (TargetInvocationException cause) when (cause.InnerException is { } inner)
            {
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(inner);
                throw;
            }
        }
    }
}
