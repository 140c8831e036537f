using System.Collections;
using System.Runtime.CompilerServices;

namespace Mingzhang.Domain.Values;

/// <summary>A short immutable list that is equal by its elements, unlike the framework's. For events and state.</summary>
/// <remarks><c>default</c> is the empty list.</remarks>
[CollectionBuilder(typeof(ValueList), nameof(ValueList.Create))]
public readonly struct ValueList<T> : IReadOnlyList<T>, IEquatable<ValueList<T>>
{
    private readonly T[]? _items;

    internal ValueList(T[] items) => _items = items;

    /// <summary>The empty list.</summary>
    public static ValueList<T> Empty => default;

    /// <inheritdoc/>
    public int Count => _items?.Length ?? 0;

    /// <inheritdoc/>
    public T this[int index] => _items is null ? throw new ArgumentOutOfRangeException(nameof(index)) : _items[index];

    /// <summary>The elements without copying.</summary>
    public ReadOnlySpan<T> AsSpan() => _items;

    /// <summary>This list with one more element at the end.</summary>
    public ValueList<T> Add(T item)
    {
        var grown = new T[Count + 1];
        AsSpan().CopyTo(grown);
        grown[^1] = item;
        return new ValueList<T>(grown);
    }

    /// <summary>This list with one element replaced.</summary>
    internal ValueList<T> With(int at, T item)
    {
        var changed = AsSpan().ToArray();
        changed[at] = item;
        return new ValueList<T>(changed);
    }

    /// <summary>The elements for which <paramref name="keep"/> holds; this list itself when that is all of them.</summary>
    public ValueList<T> Where(Func<T, bool> keep)
    {
        var kept = 0;
        foreach (var item in AsSpan())
        {
            kept += keep(item) ? 1 : 0;
        }

        if (kept == Count)
        {
            return this;
        }

        var result = new T[kept];
        var at = 0;
        foreach (var item in AsSpan())
        {
            if (keep(item))
            {
                result[at++] = item;
            }
        }

        return new ValueList<T>(result);
    }

    /// <summary>Each element changed by <paramref name="change"/>.</summary>
    public ValueList<TResult> Map<TResult>(Func<T, TResult> change)
    {
        if (Count == 0)
        {
            return default;
        }

        var result = new TResult[Count];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = change(_items![i]);
        }

        return new ValueList<TResult>(result);
    }

    /// <summary>The elements that match changed, the others as they are; this list itself when none matches.</summary>
    public ValueList<T> Change(Func<T, bool> match, Func<T, T> change)
    {
        T[]? result = null;
        for (var i = 0; i < Count; i++)
        {
            if (match(_items![i]))
            {
                result ??= AsSpan().ToArray();
                result[i] = change(_items[i]);
            }
        }

        return result is null ? this : new ValueList<T>(result);
    }

    /// <summary>The first element for which <paramref name="match"/> holds, or <c>default</c>.</summary>
    public T? Find(Func<T, bool> match)
    {
        foreach (var item in AsSpan())
        {
            if (match(item))
            {
                return item;
            }
        }

        return default;
    }

    /// <summary>True when some element matches.</summary>
    public bool Any(Func<T, bool> match)
    {
        foreach (var item in AsSpan())
        {
            if (match(item))
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public bool Equals(ValueList<T> other)
    {
        if (ReferenceEquals(_items, other._items))
        {
            return true;
        }

        if (Count != other.Count)
        {
            return false;
        }

        var equality = EqualityComparer<T>.Default;
        for (var i = 0; i < Count; i++)
        {
            if (!equality.Equals(_items![i], other._items![i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ValueList<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var item in AsSpan())
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }

    /// <summary>Equal by elements.</summary>
    public static bool operator ==(ValueList<T> left, ValueList<T> right) => left.Equals(right);

    /// <summary>Not equal by elements.</summary>
    public static bool operator !=(ValueList<T> left, ValueList<T> right) => !left.Equals(right);

    /// <summary>Goes through the elements without an object.</summary>
    public Enumerator GetEnumerator() => new(_items ?? []);

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)(_items ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => (_items ?? []).GetEnumerator();

    /// <summary>A place in the list.</summary>
    public struct Enumerator
    {
        private readonly T[] _items;
        private int _at;

        internal Enumerator(T[] items) => (_items, _at) = (items, -1);

        /// <summary>The element there.</summary>
        public readonly T Current => _items[_at];

        /// <summary>Goes to the next element; false after the last.</summary>
        public bool MoveNext() => ++_at < _items.Length;
    }
}

/// <summary>Builds value lists, also for collection expressions.</summary>
public static class ValueList
{
    /// <summary>A list of a copy of <paramref name="items"/>.</summary>
    public static ValueList<T> Create<T>(ReadOnlySpan<T> items) => items.IsEmpty ? default : new ValueList<T>(items.ToArray());

    /// <summary>A list of the first elements of an array that nobody else keeps; copied only when some are left out.</summary>
    internal static ValueList<T> Of<T>(T[] own, int count) =>
        count == 0 ? default : new ValueList<T>(count == own.Length ? own : own[..count]);

    /// <summary>A list of the elements of a sequence.</summary>
    public static ValueList<T> From<T>(IEnumerable<T> items) =>
        items.ToArray() is { Length: > 0 } array ? new ValueList<T>(array) : default;
}
