namespace NativeNet.Description;

/// <summary>
/// (x − mean) / deviation for every feature of the network's input. Mean and deviation are those of the training data,
/// found before the first step, and belong to the weights.
/// </summary>
/// <param name="Index">The position in the file.</param>
/// <param name="Input">Any shape; the last dimension is the features.</param>
public sealed record NormalizationSpec(int Index, Shape Input) : LayerSpec(Index, Input, Input)
{
    /// <summary>The name of the tensor of means.</summary>
    internal const string Mean = "mean";

    /// <summary>The name of the tensor of deviations.</summary>
    internal const string Deviation = "deviation";

    /// <inheritdoc/>
    public override string Type => "normalization";

    /// <inheritdoc/>
    public override EquatableArray<ParameterSpec> Parameters => new(
    [
        ParameterSpec.OfVector(Mean, Input.Channels) with { IsGathered = true },
        ParameterSpec.OfVector(Deviation, Input.Channels, start: 1) with { IsGathered = true },
    ]);

    /// <inheritdoc/>
    public override LayerSpec? OverFrames(int frames)
        => Input.WithFrames(frames) is { } signal ? this with { Input = signal, Output = signal } : null;
}
