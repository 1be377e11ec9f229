using NativeNet.Cli.Bench;
using NativeNet.Cli.Training;
using NativeNet.Data;
using NativeNet.Training;

namespace NativeNet.Cli.Networks;

/// <summary>A network of this binary, as the commands see it.</summary>
/// <param name="name">Its name on the command line.</param>
/// <param name="defaults">How it is trained when the command line does not say.</param>
internal abstract class CompiledNetwork(string name, NetworkDefaults defaults)
{
    /// <summary>Its name on the command line.</summary>
    public string Name { get; } = name;

    /// <summary>How it is trained when the command line does not say.</summary>
    public NetworkDefaults Defaults { get; } = defaults;

    /// <summary>The values of one sample.</summary>
    public abstract int InputLength { get; }

    /// <summary>The classes.</summary>
    public abstract int OutputLength { get; }

    /// <summary>The numbers that training finds.</summary>
    public abstract int ParameterCount { get; }

    /// <summary>The plan in words.</summary>
    public abstract string Plan { get; }

    /// <summary>Trains and reports.</summary>
    /// <returns>The exit code.</returns>
    public abstract int Train(TrainingOptions options, TrainTest data, CancellationToken cancellationToken);

    /// <summary>Measures saved weights.</summary>
    /// <param name="weights">A safetensors file.</param>
    /// <param name="data">Samples of the network's shape.</param>
    public abstract Evaluation Evaluate(string weights, DataSet data);

    /// <summary>Makes ready to measure speed.</summary>
    /// <param name="threads">How many threads share a training step.</param>
    public abstract NetworkBench CreateBench(int threads);

    /// <summary>Classifies rows as they arrive.</summary>
    /// <param name="weights">A safetensors file.</param>
    /// <param name="text">Rows of numbers.</param>
    /// <param name="textName">The name of the text for messages.</param>
    /// <param name="output">Gets a line for each row: class and probability.</param>
    public abstract void Predict(string weights, TextReader text, string textName, TextWriter output);
}
