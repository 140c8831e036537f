using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using SQLitePCL;

namespace Mingzhang.Store.Sqlite;

/// <summary>A prepared statement called without ADO.NET: a command is a handful of these. For one thread at a time.</summary>
internal sealed unsafe class RawStatement : IDisposable
{
    private readonly sqlite3 _db;
    private readonly sqlite3_stmt _prepared;
    private readonly nint _statement;
    private readonly string _name;
    private byte* _arena;
    private int _size;
    private int _used;

    /// <summary>Prepares constant SQL; <paramref name="name"/> is what errors call it.</summary>
    public RawStatement(sqlite3 db, string name, string sql)
    {
        _db = db;
        _name = name;
        Check(raw.sqlite3_prepare_v3(db, sql, raw.SQLITE_PREPARE_PERSISTENT, out _prepared));
        _statement = _prepared.DangerousGetHandle();
        Reserve(4096);
    }

    /// <summary>The index of a named parameter; 0 when the statement has none of that name.</summary>
    public int IndexOf(string parameter) => raw.sqlite3_bind_parameter_index(_prepared, parameter);

    /// <summary>Binds an integer; the first parameter is 1. Binding parameter 1 begins a new set.</summary>
    public RawStatement Bind(int index, long value)
    {
        _used = index == 1 ? 0 : _used;
        Check(NativeSqlite.BindLong(_statement, index, value));
        return this;
    }

    /// <summary>Binds text.</summary>
    public RawStatement Bind(int index, string value)
    {
        var length = Encoding.UTF8.GetBytes(value, Room(Encoding.UTF8.GetMaxByteCount(value.Length)));
        Check(NativeSqlite.BindText(_statement, index, Keep(length), length, 0));
        return this;
    }

    /// <summary>Binds UTF-8 bytes as text.</summary>
    public RawStatement BindText(int index, ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(Room(utf8.Length));
        Check(NativeSqlite.BindText(_statement, index, Keep(utf8.Length), utf8.Length, 0));
        return this;
    }

    /// <summary>Binds bytes.</summary>
    public RawStatement Bind(int index, ReadOnlySpan<byte> value)
    {
        value.CopyTo(Room(value.Length));
        Check(NativeSqlite.BindBlob(_statement, index, Keep(value.Length), value.Length, 0));
        return this;
    }

    /// <summary>Moves to the next row; false at the end, when the statement is ready for its next use.</summary>
    public bool Step()
    {
        var code = NativeSqlite.Step(_statement);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        if (code != raw.SQLITE_DONE)
        {
            var error = Error(code);
            Reset();
            throw error;
        }

        Check(NativeSqlite.Reset(_statement));
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
    public void Reset() => _ = NativeSqlite.Reset(_statement);

    /// <summary>An integer column of the current row.</summary>
    public long Long(int column) => NativeSqlite.ColumnLong(_statement, column);

    /// <summary>A text column. Throws <see cref="FormatException"/> when it holds no text, as a damaged row may.</summary>
    public string Text(int column) => Encoding.UTF8.GetString(Typed(column, raw.SQLITE_TEXT));

    /// <summary>A text column as its bytes; throws as <see cref="Text"/>.</summary>
    public byte[] Utf8(int column) => Typed(column, raw.SQLITE_TEXT).ToArray();

    /// <summary>A blob column; throws as <see cref="Text"/>.</summary>
    public byte[] Bytes(int column) => Typed(column, raw.SQLITE_BLOB).ToArray();

    /// <summary>A text or blob column while the row is current.</summary>
    public ReadOnlySpan<byte> Span(int column)
    {
        var at = NativeSqlite.ColumnBlob(_statement, column);
        return at == 0 ? default : new ReadOnlySpan<byte>((void*)at, NativeSqlite.ColumnBytes(_statement, column));
    }

    private ReadOnlySpan<byte> Typed(int column, int type) => raw.sqlite3_column_type(_prepared, column) == type
        ? Span(column)
        : throw new FormatException($"{_name}: column {column + 1} holds another type than it must");

    /// <inheritdoc/>
    public void Dispose()
    {
        raw.sqlite3_finalize(_prepared);
        NativeMemory.Free(_arena);
        _arena = null;
        _size = 0;
    }

    /// <summary>Space behind the bound bytes. They stay until the next set is bound, so that SQLite need not copy them.</summary>
    private Span<byte> Room(int most)
    {
        if (_size - _used < most)
        {
            Grow(most);
        }

        return new Span<byte>(_arena + _used, most);
    }

    private nint Keep(int length)
    {
        var at = (nint)(_arena + _used);
        _used += length;
        return at;
    }

    /// <summary>Bytes bound already must not move: see <see cref="Reserve"/>.</summary>
    private void Grow(int most)
    {
        if (_used > 0)
        {
            throw new InvalidOperationException($"{_name}: reserve space before binding {_used + most} bytes.");
        }

        Reserve(most * 2);
    }

    /// <summary>Makes the arena at least so large; call it before parameter 1 is bound.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Reserve(int bytes)
    {
        if (bytes > _size)
        {
            _arena = (byte*)NativeMemory.Realloc(_arena, (nuint)bytes);
            _size = bytes;
        }

        _used = 0;
    }

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
