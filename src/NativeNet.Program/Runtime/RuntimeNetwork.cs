using NativeNet.Compiler.Planning;
using NativeNet.Description;
using PlannedProgram = NativeNet.Compiler.Planning.Program;

namespace NativeNet.Runtime;

/// <summary>Networks that are read from their files while the program runs.</summary>
/// <remarks>
/// They compute what generated code computes, bit for bit, a few times slower, and take part wherever a
/// <see cref="PredictingNetwork"/> or a <see cref="TrainableNetwork{TTarget}"/> does. For a network that is known when the
/// program is built, the attribute <see cref="NetworkAttribute"/> generates code.
/// </remarks>
public static class RuntimeNetwork
{
    private const int WidestBits = 512;

    /// <summary>Reads a network from a file.</summary>
    /// <param name="path">A <c>*.nn.json</c> file.</param>
    /// <returns>
    /// A <see cref="TrainableNetwork{TTarget}"/> of <see cref="int"/> for softmaxCrossEntropy and of <see cref="float"/> for
    /// the other losses; without a loss a <see cref="PredictingNetwork"/> alone.
    /// </returns>
    /// <exception cref="NetworkFormatException">The file is wrong; the exception lists every mistake with its line and column.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static PredictingNetwork Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Parse(File.ReadAllText(path), Path.GetFileName(path));
    }

    /// <summary>Reads a network from the text of a file.</summary>
    /// <param name="json">The content of a <c>*.nn.json</c> file.</param>
    /// <param name="title">What its plan calls it.</param>
    /// <returns>As <see cref="Load"/>.</returns>
    /// <exception cref="NetworkFormatException">The text is wrong; the exception lists every mistake with its line and column.</exception>
    public static PredictingNetwork Parse(string json, string title = "network")
    {
        ArgumentNullException.ThrowIfNull(json);
        return Create(NetworkSpec.Parse(json), title);
    }

    /// <summary>Makes a checked network ready to run.</summary>
    /// <param name="spec">The network.</param>
    /// <param name="title">What its plan calls it.</param>
    /// <param name="bits">The widest vectors to use: 512, 256 or 128.</param>
    internal static PredictingNetwork Create(NetworkSpec spec, string title, int bits = WidestBits)
    {
        PlannedProgram program = Planner.Create(spec, Target.Simd);
        var facts = new ProgramFacts(title, program);
        var runner = ProgramRunner.Create(program, bits);
        return spec.Loss switch
        {
            null => new PredictingProgram(facts, runner),
            LossKind.SoftmaxCrossEntropy => new TrainableProgram<int>(facts, runner),
            _ => new TrainableProgram<float>(facts, runner),
        };
    }
}
