namespace Mingzhang.Papers.Documents;

/// <summary>What stands on a paper, whatever it is printed as: PDF, a spreadsheet.</summary>
public sealed record Paper
{
    /// <summary>Its title; the first thing a screen reader says.</summary>
    public required string Title { get; init; }

    /// <summary>Language of the text: <c>zh-CN</c> or <c>en</c>.</summary>
    public required string Language { get; init; }

    /// <summary>Who makes it.</summary>
    public required string Author { get; init; }

    /// <summary>Small, at the top right of every page, such as the number.</summary>
    public string Mark { get; init; } = "";

    /// <summary>Small, at the bottom of every page; <c>{0}</c> is the page, <c>{1}</c> how many there are.</summary>
    public string Foot { get; init; } = "{0} / {1}";

    /// <summary>Day and time it was made, for the file's properties; no clock is asked.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>In reading order.</summary>
    public required IReadOnlyList<PaperBlock> Blocks { get; init; }

    /// <summary>Every text on it, in order; for looking whether a font can print it.</summary>
    public IEnumerable<string> Texts => [Title, Author, Mark, Foot, .. Blocks.SelectMany(block => block.Texts)];
}

/// <summary>How a text stands in its column.</summary>
public enum Side
{
    /// <summary>At the left.</summary>
    Left,

    /// <summary>In the middle.</summary>
    Middle,

    /// <summary>At the right: numbers.</summary>
    Right,
}

/// <summary>A part of a paper.</summary>
public abstract record PaperBlock
{
    private protected PaperBlock()
    {
    }

    /// <summary>Its texts.</summary>
    public abstract IEnumerable<string> Texts { get; }
}

/// <summary>A heading.</summary>
/// <param name="Text">One or a few words.</param>
/// <param name="Level">1 = the title of the paper, in the middle; 2 = of a part.</param>
public sealed record Heading(string Text, int Level) : PaperBlock
{
    /// <inheritdoc/>
    public override IEnumerable<string> Texts => [Text];
}

/// <summary>Running text.</summary>
/// <param name="Text">May be long; it is broken into lines.</param>
public sealed record Paragraph(string Text) : PaperBlock
{
    /// <summary>Height of the letters in points.</summary>
    public double Size { get; init; } = 10.5;

    /// <summary>Whether it is heavy.</summary>
    public bool Bold { get; init; }

    /// <summary>Whether it is said in passing.</summary>
    public bool Small { get; init; }

    /// <summary>Where it stands.</summary>
    public Side Side { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<string> Texts => [Text];
}

/// <summary>Facts with their names, one below the other.</summary>
public sealed record FactList(IReadOnlyList<(string Name, PaperCell Value)> Facts) : PaperBlock
{
    /// <inheritdoc/>
    public override IEnumerable<string> Texts => Facts.SelectMany(fact => new[] { fact.Name, fact.Value.Text });
}

/// <summary>An address that a camera reads (QR code, ISO/IEC 18004), with words and the address itself beside it.</summary>
/// <param name="Address">What it leads to.</param>
/// <param name="Text">What it is good for.</param>
public sealed record ScanCode(string Address, string Text) : PaperBlock
{
    /// <inheritdoc/>
    public override IEnumerable<string> Texts => [Text, Address];
}

/// <summary>A column of a table.</summary>
/// <param name="Title">What stands above it.</param>
/// <param name="Share">Its part of the width, relative to the others.</param>
/// <param name="Side">Where its texts stand.</param>
public sealed record PaperColumn(string Title, int Share, Side Side = Side.Left);

/// <summary>A row of a table.</summary>
/// <param name="Cells">One for each column.</param>
/// <param name="Sum">Whether it sums the others up.</param>
public sealed record PaperRow(IReadOnlyList<PaperCell> Cells, bool Sum = false);

/// <summary>A table; its head stands on every page it goes over.</summary>
/// <param name="Name">What it is of; the name of its sheet.</param>
/// <param name="Columns">From left to right.</param>
/// <param name="Rows">From top to bottom.</param>
public sealed record PaperTable(string Name, IReadOnlyList<PaperColumn> Columns, IReadOnlyList<PaperRow> Rows) : PaperBlock
{
    /// <inheritdoc/>
    public override IEnumerable<string> Texts =>
        [.. Columns.Select(column => column.Title), .. Rows.SelectMany(row => row.Cells).Select(cell => cell.Text)];
}
