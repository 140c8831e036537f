using Npgsql;
using NpgsqlTypes;

namespace Mingzhang.Store.Postgres;

/// <summary>The values of many rows, one array a column, for <c>INSERT … SELECT FROM unnest</c>: one statement for all.</summary>
internal sealed class Columns(int rows)
{
    private readonly List<(Array Values, NpgsqlDbType Type)> _arrays = [];
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
    public Columns Add(long value) => Put(value, NpgsqlDbType.Bigint);

    /// <summary>A text.</summary>
    public Columns Add(string value) => Put(value, NpgsqlDbType.Text);

    /// <summary>Bytes.</summary>
    public Columns Add(byte[] value) => Put(value, NpgsqlDbType.Bytea);

    /// <summary>A text given as UTF-8.</summary>
    public Columns AddUtf8(byte[] value) => Put(value, NpgsqlDbType.Text);

    /// <summary>A statement with one parameter a column, in the order they were added.</summary>
    public NpgsqlBatchCommand For(string sql)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var (values, type) in _arrays)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = values, NpgsqlDbType = NpgsqlDbType.Array | type });
        }

        return command;
    }

    private Columns Put<T>(T value, NpgsqlDbType type)
    {
        if (_row == 0)
        {
            _arrays.Add((new T[rows], type));
        }

        ((T[])_arrays[_column++].Values)[_row] = value;
        return this;
    }
}
