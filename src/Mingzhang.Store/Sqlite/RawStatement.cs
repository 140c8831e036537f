using System.Text;
using SQLitePCL;

namespace Mingzhang.Store.Sqlite;

/// <summary>A prepared statement called without ADO.NET: the hot path of one command is a handful of these.</summary>
internal sealed class RawStatement : IDisposable
{
    private readonly sqlite3 _db;
    private readonly sqlite3_stmt _statement;
    private readonly string _name;

    /// <summary>Prepares constant SQL; <paramref name="name"/> is what errors call it.</summary>
    public RawStatement(sqlite3 db, string name, string sql)
    {
        _db = db;
        _name = name;
        Check(raw.sqlite3_prepare_v3(db, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    /// <summary>Binds an integer; the first parameter is 1.</summary>
    public RawStatement Bind(int index, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, index, value));
        return this;
    }

    /// <summary>Binds text.</summary>
    public RawStatement Bind(int index, string value)
    {
        Check(raw.sqlite3_bind_text(_statement, index, value));
        return this;
    }

    /// <summary>Binds UTF-8 bytes as text.</summary>
    public RawStatement BindText(int index, ReadOnlySpan<byte> utf8)
    {
        Check(raw.sqlite3_bind_text(_statement, index, utf8));
        return this;
    }

    /// <summary>Binds bytes.</summary>
    public RawStatement Bind(int index, ReadOnlySpan<byte> value)
    {
        Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(_statement, index, 0) : raw.sqlite3_bind_blob(_statement, index, value));
        return this;
    }

    /// <summary>Moves to the next row; false at the end, when the statement is ready for its next use.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        if (code != raw.SQLITE_DONE)
        {
            var error = Error(code);
            _ = raw.sqlite3_reset(_statement);
            throw error;
        }

        Check(raw.sqlite3_reset(_statement));
        return false;
    }

    /// <summary>Runs a statement that returns no rows.</summary>
    public void Run()
    {
        if (Step())
        {
            Reset();
        }
    }

    /// <summary>Gives up the remaining rows.</summary>
    public void Reset() => _ = raw.sqlite3_reset(_statement);

    /// <summary>An integer column of the current row.</summary>
    public long Long(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <summary>A text column.</summary>
    public string Text(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(_statement, column));

    /// <summary>A text or blob column as bytes.</summary>
    public byte[] Bytes(int column) => raw.sqlite3_column_blob(_statement, column).ToArray();

    /// <summary>A text or blob column while the row is current.</summary>
    public ReadOnlySpan<byte> Span(int column) => raw.sqlite3_column_blob(_statement, column);

    /// <inheritdoc/>
    public void Dispose() => raw.sqlite3_finalize(_statement);

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw Error(code);
        }
    }

    private StoreException Error(int code) =>
        new($"{_name}: {raw.sqlite3_errmsg(_db).utf8_to_string()} (SQLite {raw.sqlite3_extended_errcode(_db)}).") { Code = code };
}
