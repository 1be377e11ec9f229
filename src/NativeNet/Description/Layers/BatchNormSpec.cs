namespace NativeNet.Description;

/// <summary>
/// Batch normalization: every channel gets mean 0 and variance 1 over the batch and its positions, then weight and bias; in
/// prediction running averages stand for the batch.
/// </summary>
/// <param name="Index">The position in the file.</param>
/// <param name="Input">Any shape; the last dimension is the channels.</param>
/// <param name="Momentum">The share of a batch in the running averages.</param>
/// <param name="Epsilon">What is added to every variance.</param>
public sealed record BatchNormSpec(int Index, Shape Input, float Momentum, float Epsilon) : LayerSpec(Index, Input, Input)
{
    /// <inheritdoc/>
    public override string Type => "batchNorm";

    /// <summary>Whether it goes by the running averages in training too: where its weights are frozen, these stand still.</summary>
    public bool IsFixed => Trainable != TrainableParts.All;

    /// <inheritdoc/>
    /// <remarks>One value a channel is its own mean: it would leave as the bias, and no gradient would pass.</remarks>
    public override int LeastSamples => Input.Positions == 1 && !IsFixed ? 2 : 1;

    /// <inheritdoc/>
    public override EquatableArray<ParameterSpec> Parameters => new(
    [
        ParameterSpec.OfVector("weight", Input.Channels, start: 1),
        ParameterSpec.OfVector("bias", Input.Channels),
        ParameterSpec.OfVector("running_mean", Input.Channels) with { IsGathered = true },
        ParameterSpec.OfVector("running_var", Input.Channels, start: 1) with { IsGathered = true },
    ]);

    /// <inheritdoc/>
    public override LayerSpec? OverFrames(int frames)
        => Input.WithFrames(frames) is { } signal ? this with { Input = signal, Output = signal } : null;
}
