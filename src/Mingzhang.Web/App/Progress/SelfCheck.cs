namespace Mingzhang.Web.App.Progress;

/// <summary>What a short self-check advises (R041).</summary>
public enum CheckAdvice
{
    /// <summary>Not all questions are answered.</summary>
    None,

    /// <summary>Keep it open.</summary>
    Keep,

    /// <summary>Only turn messages off.</summary>
    Mute,

    /// <summary>Closing fits.</summary>
    Close,
}

/// <summary>Three questions that help somebody decide to keep, mute or close progress management. Nothing of the answers is kept.</summary>
public static class SelfCheck
{
    /// <summary>Names of the questions; each is answered yes or no.</summary>
    public static IReadOnlyList<string> Questions { get; } = ["remember", "looks", "messages"];

    /// <summary>
    /// Who needs the reminders, or looks at the analysis, keeps it, without messages when these are what disturbs; closing fits who does
    /// neither.
    /// </summary>
    /// <param name="answers">yes or no, in the order of the questions.</param>
    public static CheckAdvice Of(IReadOnlyList<string> answers) => answers switch
    {
        _ when answers.Count != Questions.Count || answers.Any(one => one is not ("yes" or "no")) => CheckAdvice.None,
        ["no", ..] => CheckAdvice.Keep,
        [_, "yes", "yes"] => CheckAdvice.Mute,
        [_, "yes", _] => CheckAdvice.Keep,
        [_, _, "yes"] => CheckAdvice.Mute,
        _ => CheckAdvice.Close,
    };
}
