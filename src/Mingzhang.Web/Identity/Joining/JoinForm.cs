using System.Text.RegularExpressions;
using Mingzhang.Services.People;
using Mingzhang.Services.Tickets.Clocks;

namespace Mingzhang.Web.Identity.Joining;

/// <summary>What somebody who joins has typed, and what is wrong with it.</summary>
/// <param name="Phone">The number the code went to.</param>
/// <param name="Code">As typed.</param>
/// <param name="Name">As on the identity card.</param>
/// <param name="IdNumber">As typed.</param>
/// <param name="Password">As typed.</param>
/// <param name="Again">As typed the second time.</param>
/// <param name="Consents">Codes of consents that were ticked.</param>
public sealed partial record JoinForm(
    string Phone, string Code, string Name, string IdNumber, string Password, string Again, IReadOnlyList<string> Consents)
{
    /// <summary>The consent without which nobody's data is taken.</summary>
    public const string Privacy = "privacy";

    private const int Grown = 18;

    [GeneratedRegex(@"^[\p{L}\p{M}][\p{L}\p{M}\u00b7\u2022 .'-]{0,62}[\p{L}\p{M}.]$")]
    private static partial Regex Names { get; }

    /// <summary>Reads a sent form.</summary>
    public static JoinForm Of(string phone, IFormCollection form) => new(
        phone, form["code"].ToString(), form["name"].ToString().Trim(), form["id"].ToString().Trim(), form["new"].ToString(),
        form["again"].ToString(), [.. form["consent"].OfType<string>()]);

    /// <summary>What is wrong: the field and the key of a text, in the order of the page; empty when all is well.</summary>
    /// <param name="today">For the age: eighteen years (民法典 arts. 17, 18), and no birthday in the future.</param>
    public IReadOnlyList<(string Field, string Text)> Faults(DateOnly today)
    {
        var faults = new List<(string, string)>();
        if (!Names.IsMatch(Name))
        {
            faults.Add(("name", "register.name-wrong"));
        }

        if (IdFault(today) is { } id)
        {
            faults.Add(("id", id));
        }

        var fault = Password != Again ? PasswordFault.Mistyped : PasswordRules.Fault(Password, Phone);
        if (fault != PasswordFault.None)
        {
            faults.Add(("new", "password-fault." + fault));
        }

        if (!Consents.Contains(Privacy))
        {
            faults.Add(("consent", "register.consent-missing"));
        }

        return faults;
    }

    private string? IdFault(DateOnly today) => IdNumberReader.Read(IdNumber, today) switch
    {
        IdNumberRejected rejected => "register.id-" + rejected.Rule,
        IdNumberRead { Id.IsOldForm: true } => "register.id-old",
        IdNumberRead read when read.Id.Birth.AddYears(Grown) > today => "register.id-young",
        IdNumberRead => null,
        _ => throw new InvalidOperationException("A third answer of the reader."),
    };

    /// <summary>The day in Beijing.</summary>
    public static DateOnly Today(TimeProvider time) => Deadlines.DayOf(time.GetUtcNow());
}
