using NativeNet.Description;
using NativeNet.Reference;

namespace NativeNet.Compiler.Tests.Differential;

/// <summary>A signal, what a network makes of it as a whole, and how it is cut.</summary>
/// <param name="Inputs">(frames, channels).</param>
/// <param name="Outputs">(frames, channels), of the reference over the whole signal.</param>
/// <param name="Cuts">Lengths of stretches, in several ways; those of each way add up to the frames.</param>
internal sealed record DrawnSignal(float[] Inputs, float[] Outputs, IReadOnlyList<int[]> Cuts)
{
    private const int MostFrames = 140;

    /// <summary>Draws a signal.</summary>
    public static DrawnSignal Create(NetworkSpec spec, NumberDraw draw, float[] parameters)
    {
        int frames = 1 + draw.Below(MostFrames);
        float[] inputs = draw.Inputs(frames * spec.Input.Channels);
        float[] outputs = new ReferenceNetwork<float>(spec.OverFrames(frames)!).Predict(parameters, inputs);
        return new DrawnSignal(inputs, outputs, [[frames], Cut(frames, 4), Cut(frames, 50)]);

        int[] Cut(int rest, int most)
        {
            var cuts = new List<int>();
            for (; rest > 0; rest -= cuts[^1])
                cuts.Add(Math.Min(rest, draw.Below(most)));
            return [.. cuts];
        }
    }
}
