using System.CommandLine;
using Mingzhang.Cli.House;
using Mingzhang.Cli.Output;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Versions;

namespace Mingzhang.Cli.Products;

/// <summary><c>mz product</c>: looks at a product version before it is published.</summary>
internal static class ProductCommand
{
    public static Command Make(CommonOptions common) => new("product", "Product versions: check a file, try it over all accounts (产品版本)")
    {
        Check(common),
        ShadowCommand.Make(common),
    };

    private static Command Check(CommonOptions common)
    {
        var file = new Argument<string>("FILE") { Description = "Product file (产品文件)" };
        var command = new Command("check", "Check a product file alone and against the products it joins (校验产品文件)")
        {
            file, common.Products,
        };
        command.SetAction(parsed =>
        {
            var screen = common.ScreenOf(parsed);
            var (terms, before) = ProductFiles.Read(parsed.GetValue(file)!, HouseDoor.Products(parsed.GetValue(common.Products)!));
            var changes = before is null ? default : TermsComparison.Of(before, terms);
            screen.Line($"{terms.Code} v{terms.Version}, from {Shown.Day(terms.EffectiveFrom)}: keeps every rule (符合全部规则)");
            Differences(screen, before, changes);
            screen.Json(new
            {
                product = terms.Code, terms.Version, terms.EffectiveFrom, before = before?.Version,
                needsConsent = TermsComparison.NeedsConsent(changes), changes,
            });
            return (int)ExitCode.Done;
        });
        return command;
    }

    /// <summary>The table of what differs from the version before.</summary>
    public static void Differences(Screen screen, ProductTerms? before, Domain.Values.ValueList<TermChange> changes)
    {
        if (before is null)
        {
            return;
        }

        var table = Shown.Table("term", $"v{before.Version}", "new", "for the customer");
        foreach (var change in changes)
        {
            table.Row(change.Term, change.Before, change.After, Word(change.Effect));
        }

        screen.Human.Write(table);
    }

    private static string Word(TermEffect effect) => effect switch
    {
        TermEffect.Neutral => "",
        TermEffect.Better => "better (更优)",
        TermEffect.Worse => "worse (更差)",
        _ => "depends (视情况)",
    };
}
