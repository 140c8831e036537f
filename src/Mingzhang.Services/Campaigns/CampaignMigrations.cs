using Mingzhang.Store;

namespace Mingzhang.Services.Campaigns;

/// <summary>The tables of campaigns. What a lesson keeps of a person goes when the lesson ends; only counts stay.</summary>
public static class CampaignMigrations
{
    /// <summary>In order of version.</summary>
    public static IReadOnlyList<Migration> All { get; } =
    [
        new("campaigns", 1, """
            CREATE TABLE win_back (
                partition_id INTEGER NOT NULL,
                account_id   INTEGER NOT NULL,
                state        TEXT    NOT NULL,  -- invited, resting, waiting, left or refused
                version      INTEGER NOT NULL,  -- of the rule
                looked_on    INTEGER NOT NULL,
                invited_on   INTEGER NOT NULL,  -- 0 = never
                closed_days  INTEGER NOT NULL,  -- what the rule looked at; 0 once the person left
                due          INTEGER NOT NULL,
                short        INTEGER NOT NULL,
                limit_minor  INTEGER NOT NULL,
                usual_minor  INTEGER NOT NULL,
                PRIMARY KEY (partition_id, account_id)
            ) WITHOUT ROWID;
            CREATE TABLE lesson_mark (
                partition_id INTEGER NOT NULL,
                customer_id  INTEGER NOT NULL,
                lesson       TEXT    NOT NULL,
                what         TEXT    NOT NULL,  -- told, shown or read; deleted when the lesson ends
                PRIMARY KEY (partition_id, customer_id, lesson, what)
            ) WITHOUT ROWID;
            CREATE TABLE lesson_tally (
                partition_id INTEGER NOT NULL,
                lesson       TEXT    NOT NULL,
                what         TEXT    NOT NULL,
                people       INTEGER NOT NULL,
                PRIMARY KEY (partition_id, lesson, what)
            ) WITHOUT ROWID;
            CREATE TABLE campaign_stop (
                campaign   TEXT    PRIMARY KEY,  -- win-back, or a lesson
                stopped_at INTEGER NOT NULL,     -- microseconds since 1970 UTC
                stopped_by TEXT    NOT NULL,
                reason     TEXT    NOT NULL
            );
            """),
    ];
}
