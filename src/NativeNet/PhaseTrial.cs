using System.Runtime.InteropServices;
using NativeNet.Kernels;
using NativeNet.Processes;

namespace NativeNet;

/// <summary>Runs parts of a network's phases on a batch of one sample of zeros, so that they show which parameters they write and which chains they make.</summary>
/// <remarks>Its memory is the system's own, and goes back to it before a step needs as much for what it keeps.</remarks>
/// <param name="run">Runs a phase's part with a gradient buffer, where updates store gradients, and a workspace.</param>
/// <param name="step">What it works on.</param>
/// <param name="parametersLength">The floats of a gradient buffer.</param>
/// <param name="workspaceLength">The floats of a workspace.</param>
internal sealed unsafe class PhaseTrial(
    delegate*<void*, int, PhasePart, ChainRelay?, Span<float>, Span<float>, void> run, void* step, int parametersLength, int workspaceLength) : IDisposable
{
    /// <summary>A NaN that no arithmetic makes of zeros.</summary>
    private const uint Mark = 0x7FC5_A3C9;

    private readonly float* _gradients = Allocate(parametersLength), _workspace = Allocate(workspaceLength);

    private Span<float> Gradients => new(_gradients, parametersLength);

    private Span<float> Workspace => new(_workspace, workspaceLength);

    /// <summary>Numbers that are the same for the same network.</summary>
    public int[] Lengths => [parametersLength, workspaceLength];

    /// <summary>The chains that a part makes.</summary>
    /// <param name="phase">The phase.</param>
    /// <param name="part">The part.</param>
    /// <param name="round">How many sums they depend on.</param>
    public ChainRelay CountChains(int phase, PhasePart part, int round)
    {
        var relay = new ChainRelay();
        relay.Count(round);
        run(step, phase, part, relay, Gradients, Workspace);
        return relay;
    }

    /// <summary>The parameters that parts update: the very code that does it leaves no mark on them.</summary>
    /// <param name="parts">The parts, and the phases that they belong to.</param>
    public FloatRuns FindUpdated(IEnumerable<(int Phase, PhasePart Part)> parts)
    {
        Gradients.Fill(BitConverter.UInt32BitsToSingle(Mark));
        foreach ((int phase, PhasePart part) in parts)
            run(step, phase, part, null, Gradients, Workspace);
        return FloatRuns.Written(Gradients, Mark);
    }

    public void Dispose()
    {
        NativeMemory.Free(_gradients);
        NativeMemory.Free(_workspace);
    }

    private static float* Allocate(int length) => (float*)NativeMemory.AllocZeroed((nuint)length, sizeof(float));
}
