using System.Globalization;
using NativeNet.Data;
using NativeNet.Description;
using NativeNet.Program.CommandLine;

namespace NativeNet.Program.Networks;

/// <summary>Rows of a CSV file that are the frames of one signal, and what a network makes of them.</summary>
internal sealed class FrameRows
{
    private readonly string _name;
    private readonly int _frames, _channels;
    private readonly bool _everyFrame;

    /// <summary>Asks a network for its frames.</summary>
    /// <param name="network">The network.</param>
    /// <exception cref="UsageException">It takes no signal, or puts out another number of frames.</exception>
    public FrameRows(NamedNetwork network)
    {
        NetworkSpec spec = NetworkSpec.Parse(network.Network.Json);
        if (spec.Input.Rank != 2)
            throw new UsageException($"--rows frames is for networks that take a signal, and {network.Name} takes {spec.Input}; leave it out");

        (_name, _frames, _channels) = (network.Name, spec.Input.Dimensions[0], spec.Input.Dimensions[1]);
        _everyFrame = spec.Output.Rank == 2 && spec.Output.Dimensions[0] == _frames;
        if (!_everyFrame && spec.Output.Rank > 1)
            throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"{_name} puts out {spec.Output} for {_frames} frames, so that a frame has no targets of its own; give it a sample a row"));
        Targets = network.HasClasses ? 1 : spec.Output.Length / (_everyFrame ? _frames : 1);
    }

    /// <summary>The labels or values to learn of a row: those of its frame, or of the signal that ends with it.</summary>
    public int Targets { get; }

    /// <summary>Cuts the signal into samples of the network's length.</summary>
    /// <param name="rows">A sample a row.</param>
    /// <param name="path">Where they are from.</param>
    /// <exception cref="DataFormatException">The rows are not the network's frames, or too few.</exception>
    public DataSet Cut(DataSet rows, string path)
    {
        if (rows.InputLength != _channels)
            throw Wrong($"has {rows.InputLength} values a frame; the network {_name} takes {_channels}");
        if (!rows.IsAutoencoding && rows.TargetLength != Targets)
            throw Wrong($"has {rows.TargetLength} {(rows.ClassCount > 0 ? "labels" : "targets")} a frame; the network {_name} has {Targets}");
        return rows.Count >= _frames ? rows.ToSignals(_frames, _everyFrame) : throw Wrong($"has {rows.Count} frames; the network {_name} takes {_frames}");

        DataFormatException Wrong(FormattableString problem) => new($"{path}: {problem.ToString(CultureInfo.InvariantCulture)}");
    }
}
