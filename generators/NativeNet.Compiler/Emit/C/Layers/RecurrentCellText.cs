using NativeNet.Compiler.Emit.C.Library;
using NativeNet.Description;

namespace NativeNet.Compiler.Emit.C.Layers;

/// <summary>What a cell makes of the sums of unit <c>u</c>, as statements of C.</summary>
/// <remarks>Forward <c>sums</c> become gates, backward gates their gradients, from <c>d</c>, the gradient of h.</remarks>
/// <param name="comment">The formula.</param>
/// <param name="units">H.</param>
internal abstract class RecurrentCellText(string comment, int units)
{
    /// <summary>The formula.</summary>
    public string Comment => comment;

    /// <summary>The statements of a layer's cell.</summary>
    public static RecurrentCellText Of(RecurrentSpec layer) => layer.Kind switch
    {
        RecurrentKind.Gru => new Gru(layer.Units),
        RecurrentKind.Lstm => new Lstm(layer.Units),
        _ => new Rnn(layer.Units),
    };

    /// <summary>From <c>sums</c> and the states <c>before</c> to the states <c>behind</c>.</summary>
    public abstract IEnumerable<string> Forward(SnippetLibrary library);

    /// <summary>From <c>d</c>, and <c>dc</c>, to the gradients of the sums, and what goes to the frame before without a weight.</summary>
    public abstract IEnumerable<string> Backward(SnippetLibrary library);

    /// <summary>A sum or gate of the unit.</summary>
    protected string At(int sum) => sum == 0 ? "sums[u]" : FormattableString.Invariant($"sums[{sum * units} + u]");

    private sealed class Rnn(int units) : RecurrentCellText("h = tanh(sum)", units)
    {
        public override IEnumerable<string> Forward(SnippetLibrary library) => [$"behind[u] = {library.Use("gate_tanh")}({At(0)});"];

        public override IEnumerable<string> Backward(SnippetLibrary library) =>
        [
            $"{At(0)} = d * {library.Use("multiply_add")}(-behind[u], behind[u], 1.0f);",
            "dh[u] = 0.0f;",
        ];
    }

    private sealed class Gru(int units) : RecurrentCellText("r, z = sigmoid(sums), n = tanh(s + r s'), h = n + z (h - n)", units)
    {
        public override IEnumerable<string> Forward(SnippetLibrary library) =>
        [
            $"const float r = {library.Use("gate_sigmoid")}({At(0)}), z = gate_sigmoid({At(1)});",
            $"const float n = {library.Use("gate_tanh")}({library.Use("multiply_add")}(r, {At(3)}, {At(2)}));",
            $"{At(0)} = r;",
            $"{At(1)} = z;",
            $"{At(2)} = n;",
            "behind[u] = multiply_add(z, before[u] - n, n);",
        ];

        public override IEnumerable<string> Backward(SnippetLibrary library) =>
        [
            $"const float r = {At(0)}, z = {At(1)}, n = {At(2)};",
            $"const float dn = {library.Use("multiply_add")}(-z, d, d) * multiply_add(-n, n, 1.0f);",
            $"{At(0)} = dn * {At(3)} * multiply_add(-r, r, r);",
            $"{At(1)} = d * (before[u] - n) * multiply_add(-z, z, z);",
            $"{At(2)} = dn;",
            $"{At(3)} = dn * r;",
            "dh[u] = d * z;",
        ];
    }

    private sealed class Lstm(int units) : RecurrentCellText("i, f, o = sigmoid(sums), g = tanh(sum), c = f c + i g, h = o tanh(c)", units)
    {
        public override IEnumerable<string> Forward(SnippetLibrary library) =>
        [
            $"const float i = {library.Use("gate_sigmoid")}({At(0)}), f = gate_sigmoid({At(1)});",
            $"const float g = {library.Use("gate_tanh")}({At(2)}), o = gate_sigmoid({At(3)});",
            $"const float c = {library.Use("multiply_add")}(f, before[distance + u], i * g), tanh_c = gate_tanh(c);",
            $"{At(0)} = i;",
            $"{At(1)} = f;",
            $"{At(2)} = g;",
            $"{At(3)} = o;",
            "behind[distance + u] = c;",
            "behind[2 * distance + u] = tanh_c;",
            "behind[u] = o * tanh_c;",
        ];

        public override IEnumerable<string> Backward(SnippetLibrary library) =>
        [
            $"const float i = {At(0)}, f = {At(1)}, g = {At(2)}, o = {At(3)}, tanh_c = behind[2 * distance + u];",
            $"const float both = {library.Use("multiply_add")}(d * o, multiply_add(-tanh_c, tanh_c, 1.0f), dc[u]);",
            $"{At(0)} = both * g * multiply_add(-i, i, i);",
            $"{At(1)} = both * before[distance + u] * multiply_add(-f, f, f);",
            $"{At(2)} = both * i * multiply_add(-g, g, 1.0f);",
            $"{At(3)} = d * tanh_c * multiply_add(-o, o, o);",
            "dc[u] = both * f;",
            "dh[u] = 0.0f;",
        ];
    }
}
