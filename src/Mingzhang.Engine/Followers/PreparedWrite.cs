using System.Data.Common;

namespace Mingzhang.Engine.Followers;

/// <summary>One statement prepared once and run for many rows, through plain ADO.NET so that every provider can do it.</summary>
internal sealed class PreparedWrite : IDisposable
{
    private readonly DbCommand _command;
    private bool _prepared;

    /// <summary>Constant SQL with parameters in the order <see cref="Run"/> gets them; each keeps the type of its first value.</summary>
    public PreparedWrite(FollowerTransaction transaction, string sql, params ReadOnlySpan<string> parameters)
    {
        _command = transaction.Connection.CreateCommand();
        _command.Transaction = transaction.Transaction;
        _command.CommandText = sql;
        foreach (var name in parameters)
        {
            var parameter = _command.CreateParameter();
            parameter.ParameterName = name;
            _command.Parameters.Add(parameter);
        }
    }

    /// <summary>Runs it; returns the number of rows touched.</summary>
    public int Run(params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            _command.Parameters[i].Value = values[i];
        }

        if (!_prepared)
        {
            _command.Prepare(); // the first values tell the types
            _prepared = true;
        }

        return _command.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    public void Dispose() => _command.Dispose();
}
