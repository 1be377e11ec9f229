using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativeNet.Compiler.Planning;
using NativeNet.Kernels;
using NativeNet.Runtime.Layers;
using NativeNet.Runtime.Memory;
using Buffer = NativeNet.Compiler.Planning.Buffer;
using PlannedProgram = NativeNet.Compiler.Planning.Program;

namespace NativeNet.Runtime;

/// <summary>A causal program as what takes a signal frame by frame.</summary>
internal sealed class StreamingProgram : StreamingNetwork
{
    private readonly PlannedProgram _program;
    private readonly StreamPlan _plan;
    private readonly BoundStretch[] _stretches;

    /// <summary>Makes a program ready to process.</summary>
    /// <param name="program">The program.</param>
    /// <param name="plan">Its stretches.</param>
    /// <param name="create">Makes what runs a layer.</param>
    public StreamingProgram(PlannedProgram program, StreamPlan plan, Func<LayerPlan, LayerRunner> create)
    {
        (_program, _plan) = (program, plan);
        _stretches = [.. plan.Stretches.Select(stretch => Bind(stretch, create))];
    }

    public override int InputChannels => _program.Spec.Input.Channels;

    public override int OutputChannels => _program.Spec.Output.Channels;

    public override int StreamLength => _plan.Stream.Length;

    public override int ProcessWorkspaceLength => _plan.Workspace.Length;

    public override void Process(
        ReadOnlySpan<float> parameters, Span<float> stream, ReadOnlySpan<float> inputs, Span<float> outputs, Span<float> workspace)
    {
        int channels = InputChannels, results = OutputChannels;
        Guard.Length(parameters.Length, _program.Parameters.Length, nameof(parameters));
        Guard.Length(stream.Length, StreamLength, nameof(stream));
        int frames = Guard.Frames(inputs.Length, channels, outputs.Length, results, nameof(inputs), nameof(outputs));
        Guard.AtLeast(workspace.Length, ProcessWorkspaceLength, nameof(workspace));

        int frame = 0;
        foreach (BoundStretch stretch in _stretches)
        {
            for (; frame <= frames - stretch.Frames; frame += stretch.Frames)
            {
                RunMemory memory = new RunMemory(
                    ref Unsafe.Add(ref MemoryMarshal.GetReference(inputs), frame * channels), ref MemoryMarshal.GetReference(parameters),
                    ref MemoryMarshal.GetReference(stream), ref MemoryMarshal.GetReference(workspace), ref Unsafe.NullRef<float>()).At(0, 1);
                foreach (RowsCall call in stretch.Calls)
                    call(memory);
                workspace.Slice(stretch.Outputs, stretch.Frames * results).CopyTo(outputs.Slice(frame * results, stretch.Frames * results));
            }
        }
    }

    private BoundStretch Bind(Stretch stretch, Func<LayerPlan, LayerRunner> create)
    {
        var places = new PlaceTable(_plan.Workspace, block: 1);
        var stream = new PlaceTable(_plan.Stream, block: 1);
        var binding = new CallBinding(
            _program, stretch.Layers.ToDictionary(static layer => layer.Spec.Index, create), static (_, _) => throw new NotSupportedException("A stretch has no loss."));
        IEnumerable<Call> calls = stretch.Procedure.Calls.Where(static call => call.Writes[0].Buffer != Buffer.Scores);
        return new BoundStretch(
            stretch.Frames, [.. calls.Select(call => call.Op.Kind == OpKind.Process ? binding.Process(call, places, stream) : binding.Single(call, places))],
            places[stretch.Outputs.Buffer]);
    }

    /// <summary>A number of frames and the calls that compute them.</summary>
    /// <param name="Frames">The frames.</param>
    /// <param name="Calls">The calls.</param>
    /// <param name="Outputs">Where in the workspace they leave the outputs.</param>
    private sealed record BoundStretch(int Frames, RowsCall[] Calls, int Outputs);
}
