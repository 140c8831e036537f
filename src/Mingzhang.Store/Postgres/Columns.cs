using Npgsql;
using NpgsqlTypes;

namespace Mingzhang.Store.Postgres;

/// <summary>The values of many rows, one array a column, for <c>INSERT … SELECT FROM unnest</c>: one statement, whatever their number.</summary>
internal sealed class Columns(int rows)
{
    private readonly List<Array> _arrays = [];
    private int _row = -1;
    private int _column;

    /// <summary>Begins the next row.</summary>
    public Columns Next()
    {
        _row++;
        _column = 0;
        return this;
    }

    /// <summary>A whole number.</summary>
    public Columns Add(long value) => Put(value);

    /// <summary>A text.</summary>
    public Columns Add(string value) => Put(value);

    /// <summary>Bytes.</summary>
    public Columns Add(byte[] value) => Put(value);

    /// <summary>The statement that inserts them; the columns in the order they were added.</summary>
    public NpgsqlBatchCommand Insert(string table, string names, string onConflict = "")
    {
        var types = _arrays.ConvertAll(array => array switch
        {
            long[] => NpgsqlDbType.Bigint,
            string[] => NpgsqlDbType.Text,
            _ => NpgsqlDbType.Bytea,
        });
        var arrays = string.Join(", ", types.Select((type, i) => $"${i + 1}::{type.ToString().ToLowerInvariant()}[]"));
        var command = new NpgsqlBatchCommand($"INSERT INTO {table} ({names}) SELECT * FROM unnest({arrays}) {onConflict}");
        for (var i = 0; i < _arrays.Count; i++)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = _arrays[i], NpgsqlDbType = NpgsqlDbType.Array | types[i] });
        }

        return command;
    }

    private Columns Put<T>(T value)
    {
        if (_row == 0)
        {
            _arrays.Add(new T[rows]);
        }

        ((T[])_arrays[_column++])[_row] = value;
        return this;
    }
}
