using Mingzhang.Oracle;

namespace Mingzhang.Simulation;

/// <summary>A product of these tests, once as the core's terms and once as the oracle's.</summary>
public sealed record Line(ProductTerms Core, Terms Naive)
{
    public TermsBook Book { get; } = new([Core]);

    public string Name => Core.Code;
}
