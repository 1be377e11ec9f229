using NativeNet.Description;
using NativeNet.Numerics;
using NativeNet.Reference;

namespace NativeNet.SelfTest;

/// <summary>Targets of one type: how to draw them, and the reference's answer for them.</summary>
/// <typeparam name="TTarget">Class numbers or values.</typeparam>
internal abstract class ParityTargets<TTarget>
    where TTarget : unmanaged
{
    public abstract TTarget[] Draw(Random random, NetworkSpec spec, int count);

    public abstract float Loss(ReferenceNetwork<float> network, float[] parameters, float[] inputs, TTarget[] targets);

    public abstract (float Loss, float[] Gradients) Backpropagate(
        ReferenceNetwork<float> network, float[] parameters, float[] inputs, TTarget[] targets, TrainingDraw draw);
}

/// <summary>Class numbers.</summary>
internal sealed class ClassTargets : ParityTargets<int>
{
    public override int[] Draw(Random random, NetworkSpec spec, int count)
        => [.. Enumerable.Range(0, count * spec.TargetLength).Select(_ => random.Next(spec.Output.Channels))];

    public override float Loss(ReferenceNetwork<float> network, float[] parameters, float[] inputs, int[] targets)
        => network.Loss(parameters, inputs, targets.AsSpan());

    public override (float Loss, float[] Gradients) Backpropagate(
        ReferenceNetwork<float> network, float[] parameters, float[] inputs, int[] targets, TrainingDraw draw)
        => network.Backpropagate(parameters, inputs, targets.AsSpan(), draw);
}

/// <summary>Values in [0, 1].</summary>
internal sealed class ValueTargets : ParityTargets<float>
{
    public override float[] Draw(Random random, NetworkSpec spec, int count)
        => [.. Enumerable.Range(0, count * spec.Output.Length).Select(_ => random.NextSingle())];

    public override float Loss(ReferenceNetwork<float> network, float[] parameters, float[] inputs, float[] targets)
        => network.Loss(parameters, inputs, targets.AsSpan());

    public override (float Loss, float[] Gradients) Backpropagate(
        ReferenceNetwork<float> network, float[] parameters, float[] inputs, float[] targets, TrainingDraw draw)
        => network.Backpropagate(parameters, inputs, targets.AsSpan(), draw);
}
