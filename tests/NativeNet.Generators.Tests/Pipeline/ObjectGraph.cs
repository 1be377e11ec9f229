using System.Reflection;

namespace NativeNet.Generators.Tests.Pipeline;

/// <summary>Walks everything that can be reached from an object through its fields and elements.</summary>
internal static class ObjectGraph
{
    /// <summary>The types of all objects that hang on <paramref name="roots"/>.</summary>
    public static IReadOnlySet<Type> TypesIn(IEnumerable<object> roots)
    {
        var types = new HashSet<Type>();
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var open = new Stack<object?>(roots);

        while (open.Count > 0)
        {
            if (open.Pop() is not { } value || !seen.Add(value))
                continue;

            Type type = value.GetType();
            types.Add(type);
            if (value is Array array)
            {
                foreach (object? element in array)
                    open.Push(element);
            }
            else if (!type.IsPrimitive && value is not string)
            {
                foreach (FieldInfo field in Fields(type))
                    open.Push(field.GetValue(value));
            }
        }

        return types;
    }

    private static IEnumerable<FieldInfo> Fields(Type? type)
    {
        const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        for (; type is not null; type = type.BaseType)
        {
            foreach (FieldInfo field in type.GetFields(Own))
                yield return field;
        }
    }
}
