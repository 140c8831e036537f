using System.Reflection;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Values;

namespace Mingzhang.Engine.Tests.Encoding;

/// <summary>Makes an instance of any record with every field filled, always the same.</summary>
internal static class Samples
{
    private static readonly MethodInfo ListOf = typeof(ValueList).GetMethod(nameof(ValueList.From))!;

    /// <summary>Every concrete case of a closed hierarchy, by name.</summary>
    public static IEnumerable<Type> CasesOf(Type hierarchy) => hierarchy.Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(hierarchy) && !type.IsAbstract)
        .OrderBy(type => type.Name, StringComparer.Ordinal);

    /// <summary>A filled instance.</summary>
    public static object Of(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return Simple(plain) ?? Composite(plain);
    }

    private static object? Simple(Type type) => type switch
    {
        _ when type == typeof(string) => "text-1",
        _ when type == typeof(int) => 7,
        _ when type == typeof(long) => 77L,
        _ when type == typeof(bool) => true,
        _ when type == typeof(DateOnly) => new DateOnly(2026, 7, 1),
        _ when type == typeof(Money) => Money.Of(1234, Currency.Cny),
        _ when type == typeof(Currency) => Currency.Cny,
        _ when type == typeof(AccountId) => AccountId.Of(new CustomerId(1000042), 1),
        _ when type == typeof(CustomerId) => new CustomerId(1000042),
        _ when type == typeof(Lifecycle) => new Active(),
        _ when type == typeof(AccountCommand) => Composite(typeof(PassDay)),
        _ when type.IsEnum => Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1),
        _ => null,
    };

    private static object Composite(Type type)
    {
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueList<>))
        {
            var element = type.GetGenericArguments()[0];
            var items = Array.CreateInstance(element, 1);
            items.SetValue(Of(element), 0);
            return ListOf.MakeGenericMethod(element).Invoke(null, [items])!;
        }

        var constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        var instance = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Of(parameter.ParameterType))]);
        var given = constructor.GetParameters().Select(parameter => parameter.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var property in type.GetProperties().Where(property => property.SetMethod is not null && !given.Contains(property.Name)))
        {
            property.SetValue(instance, Of(property.PropertyType));
        }

        return instance;
    }
}
