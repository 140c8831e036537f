using System.Text.Json;

namespace Mingzhang.Domain.Products;

/// <summary>The fields of one JSON object, each asked for once; <see cref="NoOthers"/> then notes those nobody asked for.</summary>
internal sealed class JsonFields
{
    private readonly JsonElement _object;
    private readonly ProductErrors _errors;
    private readonly string _path;
    private readonly bool _isObject;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>The fields of an element. An element of another kind is one error; its fields are silent.</summary>
    public JsonFields(JsonElement element, string path, ProductErrors errors)
    {
        _object = element;
        _errors = errors;
        _path = path;
        _isObject = element.ValueKind == JsonValueKind.Object;
        if (!_isObject && element.ValueKind != JsonValueKind.Undefined)
        {
            errors.Add(path.Length == 0 ? "$" : path, ProductSentences.Kind(ProductSentences.Object));
        }
    }

    /// <summary>A field by name, whether it is there or not.</summary>
    public JsonField this[string name]
    {
        get
        {
            _known.Add(name);
            JsonElement value = default;
            _ = _isObject && _object.TryGetProperty(name, out value);
            return new JsonField(value, PathOf(name), _errors, Silent: !_isObject);
        }
    }

    /// <summary>A field that may be there and is not read.</summary>
    public void Allow(string name) => _known.Add(name);

    /// <summary>Notes every field that nobody asked for.</summary>
    public void NoOthers()
    {
        if (!_isObject)
        {
            return;
        }

        foreach (var property in _object.EnumerateObject())
        {
            if (!_known.Contains(property.Name))
            {
                _errors.Add(PathOf(property.Name), ProductSentences.Unknown(_known));
            }
        }
    }

    private string PathOf(string name) => _path.Length == 0 ? name : $"{_path}.{name}";
}
