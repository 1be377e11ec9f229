using NativeNet.Description;
using NativeNet.Reference;

namespace NativeNet.Compiler.Tests.Differential;

/// <summary>A signal, what a network makes of it as a whole, and how it is cut.</summary>
/// <param name="Inputs">(frames, channels).</param>
/// <param name="Outputs">(frames, channels), of the reference over the whole signal, or, of a network that puts out a vector, over the frames so far.</param>
/// <param name="Cuts">Lengths of stretches, in several ways; those of each way add up to the frames.</param>
internal sealed record DrawnSignal(float[] Inputs, float[] Outputs, IReadOnlyList<int[]> Cuts)
{
    private const int MostFrames = 140, MostVectors = 24;

    /// <summary>Draws a signal.</summary>
    public static DrawnSignal Create(NetworkSpec spec, NumberDraw draw, float[] parameters)
    {
        int frames = 1 + draw.Below(spec.Output.Rank == 1 ? MostVectors : MostFrames);
        float[] inputs = draw.Inputs(frames * spec.Input.Channels);
        float[] outputs = spec.Output.Rank == 1 ? [.. Enumerable.Range(1, frames).SelectMany(Behind)] : Behind(frames);
        return new DrawnSignal(inputs, outputs, [[frames], Cut(frames, 4), Cut(frames, 50)]);

        float[] Behind(int count) => new ReferenceNetwork<float>(spec.OverFrames(count)!).Predict(parameters, inputs.AsSpan(0, count * spec.Input.Channels));

        int[] Cut(int rest, int most)
        {
            var cuts = new List<int>();
            for (; rest > 0; rest -= cuts[^1])
                cuts.Add(Math.Min(rest, draw.Below(most)));
            return [.. cuts];
        }
    }
}
