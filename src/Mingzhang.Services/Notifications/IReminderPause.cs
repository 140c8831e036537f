using Mingzhang.Domain.Values;

namespace Mingzhang.Services.Notifications;

/// <summary>Whether an account's reminders pause. What law or contract demands, and what is overdue, is told all the same.</summary>
public interface IReminderPause
{
    /// <summary>Whether reminders before and on a due day are left out.</summary>
    bool Pauses(AccountId account);
}
