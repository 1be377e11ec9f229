using NativeNet.Compiler.Planning;
using NativeNet.Description;

namespace NativeNet.Compiler.Emit.CSharp.Conv;

/// <summary>
/// Writes the windows of one row for the weight gradient of a depthwise layer: a row of the kernel for a few filters. A value of
/// the image that the next window has at another tap moves there from register to register.
/// </summary>
/// <param name="writer">Gets the text.</param>
/// <param name="axis">How windows walk along a row.</param>
/// <param name="tile">Rows are taps, vectors are filters.</param>
/// <param name="position">Floats from one position to the next.</param>
/// <param name="inputChannel">Floats from one channel of the image to the next.</param>
/// <param name="outputChannel">Floats from the gradients of one filter to those of the next.</param>
internal sealed class ConvTapRowEmitter(SourceWriter writer, WindowAxis axis, Tile tile, int position, int inputChannel, int outputChannel)
{
    /// <summary>Windows of the interior that are written out rather than walked over in a loop.</summary>
    private const int MostWrittenOut = 4;

    private readonly TileWriter _tile = new(writer, tile);

    /// <summary>Taps from a value's place in one window down to its place in the next; all of them where it has none there.</summary>
    private int Shift => axis.Stride % axis.Dilation == 0 ? Math.Min(axis.Stride / axis.Dilation, tile.Rows) : tile.Rows;

    /// <summary>Writes them; <c>xk</c> refers to the first value inside the image that the first window has, <c>dyk</c> to that window's gradient.</summary>
    public void Emit()
    {
        (int first, int end) = axis.Interior();
        if (end - first <= MostWrittenOut)
            first = end = axis.Output;

        // Taps far apart may see, in the windows behind it, columns before the first that the first window has.
        int start = axis.Position(0, axis.FirstTap(0)), column = Enumerable.Range(0, first).Select(window => axis.Position(window, axis.FirstTap(window))).Append(start).Min();
        Advance(column - start);
        writer.Write($"{tile.Vector}<float> {string.Join(", ", Enumerable.Range(0, tile.Rows).SelectMany(Names))};");
        for (int tap = axis.FirstTap(0) + Shift; tap < Math.Min(axis.EndTap(0) + Shift, tile.Rows); tap++)
            EmitLoad(tap, axis.Position(0, tap - Shift) - column);

        for (int window = 0; window < first; window++)
            EmitWindow(window, column);
        if (first < end)
        {
            writer.Blank();
            Advance(axis.Position(first, 0) - column);
            using (writer.BeginBlock($"for (int column = {first}; column < {end}; column++)"))
            {
                EmitWindow(first, axis.Position(first, 0));
                Advance(axis.Stride);
            }

            writer.Blank();
            column = axis.Position(end, 0);
        }

        for (int window = end; window < axis.Output; window++)
            EmitWindow(window, column);
    }

    private IEnumerable<string> Names(int tap) => Enumerable.Range(0, tile.Vectors).Select(filter => Name(tap, filter));

    private static string Name(int tap, int filter) => FormattableString.Invariant($"x{tap}{filter}");

    /// <summary>One window; the values that it shares with the one before are in registers.</summary>
    /// <param name="window">The window.</param>
    /// <param name="column">The column of the image that <c>xk</c> refers to.</param>
    private void EmitWindow(int window, int column)
    {
        (int first, int end) = (axis.FirstTap(window), axis.EndTap(window));
        for (int tap = first; tap < Math.Min(end, tile.Rows - Shift); tap++)
        {
            for (int filter = 0; filter < tile.Vectors; filter++)
                writer.Write($"{Name(tap, filter)} = {Name(tap + Shift, filter)};");
        }

        for (int tap = Math.Max(first, tile.Rows - Shift); tap < end; tap++)
            EmitLoad(tap, axis.Position(window, tap) - column);

        for (int filter = 0; filter < tile.Vectors; filter++)
        {
            string gradient = FormattableString.Invariant($"d{window}{filter}");
            writer.Write($"{tile.Vector}<float> {gradient} = {_tile.At("dyk", filter * outputChannel)};");
            for (int tap = first; tap < end; tap++)
                writer.Write($"{_tile.Sum(tap, filter)} = {tile.Vector}.FusedMultiplyAdd({Name(tap, filter)}, {gradient}, {_tile.Sum(tap, filter)});");
        }

        writer.Write($"dyk = ref Unsafe.Add(ref dyk, {position});");
    }

    private void EmitLoad(int tap, int columns)
    {
        for (int filter = 0; filter < tile.Vectors; filter++)
            writer.Write($"{Name(tap, filter)} = {_tile.At("xk", (columns * position) + (filter * inputChannel))};");
    }

    private void Advance(int columns)
    {
        if (columns != 0)
            writer.Write($"xk = ref Unsafe.Add(ref xk, {columns * position});");
    }
}
