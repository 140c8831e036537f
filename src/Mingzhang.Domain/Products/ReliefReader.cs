namespace Mingzhang.Domain.Products;

/// <summary>Reads the part of a product file about relief.</summary>
internal static class ReliefReader
{
    public static ReliefTerms Relief(JsonFields fields) => ProductReader.Done(fields, new ReliefTerms(
        fields["offers"].List(1, item => Offer(item.Object())), fields["answerDays"].Count(1, 90), fields["breakAfterDays"].Count(0, 365),
        fields["readingSeconds"].Count(1, 600), fields["waivesPrincipal"].Flag()));

    private static ReliefOffer Offer(JsonFields fields) => ProductReader.Done(fields, new ReliefOffer(
        fields["kind"].Word(ProductWords.Reliefs), fields["mostMonths"].Count(0, 24), fields["mostRows"].Count(0, 60),
        fields["lowestDailyPpm"].Whole(0, ProductReader.LargestDailyPpm), fields["mostPerYear"].Count(0, 12), fields["selfService"].Flag(),
        fields["stopsUse"].Flag(), fields["bureauCode"].Count(0, 99)));
}
