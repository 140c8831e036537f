namespace Mingzhang.Simulation;

/// <summary>The products that ship with the program, with the scenes, statement days and consents the generated people know.</summary>
public static class ShippedLines
{
    public static readonly IReadOnlyList<Line> All =
    [
        Read("pay-later.v1"), Read("pay-later.v2"), Read("daily-interest.v1"), Read("cash-loan.v1"), Read("reserve.v1"),
        Read("equal-principal-loan.v1"), Read("bank-loan.v1"), Read("bank-pay-later.v1"),
    ];

    public static Line Named(string name) => All.FirstOrDefault(line => line.Name == name) ?? LendingLines.Named(name);

    private static Line Read(string file)
    {
        string path = Path.Combine(CaseTests.Folder, "..", "..", "products", file + ".json");
        ProductTerms terms = ProductCatalogue.ParseAll([(file + ".json", File.ReadAllText(path))]) is TermsBookRead read
            ? read.Book.All.Single()
            : throw new InvalidOperationException($"{file} is no product");
        ProductTerms sample = Sample.Core;
        return new Line(terms with
        {
            Code = file, Version = 1, Slot = 1, EffectiveFrom = sample.EffectiveFrom, Licence = sample.Licence, Caps = sample.Caps,
            RequiredConsents = sample.RequiredConsents, Scenes = terms.Loan is null ? sample.Scenes : [],
            Cycles = terms.Loan is null ? sample.Cycles : [], Closing = sample.Closing with { WithDebt = terms.Closing.WithDebt },
            Reopening = sample.Reopening, Limits = sample.Limits,
        }, Sample.Naive);
    }
}
