using Dapper;
using Mingzhang.Channel;
using Microsoft.Data.Sqlite;

namespace Mingzhang.SandboxBank;

/// <summary>A transfer as the bank keeps it.</summary>
public sealed record Movement
{
    /// <summary>The lender's id.</summary>
    public required string Id { get; init; }

    /// <summary>debit or credit.</summary>
    public required string Way { get; init; }

    /// <summary>The customer's bank account.</summary>
    public required string Account { get; init; }

    /// <summary>Asked for.</summary>
    public long Asked { get; init; }

    /// <summary>Moved.</summary>
    public long Amount { get; init; }

    /// <summary>Three letters.</summary>
    public required string Currency { get; init; }

    /// <summary>pending, done, failed, returned.</summary>
    public required string Status { get; init; }

    /// <summary>The bank's reference.</summary>
    public string Reference { get; init; } = "";

    /// <summary>Why it failed or went back.</summary>
    public string Reason { get; init; } = "";

    /// <summary>yyyy-mm-dd.</summary>
    public string MovedOn { get; init; } = "";

    /// <summary>yyyy-mm-dd, empty = never.</summary>
    public string ReturnOn { get; init; } = "";

    /// <summary>When a pending one is decided, milliseconds since 1970 UTC.</summary>
    public long DecideAt { get; init; }

    /// <summary>1: less may be taken.</summary>
    public long Partly { get; init; }

    /// <summary>Where notices go.</summary>
    public string NoticeTo { get; init; } = "";

    /// <summary>As the contract says it.</summary>
    public TransferAnswer Answer => new(
        Id, Enum.Parse<TransferStatus>(Status, ignoreCase: true), Status is "done" or "returned" ? Amount : 0, Reference, Reason,
        DateOnly.TryParse(Status == "returned" ? ReturnOn : MovedOn, System.Globalization.CultureInfo.InvariantCulture, out var on)
            ? on : default);
}

/// <summary>A message to the lender that waits.</summary>
public sealed record Notice(long Number, string Id, string Address, string Body, long DueAt);

/// <summary>The bank's own book: one file, every change on disk before it is answered.</summary>
public sealed class BankBook : IDisposable
{
    private const string Tables =
        """
        PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
        CREATE TABLE IF NOT EXISTS account (token TEXT PRIMARY KEY, balance INTEGER NOT NULL CHECK (balance >= 0), opened INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS movement (
            id TEXT PRIMARY KEY, way TEXT NOT NULL, account TEXT NOT NULL, asked INTEGER NOT NULL, amount INTEGER NOT NULL,
            currency TEXT NOT NULL, status TEXT NOT NULL, reference TEXT NOT NULL, reason TEXT NOT NULL, moved_on TEXT NOT NULL,
            return_on TEXT NOT NULL, decide_at INTEGER NOT NULL, partly INTEGER NOT NULL, notice_to TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS movement_decide ON movement (decide_at) WHERE status = 'pending';
        CREATE INDEX IF NOT EXISTS movement_return ON movement (return_on) WHERE return_on <> '' AND status = 'done';
        CREATE INDEX IF NOT EXISTS movement_day ON movement (moved_on);
        CREATE TABLE IF NOT EXISTS notice (
            number INTEGER PRIMARY KEY, id TEXT NOT NULL, address TEXT NOT NULL, body TEXT NOT NULL, due_at INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS settlement (day TEXT PRIMARY KEY, text TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS mandate (
            number TEXT PRIMARY KEY, account TEXT NOT NULL, most INTEGER NOT NULL, ended INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS advice (
            id TEXT PRIMARY KEY, lender TEXT NOT NULL, day TEXT NOT NULL, account TEXT NOT NULL, loan TEXT NOT NULL,
            ledger TEXT NOT NULL, amount INTEGER NOT NULL, currency TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS advice_day ON advice (lender, day);
        CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value TEXT NOT NULL);
        """;

    private const string Columns =
        "SELECT id AS Id, way AS Way, account AS Account, asked AS Asked, amount AS Amount, currency AS Currency, status AS Status, "
        + "reference AS Reference, reason AS Reason, moved_on AS MovedOn, return_on AS ReturnOn, decide_at AS DecideAt, "
        + "partly AS Partly, notice_to AS NoticeTo FROM movement ";

    private readonly SqliteConnection _connection;
    private readonly Lock _gate = new();

    /// <summary>Opens the book, making it when there is none.</summary>
    public BankBook(string path)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _connection.Open();
        _connection.Execute(Tables);
    }

    /// <summary>Does something in one transaction; nobody else is in the book meanwhile.</summary>
    public T Do<T>(Func<BankBook, T> work)
    {
        lock (_gate)
        {
            using var transaction = _connection.BeginTransaction();
            var result = work(this);
            transaction.Commit();
            return result;
        }
    }

    /// <summary>A movement, or null.</summary>
    public Movement? Find(string id) => _connection.QueryFirstOrDefault<Movement>(Columns + "WHERE id = @id", new { id });

    /// <summary>Pending ones whose time has come.</summary>
    public List<Movement> Undecided(long now) =>
        _connection.Query<Movement>(Columns + "WHERE status = 'pending' AND decide_at <= @now LIMIT 200", new { now }).AsList();

    /// <summary>Done ones that go back on a day or before.</summary>
    public List<Movement> ToReturn(string day) => _connection.Query<Movement>(
        Columns + "WHERE return_on <> '' AND status = 'done' AND return_on <= @day", new { day }).AsList();

    /// <summary>What moved on a day, and what went back on it.</summary>
    public List<Movement> MovedOn(string day) => _connection.Query<Movement>(
        Columns + "WHERE (moved_on = @day AND status IN ('done', 'returned')) OR (return_on = @day AND status = 'returned') ORDER BY id",
        new { day }).AsList();

    /// <summary>Writes a movement, new or changed.</summary>
    public void Put(Movement movement) => _connection.Execute(
        "INSERT OR REPLACE INTO movement (id, way, account, asked, amount, currency, status, reference, reason, moved_on, return_on, "
        + "decide_at, partly, notice_to) VALUES (@Id, @Way, @Account, @Asked, @Amount, @Currency, @Status, @Reference, @Reason, @MovedOn, "
        + "@ReturnOn, @DecideAt, @Partly, @NoticeTo)", movement);

    /// <summary>What an account has; one that was never seen is opened with a sum.</summary>
    public long Balance(string token, long openWith)
    {
        _connection.Execute(
            "INSERT OR IGNORE INTO account (token, balance, opened) VALUES (@token, @openWith, @openWith)", new { token, openWith });
        return _connection.ExecuteScalar<long>("SELECT balance FROM account WHERE token = @token", new { token });
    }

    /// <summary>Changes what an account has.</summary>
    public void Move(string token, long by) =>
        _connection.Execute("UPDATE account SET balance = balance + @by WHERE token = @token", new { token, by });

    /// <summary>Every account: what it had at first and has now.</summary>
    public List<(string Token, long Opened, long Balance)> Accounts()
    {
        lock (_gate)
        {
            return _connection.Query<(string, long, long)>("SELECT token, opened, balance FROM account ORDER BY token").AsList();
        }
    }

    /// <summary>A message to send at a time.</summary>
    public void AddNotice(string id, string address, string body, long dueAt) => _connection.Execute(
        "INSERT INTO notice (id, address, body, due_at) VALUES (@id, @address, @body, @dueAt)", new { id, address, body, dueAt });

    /// <summary>Messages whose time has come, latest number first where times are equal: nobody promised an order.</summary>
    public List<Notice> Notices(long now)
    {
        lock (_gate)
        {
            return _connection.Query<Notice>(
                "SELECT number AS Number, id AS Id, address AS Address, body AS Body, due_at AS DueAt FROM notice WHERE due_at <= @now "
                + "ORDER BY due_at, number DESC LIMIT 100", new { now }).AsList();
        }
    }

    /// <summary>A message is delivered, or tried again at a time.</summary>
    public void Sent(long number, long? againAt)
    {
        lock (_gate)
        {
            _connection.Execute(
                againAt is null
                    ? "DELETE FROM notice WHERE number = @number" : "UPDATE notice SET due_at = @againAt WHERE number = @number",
                new { number, againAt });
        }
    }

    /// <summary>A kept text, or null.</summary>
    public string? Fact(string name) => _connection.ExecuteScalar<string?>("SELECT value FROM fact WHERE name = @name", new { name });

    /// <summary>Keeps a text.</summary>
    public void Keep(string name, string value) =>
        _connection.Execute("INSERT OR REPLACE INTO fact (name, value) VALUES (@name, @value)", new { name, value });

    /// <summary>The file of a day, made once.</summary>
    public string Settlement(string day, Func<string> make)
    {
        if (_connection.ExecuteScalar<string?>("SELECT text FROM settlement WHERE day = @day", new { day }) is { } kept)
        {
            return kept;
        }

        var text = make();
        _connection.Execute("INSERT INTO settlement (day, text) VALUES (@day, @text)", new { day, text });
        return text;
    }

    /// <summary>Keeps a mandate; what has ended does not come back. False when the number belongs to another bank account.</summary>
    public bool PutMandate(MandateOrder mandate)
    {
        _connection.Execute(
            "INSERT INTO mandate (number, account, most, ended) VALUES (@Number, @Account, @MostMinor, @ended) "
            + "ON CONFLICT (number) DO UPDATE SET ended = max(ended, excluded.ended) WHERE account = excluded.account",
            new { mandate.Number, mandate.Account, mandate.MostMinor, ended = mandate.Ended ? 1 : 0 });
        return _connection.ExecuteScalar<string>("SELECT account FROM mandate WHERE number = @Number", mandate) == mandate.Account;
    }

    /// <summary>Whether a debit is covered.</summary>
    public bool Covers(string number, string account, long minor) => _connection.ExecuteScalar<long>(
        "SELECT count(*) FROM mandate WHERE number = @number AND account = @account AND ended = 0 AND most >= @minor",
        new { number, account, minor }) == 1;

    /// <summary>Ends a mandate at the bank; false when there is none in force.</summary>
    public bool EndMandate(string number) =>
        _connection.Execute("UPDATE mandate SET ended = 1 WHERE number = @number AND ended = 0", new { number }) == 1;

    /// <summary>Books a line for a lender; false when it was there.</summary>
    public bool AddAdvice(string lender, LenderAdvice line) => _connection.Execute(
        "INSERT OR IGNORE INTO advice (id, lender, day, account, loan, ledger, amount, currency) "
        + "VALUES (@Id, @lender, @day, @Account, @Loan, @Ledger, @AmountMinor, @Currency)",
        new { line.Id, lender, day = Iso(line.Day), line.Account, line.Loan, line.Ledger, line.AmountMinor, line.Currency }) == 1;

    /// <summary>What a lender booked for a day.</summary>
    public List<LenderAdvice> Advices(string lender, DateOnly day) => _connection.Query<(
        string Id, string Account, string Loan, string Ledger, long Amount, string Currency)>(
        "SELECT id, account, loan, ledger, amount, currency FROM advice WHERE lender = @lender AND day = @day ORDER BY id",
        new { lender, day = Iso(day) }).Select(row =>
            new LenderAdvice(row.Id, day, row.Account, row.Loan, row.Ledger, row.Amount, row.Currency)).ToList();

    /// <summary>Closes the book once nobody is in it: a request may still be at work when the host ends.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _connection.Dispose();
        }
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
