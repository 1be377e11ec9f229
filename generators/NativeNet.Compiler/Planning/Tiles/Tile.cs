namespace NativeNet.Compiler.Planning;

/// <summary>
/// The register block of one kernel: rows × vectors × chains accumulators that stay in registers along the summed
/// dimension.
/// </summary>
/// <param name="Lanes">Floats a vector: 4, 8 or 16.</param>
/// <param name="Rows">Values broadcast a step; each is multiplied with every vector.</param>
/// <param name="Vectors">Vectors loaded a step.</param>
/// <param name="Chains">Independent sums per output; 1 but in the forward pass of narrow layers.</param>
internal readonly record struct Tile(int Lanes, int Rows, int Vectors, int Chains)
{
    /// <summary>Outputs along the vectors.</summary>
    public int Width => Lanes * Vectors;

    /// <summary>The vector type, for example <c>Vector512</c>.</summary>
    public string Vector => Lanes switch { 16 => "Vector512", 8 => "Vector256", _ => "Vector128" };

    /// <summary>The elementwise lane type, for example <c>Lanes512</c>.</summary>
    public string LaneType => Lanes switch { 16 => "Lanes512", 8 => "Lanes256", _ => "Lanes128" };

    public override string ToString() => Chains == 1
        ? FormattableString.Invariant($"{Rows}×{Vectors}")
        : FormattableString.Invariant($"{Rows}×{Vectors}×{Chains}");
}
