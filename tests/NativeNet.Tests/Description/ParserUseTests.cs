using System.Reflection;
using NativeNet.Description;

namespace NativeNet.Tests.Description;

/// <summary>A running network has what it needs of its file as constants; the parser is for who reads other files.</summary>
public sealed class ParserUseTests
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private const byte Call = 0x28;

    [Fact]
    public void Only_the_description_itself_reads_network_files()
    {
        MethodBase[] parsers = [typeof(NetworkSpec).GetMethod(nameof(NetworkSpec.Parse))!, typeof(NetworkParser).GetMethod(nameof(NetworkParser.Parse))!];
        string[] callers = [.. typeof(NetworkSpec).Assembly.GetTypes().Where(type => Methods(type).Any(method => Calls(method).Intersect(parsers).Any()))
            .Select(static type => type.FullName!)];

        Assert.Equal([typeof(NetworkSpec).FullName!], callers);
    }

    private static IEnumerable<MethodBase> Methods(Type type) => [.. type.GetMethods(All), .. type.GetConstructors(All)];

    /// <summary>What a body may call: every place that reads as the instruction and the number of a method.</summary>
    private static IEnumerable<MethodBase> Calls(MethodBase method)
    {
        byte[] body = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (int i = 0; i + sizeof(int) < body.Length; i++)
        {
            int token = BitConverter.ToInt32(body, i + 1);
            const int MethodDefinitions = 0x06;
            if (body[i] == Call && token >> 24 == MethodDefinitions && (token & 0xFFFFFF) <= MethodCount)
                yield return method.Module.ResolveMethod(token)!;
        }
    }

    private static int MethodCount { get; } = typeof(NetworkSpec).Assembly.GetTypes().Sum(static type => Methods(type).Count());
}
