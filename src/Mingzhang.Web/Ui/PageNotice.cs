namespace Mingzhang.Web.Ui;

/// <summary>What a page says first: something was done, or why it was not.</summary>
/// <param name="Good">Done.</param>
/// <param name="Text">In the visitor's language.</param>
public sealed record PageNotice(bool Good, string Text);
