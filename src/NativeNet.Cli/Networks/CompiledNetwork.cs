using NativeNet.Cli.Bench;
using NativeNet.Cli.Experiments;
using NativeNet.Cli.Training;
using NativeNet.Data;
using NativeNet.Description;
using NativeNet.Training;
using NativeNet.Training.Monitoring;

namespace NativeNet.Cli.Networks;

/// <summary>A network of this binary, as the commands see it.</summary>
/// <param name="name">Its name on the command line.</param>
/// <param name="data">The data that it is made for.</param>
internal abstract class CompiledNetwork(string name, NetworkData data)
{
    /// <summary>Its name on the command line.</summary>
    public string Name { get; } = name;

    /// <summary>The data that it is made for.</summary>
    public NetworkData Data { get; } = data;

    /// <summary>How it is trained where the command line says nothing.</summary>
    public abstract TrainingDefaults Training { get; }

    /// <summary>The shape of one sample.</summary>
    public abstract Shape InputShape { get; }

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

    /// <summary>Trains to the last epoch whatever happens, and keeps a log.</summary>
    /// <param name="trial">The run.</param>
    /// <param name="data">Samples of the network's shape.</param>
    /// <param name="progress">Told of every epoch, on this thread, with a record that the next one overwrites; null for nobody.</param>
    /// <param name="cancellationToken">Ends training after the step at hand.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled; the log ends with the last whole epoch.</exception>
    public abstract TrialResult Try(Trial trial, DataSet data, IProgress<EpochRecord>? progress, CancellationToken cancellationToken);

    /// <summary>Measures saved weights.</summary>
    /// <param name="weights">A safetensors file.</param>
    /// <param name="data">Samples of the network's shape.</param>
    public abstract Evaluation Evaluate(string weights, DataSet data);

    /// <summary>The scores of saved weights, (data.Count, OutputLength), row-major.</summary>
    /// <param name="weights">A safetensors file.</param>
    /// <param name="data">Samples of the network's shape.</param>
    public abstract float[] Score(string weights, DataSet data);

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
