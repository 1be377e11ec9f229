namespace NativeNet.Description;

/// <summary>Which positions of an input are put out along one dimension.</summary>
/// <param name="Input">The positions of the input.</param>
/// <param name="Output">The positions of the output.</param>
/// <param name="First">The position that comes first.</param>
/// <param name="Repeats">How often each comes.</param>
public readonly record struct ResampleAxis(int Input, int Output, int First, int Repeats)
{
    /// <summary>The input position that an output shows.</summary>
    /// <param name="output">From 0 to Output − 1.</param>
    public int Position(int output) => First + (output / Repeats);
}
