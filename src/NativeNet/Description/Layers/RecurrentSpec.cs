namespace NativeNet.Description;

/// <summary>A recurrent layer: one cell walks over the frames of a signal and carries its state from frame to frame.</summary>
/// <remarks>
/// The gates' weights lie one gate behind the other: r, z, n of a gru, i, f, g, o of an lstm, as in PyTorch. A gru's n has a second
/// bias inside the product with r.
/// </remarks>
/// <param name="Index">The position in the file.</param>
/// <param name="Input">A signal: T frames of I channels.</param>
/// <param name="Output">The state h behind the last frame, H elements, or behind every frame, (T, H).</param>
/// <param name="Kind">The cell.</param>
/// <param name="Units">H.</param>
/// <param name="ReturnSequences">Whether the state behind every frame is put out.</param>
/// <param name="Initializer">The distribution of the first weights of x.</param>
/// <param name="RecurrentInitializer">The distribution of the first weights of h.</param>
/// <param name="ForgetBias">The first bias of an lstm's forget gates; all other biases start at 0.</param>
public sealed record RecurrentSpec(
    int Index, Shape Input, Shape Output, RecurrentKind Kind, int Units, bool ReturnSequences,
    InitializerSpec Initializer, InitializerSpec RecurrentInitializer, float ForgetBias)
    : LayerSpec(Index, Input, Output)
{
    /// <summary>Units that lie side by side in memory at most, with room for whole vectors.</summary>
    private const int UnitBlock = 16;

    /// <inheritdoc/>
    public override string Type => Kind switch
    {
        RecurrentKind.Gru => "gru",
        RecurrentKind.Lstm => "lstm",
        _ => "rnn",
    };

    /// <summary>Whether training goes on from the state that each row of a batch had behind the last step, rather than from zeros.</summary>
    public bool IsStateful { get; init; }

    /// <summary>T, the frames of a signal.</summary>
    public int Steps => Input.Dimensions[0];

    /// <summary>I, the channels of a frame.</summary>
    public int Inputs => Input.Dimensions[1];

    /// <summary>G: every unit has so many rows of weights.</summary>
    public int Gates => Kind switch
    {
        RecurrentKind.Gru => 3,
        RecurrentKind.Lstm => 4,
        _ => 1,
    };

    /// <summary>The sums of a unit and frame: one a gate, and for a gru's n another over h.</summary>
    public int Sums => Kind == RecurrentKind.Rnn ? 1 : 4;

    /// <summary>Values of a unit and frame that going back needs besides the gates: h, and of an lstm c and its tanh.</summary>
    public int States => Kind == RecurrentKind.Lstm ? 3 : 1;

    /// <summary>Those of them that the next frame depends on, from the first on: h, and of an lstm c.</summary>
    public int CarriedStates => Kind == RecurrentKind.Lstm ? 2 : 1;

    /// <inheritdoc/>
    public override EquatableArray<ParameterSpec> Parameters
    {
        get
        {
            int rows = checked(Gates * Units);
            var weights = ParameterSpec.OfMatrix("weight_ih", Inputs, rows, Initializer) with { Gates = Gates };
            var recurrent = ParameterSpec.OfMatrix("weight_hh", Units, rows, RecurrentInitializer) with { Gates = Gates, IsRecurrent = true };
            var bias = ParameterSpec.OfVector("bias", rows) with { Gates = Gates };
            return Kind switch
            {
                RecurrentKind.Gru => new([weights, recurrent, bias, ParameterSpec.OfVector("bias_n", Units) with { Gates = 1 }]),
                RecurrentKind.Lstm => new([weights, recurrent, bias with { GateStarts = new([0, ForgetBias, 0, 0]) }]),
                _ => new([weights, recurrent, bias]),
            };
        }
    }

    /// <inheritdoc/>
    public override long MultiplyAdds => (long)Steps * Gates * Units * ((long)Inputs + Units);

    /// <inheritdoc/>
    public override long KeptLength
        => ((Units + UnitBlock - 1L) / UnitBlock * UnitBlock * ((Steps * ((long)Sums + States)) + States)) + ((Sums + (2L * States)) * (Units + UnitBlock));

    /// <inheritdoc/>
    public override LayerSpec? OverFrames(int frames)
        => Input.WithFrames(frames) is { } input && Output.WithFrames(frames) is { } output ? this with { Input = input, Output = output } : null;
}
