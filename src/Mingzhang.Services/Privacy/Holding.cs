using Mingzhang.Domain.Values;

namespace Mingzhang.Services.Privacy;

/// <summary>Why something is held, and by which clock it goes.</summary>
public enum HoldingClock
{
    /// <summary>反洗钱法 art. 34: identity and transactions, ten years after the relation ended.</summary>
    Relation,

    /// <summary>征信业管理条例 art. 16: an adverse record, five years after it ended.</summary>
    Adverse,

    /// <summary>消费金融公司管理办法: records of collection, five years.</summary>
    Collection,

    /// <summary>The product itself: as long as it is of use, and so long after.</summary>
    Product,
}

/// <summary>How such a clock stands for one person.</summary>
public enum HoldingState
{
    /// <summary>It has not begun: an account is open, or something is owed.</summary>
    NotBegun,

    /// <summary>It runs until a day.</summary>
    Runs,

    /// <summary>It is over: nothing but its owner's wish keeps it.</summary>
    Over,

    /// <summary>There is nothing of the kind.</summary>
    Nothing,
}

/// <summary>One kind of data held about a person, worked out from their own facts.</summary>
/// <param name="Code">Which, such as <c>identity</c>.</param>
/// <param name="About">Which account; empty = the person.</param>
/// <param name="Count">How many rows, entries or files.</param>
/// <param name="Clock">Why and by which clock.</param>
/// <param name="State">How the clock stands.</param>
/// <param name="From">From when it counts; null = it has not begun.</param>
/// <param name="Until">The last day; null = unknown as yet, or over.</param>
public sealed record Holding(
    string Code, string About, long Count, HoldingClock Clock, HoldingState State, DateOnly? From, DateOnly? Until);

/// <summary>A file of somebody's copy.</summary>
/// <param name="Name">Path within the copy, such as <c>devices.json</c>.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Count">How many entries it has.</param>
public sealed record CopyFile(string Name, byte[] Content, long Count);

/// <summary>A part of the house that keeps something about people. Every such part registers one: it is held, copied and shown.</summary>
public interface IPersonPart
{
    /// <summary>Its name, such as <c>devices</c>; a text of the catalogue says what it is and what for.</summary>
    string Code { get; }

    /// <summary>Why it is kept.</summary>
    HoldingClock Clock { get; }

    /// <summary>Everything of one person, opened. None when there is nothing.</summary>
    IReadOnlyList<CopyFile> Of(CustomerId customer);

    /// <summary>How many entries there are, without opening them.</summary>
    long CountOf(CustomerId customer) => Of(customer).Sum(file => file.Count);
}
