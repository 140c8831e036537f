using System.Text.Json;

namespace Mingzhang.Services.Tickets;

/// <summary>What a ticket is about.</summary>
public enum TicketKind
{
    /// <summary>Anything a customer wants to know.</summary>
    Question,

    /// <summary>Repaid, and still it cannot be used.</summary>
    TechnicalFault,

    /// <summary>Help with closing.</summary>
    ClosingHelp,

    /// <summary>Somebody else used the account.</summary>
    TheftReport,

    /// <summary>A complaint: a channel of its own with deadlines of its own.</summary>
    Complaint,

    /// <summary>A record at the credit bureau is wrong.</summary>
    BureauObjection,

    /// <summary>An objection to a measure against money laundering, such as a freeze.</summary>
    MeasureObjection,

    /// <summary>A request about one's personal data.</summary>
    PrivacyRequest,
}

/// <summary>How it came in. All of them lead to the one store.</summary>
public enum TicketChannel
{
    /// <summary>The customer, logged in.</summary>
    App,

    /// <summary>A call that an agent wrote down.</summary>
    Phone,

    /// <summary>A letter that an agent wrote down.</summary>
    Letter,

    /// <summary>The house itself, such as a diagnosis that found no cause.</summary>
    House,
}

/// <summary>How far a ticket is.</summary>
public enum TicketState
{
    /// <summary>The house has to act.</summary>
    Open,

    /// <summary>Opened again: the house has to act.</summary>
    Reopened,

    /// <summary>The customer was asked for something.</summary>
    WaitingCustomer,

    /// <summary>Another house was asked: a lender, the bureau, the bank.</summary>
    WaitingHouse,

    /// <summary>Answered; the customer may come back to it.</summary>
    Answered,

    /// <summary>Closed.</summary>
    Closed,
}

/// <summary>How these words are written in rows, files and the API: lower case with hyphens.</summary>
public static class TicketWords
{
    /// <summary>The written form, such as waiting-customer.</summary>
    public static string Of<T>(T word)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(word.ToString());

    /// <summary>The word of a written form; null for any other.</summary>
    public static T? Read<T>(string? text)
        where T : struct, Enum
    {
        foreach (var word in Enum.GetValues<T>())
        {
            if (Of(word) == text)
            {
                return word;
            }
        }

        return null;
    }

    /// <summary>Every written form.</summary>
    public static IReadOnlyList<string> All<T>()
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(Of)];
}
