namespace Mingzhang.Cli.Parity;

/// <summary>One case, ready to run.</summary>
/// <param name="Id">Its name in the file, or its place and content; unique in the file.</param>
/// <param name="Run">Runs it through the product. An exception is a difference: published input must not break the product.</param>
public sealed record ParityCase(string Id, Func<ParityOutcome> Run);

/// <summary>What came of a case. Closed.</summary>
public /*closed*/ abstract record ParityOutcome
{
    private protected ParityOutcome()
    {
    }
}

/// <summary>Equal within the family's tolerance.</summary>
public sealed record CaseEqual : ParityOutcome;

/// <summary>The product says something else.</summary>
/// <param name="Expected">What the file says, each value with its name.</param>
/// <param name="Actual">What the product says, in the same order.</param>
public sealed record CaseDiffers(string Expected, string Actual) : ParityOutcome;

/// <summary>The case asks for something that is out of scope, so it is counted apart.</summary>
/// <param name="Reason">Why, written for a reader: the rule, not the case.</param>
public sealed record CaseLeftOut(string Reason) : ParityOutcome;
