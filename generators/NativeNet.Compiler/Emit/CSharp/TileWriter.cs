using NativeNet.Compiler.Planning;
using NativeNet.Description;

namespace NativeNet.Compiler.Emit.CSharp;

/// <summary>Writes the inner loops of every kernel with sums of products: sums of outer products held in registers.</summary>
/// <remarks>
/// The loop shapes are the ones that RyuJIT and ILCompiler turn into one load a vector, one broadcast a row and one fused
/// multiply-add a pair: accumulators are locals, references advance by a constant, displacements are constants.
/// </remarks>
internal sealed class TileWriter(SourceWriter writer, Tile tile, Func<int, int>? vectorOffset = null)
{
    private string Type => tile.Vector + "<float>";

    /// <summary>The accumulator of a row, a vector and a chain: <c>s01</c>, or <c>s01b</c> where there are chains.</summary>
    public string Sum(int row, int vector, int chain = 0)
        => "s" + Digit(row) + Digit(vector) + (tile.Chains == 1 ? "" : ((char)('a' + chain)).ToString());

    /// <summary>Declares the accumulators; <paramref name="first"/> names the value that chain 0 starts from.</summary>
    public void Declare(Func<int, string>? first = null)
    {
        string zero = Type + ".Zero";
        for (int chain = 0; chain < tile.Chains; chain++)
        {
            for (int row = 0; row < tile.Rows; row++)
            {
                int c = chain, r = row;
                writer.Write($"{Type} {Each(v => $"{Sum(r, v, c)} = {(c == 0 && first is not null ? first(v) : zero)}")};");
            }
        }
    }

    /// <summary>Declares the accumulators; chain 0 of each row starts from one broadcast value, or from +0.</summary>
    /// <param name="first">The float that a row starts from, or null.</param>
    public void DeclareRows(Func<int, string>? first)
    {
        for (int chain = 0; chain < tile.Chains; chain++)
        {
            for (int row = 0; row < tile.Rows; row++)
            {
                int r = row, c = chain;
                bool isZero = chain > 0 || first is null;
                string value = isZero ? Type + ".Zero" : $"{tile.Vector}.Create({first!(r)})";
                writer.Write($"{Type} {Each(v => $"{Sum(r, v, c)} = {(v == 0 || isZero ? value : Sum(r, 0, c))}")};");
            }
        }
    }

    /// <summary>Declares the accumulators with what lies in memory, rows and vectors so many floats apart.</summary>
    public void DeclareFrom(string source, int rowStride, int vectorStride)
    {
        for (int row = 0; row < tile.Rows; row++)
        {
            int r = row;
            writer.Write($"{Type} {Each(v => $"{Sum(r, v)} = {At(source, (r * rowStride) + (v * vectorStride))}")};");
        }
    }

    /// <summary>Stores the accumulators where <see cref="DeclareFrom"/> took them.</summary>
    public void StoreTo(string destination, int rowStride, int vectorStride)
    {
        for (int row = 0; row < tile.Rows; row++)
        {
            for (int vector = 0; vector < tile.Vectors; vector++)
                writer.Write($"{Sum(row, vector)}.StoreUnsafe(ref {destination}{Offset((row * rowStride) + (vector * vectorStride))});");
        }
    }

    /// <summary>Loads the vectors <paramref name="name"/>0, <paramref name="name"/>1, … from <paramref name="source"/>.</summary>
    public void Load(string name, string source, int offset = 0)
        => writer.Write($"{Type} {Each(v => $"{name}{v} = {At(source, offset + VectorOffset(v))}")};");

    /// <summary>
    /// One step of the summed dimension: each row's value, found at <paramref name="row"/>(r), is broadcast, or is a vector
    /// itself, and multiplied with the vectors named <paramref name="vectors"/>.
    /// </summary>
    public void MultiplyAdd(string scalars, Func<int, int> row, string vectors, int chain = 0, bool isVector = false)
    {
        for (int r = 0; r < tile.Rows; r++)
        {
            string value = FormattableString.Invariant($"{scalars}{r}");
            writer.Write($"{Type} {value} = {(isVector ? At(scalars, row(r)) : $"{tile.Vector}.Create({Element(scalars, row(r))})")};");
            for (int v = 0; v < tile.Vectors; v++)
                writer.Write($"{Sum(r, v, chain)} = {tile.Vector}.FusedMultiplyAdd({value}, {vectors}{v}, {Sum(r, v, chain)});");
        }
    }

    /// <summary>
    /// One step in which every row has vectors of its own, <paramref name="stride"/> apart, found at
    /// <paramref name="values"/>; they are multiplied with the row's value, broadcast, from <paramref name="scalars"/>; both of
    /// them <paramref name="step"/> further.
    /// </summary>
    public void MultiplyAddRows(string values, int stride, string scalars, int step = 0, int chain = 0)
    {
        for (int r = 0; r < tile.Rows; r++)
        {
            string factor = FormattableString.Invariant($"{scalars}{r}");
            writer.Write($"{Type} {factor} = {tile.Vector}.Create({Element(scalars, step + r)});");
            for (int v = 0; v < tile.Vectors; v++)
                writer.Write($"{Sum(r, v, chain)} = {tile.Vector}.FusedMultiplyAdd({At(values, ((step + r) * stride) + VectorOffset(v))}, {factor}, {Sum(r, v, chain)});");
        }
    }

    /// <summary>
    /// One step in which every row has vectors of its own, <paramref name="stride"/> apart, each multiplied with the vector of
    /// the same place that all rows share, named <paramref name="vectors"/>.
    /// </summary>
    public void MultiplyAddPlaces(string values, int stride, string vectors)
    {
        for (int r = 0; r < tile.Rows; r++)
        {
            for (int v = 0; v < tile.Vectors; v++)
                writer.Write($"{Sum(r, v)} = {tile.Vector}.FusedMultiplyAdd({At(values, (r * stride) + VectorOffset(v))}, {vectors}{v}, {Sum(r, v)});");
        }
    }

    /// <summary>Multiplies the vectors of two names, place by place, for one row.</summary>
    public void MultiplyAddPlaces(int row, string values, string vectors)
    {
        for (int v = 0; v < tile.Vectors; v++)
            writer.Write($"{Sum(row, v)} = {tile.Vector}.FusedMultiplyAdd({values}{v}, {vectors}{v}, {Sum(row, v)});");
    }

    /// <summary>Adds the chains in halves; chain 0 holds the result.</summary>
    public void Reduce()
    {
        for (int half = tile.Chains / 2; half > 0; half /= 2)
        {
            for (int row = 0; row < tile.Rows; row++)
            {
                for (int vector = 0; vector < tile.Vectors; vector++)
                {
                    for (int chain = 0; chain < half; chain++)
                        writer.Write($"{Sum(row, vector, chain)} += {Sum(row, vector, chain + half)};");
                }
            }
        }
    }

    /// <summary>Stores every sum of chain 0, rows <paramref name="stride"/> apart, or adds it to what is there.</summary>
    public void Store(string destination, int stride, bool adds = false)
    {
        for (int row = 0; row < tile.Rows; row++)
        {
            for (int vector = 0; vector < tile.Vectors; vector++)
            {
                int offset = (row * stride) + (vector * tile.Lanes);
                string sum = adds ? $"({At(destination, offset)} + {Sum(row, vector)})" : Sum(row, vector);
                writer.Write($"{sum}.StoreUnsafe(ref {destination}{Offset(offset)});");
            }
        }
    }

    /// <summary>
    /// Stores the activation of every sum, rows <paramref name="stride"/> apart, and the sums where they are kept. A long
    /// function has one loop of its own.
    /// </summary>
    /// <param name="activation">The function.</param>
    /// <param name="sums">The reference to where the sums are kept, which may be the destination; null where they are not.</param>
    /// <param name="destination">The reference to the outputs.</param>
    /// <param name="stride">Floats from row to row.</param>
    public void StoreActivated(ActivationSpec activation, string? sums, string destination, int stride)
    {
        bool isLong = InliningBudget.IsLong(activation);
        if (sums is not null || isLong)
            Store(sums ?? destination, stride);
        if (isLong)
        {
            EmitActivation(activation, sums ?? destination, destination, stride);
            return;
        }

        for (int row = 0; row < tile.Rows; row++)
        {
            for (int vector = 0; vector < tile.Vectors; vector++)
                writer.Write($"{ActivationCode.Forward(activation, tile, Sum(row, vector))}.Store(ref {destination}, {(row * stride) + (vector * tile.Lanes)});");
        }
    }

    /// <summary>The loops over stored sums; rows side by side are one.</summary>
    private void EmitActivation(ActivationSpec activation, string sums, string destination, int stride)
    {
        string value = ActivationCode.Forward(activation, tile.LaneType, $"{tile.LaneType}.Load(ref {sums}, i)");
        writer.Blank();
        if (tile.Rows == 1 || stride == tile.Width)
        {
            EmitLoop(tile.Rows * tile.Width);
            return;
        }

        using (writer.BeginBlock($"for (int row = 0; row < {tile.Rows}; row++)"))
        {
            EmitLoop(tile.Width);
            foreach (string reference in new[] { sums, destination }.Distinct())
                writer.Write($"{reference} = ref Unsafe.Add(ref {reference}, {stride});");
        }

        void EmitLoop(int length)
        {
            writer.Write($"for (nuint i = 0; i < {length}; i += {tile.Lanes})");
            writer.Write($"    {value}.Store(ref {destination}, i);");
        }
    }

    /// <summary>The float at a constant distance from a reference.</summary>
    public static string Element(string reference, int offset)
        => offset == 0 ? reference : FormattableString.Invariant($"Unsafe.Add(ref {reference}, {offset})");

    /// <summary>The vector at a constant distance from a reference.</summary>
    public string At(string reference, int offset)
        => $"{tile.Vector}.LoadUnsafe(ref {reference}{Offset(offset)})";

    /// <summary>Floats from the first vector to another: a panel's vectors lie side by side, panels lie apart.</summary>
    private int VectorOffset(int vector) => vectorOffset is null ? vector * tile.Lanes : vectorOffset(vector);

    private static string Offset(int value) => value == 0 ? "" : FormattableString.Invariant($", {value}");

    private string Each(Func<int, FormattableString> text)
        => string.Join(", ", Enumerable.Range(0, tile.Vectors).Select(v => FormattableString.Invariant(text(v))));

    private static string Digit(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
