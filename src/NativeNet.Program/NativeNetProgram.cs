using System.Reflection;
using NativeNet.Program.CommandLine;
using NativeNet.Program.Networks;

namespace NativeNet;

/// <summary>A command-line program that trains, measures and runs networks: the commands of <c>nativenet</c> for networks of one's own.</summary>
/// <remarks>
/// A program of one network is a line, <c>return NativeNetProgram.Run&lt;Iris&gt;(args);</c>; of several,
/// <c>return new NativeNetProgram().Add&lt;Small&gt;().Add&lt;Large&gt;().Run(args);</c>. Its commands and options are told by
/// <c>--help</c>, its exit codes too. Networks that learn values come by the same names: <see cref="NativeNetProgramValues"/>.
/// </remarks>
public sealed class NativeNetProgram
{
    private readonly List<NamedNetwork> _networks = [];

    /// <summary>Starts a program without networks.</summary>
    /// <param name="name">What texts and errors call the program; null for that of its assembly.</param>
    public NativeNetProgram(string? name = null)
        => Name = name ?? Assembly.GetEntryAssembly()?.GetName().Name ?? AppDomain.CurrentDomain.FriendlyName;

    /// <summary>What texts and errors call the program.</summary>
    public string Name { get; }

    /// <summary>The network of <c>sweep</c> and <c>amplitudes</c> where the command line names none; null for the first.</summary>
    public string? Experimental { get; init; }

    internal IReadOnlyList<NamedNetwork> Networks => _networks;

    /// <summary>Runs a program of one network.</summary>
    /// <typeparam name="TNetwork">The generated network, a classifier.</typeparam>
    /// <param name="arguments">The arguments, without the program's name.</param>
    /// <returns>The exit code.</returns>
    public static int Run<TNetwork>(string[] arguments)
        where TNetwork : struct, INetwork<int>
        => new NativeNetProgram().Add<TNetwork>().Run(arguments);

    /// <summary>Adds a network, called as its type is, in lower case with hyphens: <c>MnistWide</c> is <c>mnist-wide</c>.</summary>
    /// <typeparam name="TNetwork">The generated network, a classifier.</typeparam>
    /// <param name="data">The data that it is made for; null for rows of a CSV file as they are.</param>
    /// <returns>This program.</returns>
    /// <exception cref="ArgumentException">There is a network of that name.</exception>
    public NativeNetProgram Add<TNetwork>(NetworkData? data = null)
        where TNetwork : struct, INetwork<int>
        => Add<TNetwork, int>(data);

    /// <summary>Runs what the arguments ask for.</summary>
    /// <param name="arguments">The arguments, without the program's name.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="InvalidOperationException">The program has no networks.</exception>
    public int Run(string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        if (_networks.Count == 0)
            throw new InvalidOperationException("a program needs a network: call Add first");

        return Application.Run(this, arguments);
    }

    /// <summary>Adds a network of any targets.</summary>
    internal NativeNetProgram Add<TNetwork, TTarget>(NetworkData? data)
        where TNetwork : struct, INetwork<TTarget>
        where TTarget : unmanaged
    {
        string name = NameOf(typeof(TNetwork).Name);
        if (_networks.Any(network => network.Name == name))
            throw new ArgumentException($"there is a network '{name}' already", nameof(data));

        _networks.Add(NamedNetwork.Of<TNetwork, TTarget>(name, data ?? NetworkData.Rows));
        return this;
    }

    private static string NameOf(string type)
        => string.Concat(type.Select(static (letter, i) => char.IsUpper(letter) && i > 0 ? $"-{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
}
