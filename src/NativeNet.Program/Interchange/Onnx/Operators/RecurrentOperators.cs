using System.Collections.Immutable;
using System.Globalization;
using NativeNet.Description;

namespace NativeNet.Program.Interchange.Onnx.Operators;

/// <summary>GRU, LSTM and RNN, forward from a state of zeros.</summary>
internal static class RecurrentOperators
{
    private const int Weights = 1, RecurrentWeights = 2, Biases = 3, Lengths = 4, FirstState = 5, FirstCell = 6, Peepholes = 7;

    /// <summary>Imports a node.</summary>
    /// <param name="call">The node.</param>
    /// <param name="kind">The cell.</param>
    public static void Import(OperatorCall call, RecurrentKind kind)
    {
        int units = call.Constant(RecurrentWeights).Dimensions is [_, _, var hidden] ? hidden : throw call.Unsupported("has recurrent weights of other axes than directions, gates and units");
        SampleValue sample = call.Sample(0);
        AxisMap map = sample.Map;
        int frames = call.Integer("layout", 0) == 0 ? 0 : 1;
        CheckForm(call, kind, frames < map.Rank ? map[frames] : 0);
        if (map.Rank != 3 || map.BatchAxis != 1 - frames)
            throw call.Unsupported($"reads [{string.Join(", ", map.Dimensions)}], which is no signal of {(frames == 0 ? "frames, samples" : "samples, frames")} and channels", "transpose it before");
        if (!map.IsInMemoryOrder(frames, 2))
            throw call.Unsupported("reads a signal whose channels are not last here", "transpose it before");

        int source = call.Draft.View(sample.Source, [map[frames], map[2]]);
        Add(call, kind, source, Tensors(call, kind, map[2], units), map, frames, units);
    }

    /// <summary>The layers behind the node's two outputs: the states behind every frame, and the one behind the last.</summary>
    private static void Add(OperatorCall call, RecurrentKind kind, int source, float[][] tensors, AxisMap map, int frames, int units)
    {
        int steps = map[frames], batch = map.Batch;
        string type = RecurrentGates.TypeOf(kind), keys = string.Create(CultureInfo.InvariantCulture, $", \"units\": {units}");
        bool isSequence = call.IsRead(0);
        LayerDraft layer = new(type, isSequence ? keys + ", \"returnSequences\": true" : keys, [source], isSequence ? [steps, units] : [units], tensors) { Name = call.Node.Name };
        int states = call.Draft.Add(layer);

        // (frames, directions, samples, units), or samples first; in the end the same without frames.
        if (isSequence)
        {
            AxisMap all = frames == 0 ? AxisMap.Of([steps, 1, batch, units], 2, 0, 3) : AxisMap.Of([batch, steps, 1, units], 0, 1, 3);
            call.Set(new SampleValue(states, all));
        }

        if (!call.IsRead(1))
            return;

        AxisMap last = frames == 0 ? AxisMap.Of([1, batch, units], 1, 2) : AxisMap.Of([batch, 1, units], 0, 2);
        if (isSequence && steps > 1)
            states = call.Draft.Add(new LayerDraft("cropping1d", string.Create(CultureInfo.InvariantCulture, $", \"before\": {steps - 1}"), [states], [1, units]));
        call.Set(new SampleValue(states, last), 1);
    }

    /// <summary>Fails where the node is a cell that layers do not have.</summary>
    private static void CheckForm(OperatorCall call, RecurrentKind kind, int steps)
    {
        foreach (string irrelevant in (ReadOnlySpan<string>)["hidden_size", "output_sequence", "activation_alpha", "activation_beta"])
            call.Find(irrelevant);
        if (call.Word("direction", "forward") is not "forward" and var direction)
            throw call.Unsupported($"runs in the direction {direction}", "train with the direction forward alone");
        if (call.Words("activations") is { IsEmpty: false } functions && !functions.SequenceEqual(RecurrentGates.FunctionsOf(kind), StringComparer.OrdinalIgnoreCase))
            throw call.Unsupported($"has the functions {string.Join(", ", functions)}; layers have {string.Join(", ", RecurrentGates.FunctionsOf(kind))}", "train with those");
        if (call.Single("clip", 0) != 0 || call.Integer("input_forget", 0) != 0)
            throw call.Unsupported("clips its sums, or couples its gates", "train without");
        if (call.Has(Lengths) && call.Constant(Lengths).Integers.Any(length => length != steps))
            throw call.Unsupported("has samples of different lengths", "give all of them the same one");
        if (!IsZero(call, FirstState) || !IsZero(call, FirstCell))
            throw call.Unsupported("does not begin at a state of zeros", "begin there");
        if (!IsZero(call, Peepholes))
            throw call.Unsupported("has peepholes, by which gates see the cell", "train without");
        if (call.IsRead(2))
            throw call.Unsupported("gives the state of its cell, which no layer does");

        // Behind the first frame it does not matter: there the state is zeros.
        if (kind == RecurrentKind.Gru && !IsResetAfter(call) && steps > 1)
            throw call.Unsupported("resets the state before the product with its weights (linear_before_reset is 0)", "train with the other form, which is PyTorch's, and Keras's with reset_after=True");
    }

    private static bool IsResetAfter(OperatorCall call) => call.Integer("linear_before_reset", 0) != 0;

    private static bool IsZero(OperatorCall call, int input) => !call.Has(input) || Array.TrueForAll(call.Constant(input).Floats, static value => value == 0);

    /// <summary>Its tensors in the order of files. ONNX has two biases, which are added; the second one of a GRU's h stays by itself.</summary>
    private static float[][] Tensors(OperatorCall call, RecurrentKind kind, int inputs, int units)
    {
        int gates = RecurrentGates.OrderOf(kind).Length;
        float[] weights = Tensor(call, Weights, [1, gates * units, inputs]), recurrent = Tensor(call, RecurrentWeights, [1, gates * units, units]);
        float[] biases = call.Has(Biases) ? Tensor(call, Biases, [1, 2 * gates * units]) : new float[2 * gates * units];
        float[] first = RecurrentGates.Import(kind, biases.AsSpan(0, gates * units)), second = RecurrentGates.Import(kind, biases.AsSpan(gates * units));
        float[][] tensors = [RecurrentGates.Import(kind, weights), RecurrentGates.Import(kind, recurrent), first];
        if (kind == RecurrentKind.Gru)
            tensors = [.. tensors, IsResetAfter(call) ? Take(second.AsSpan(second.Length - units)) : new float[units]];
        for (int i = 0; i < first.Length; i++)
            first[i] += second[i];
        return tensors;
    }

    /// <summary>Elements, zeros being left in their places.</summary>
    private static float[] Take(Span<float> elements)
    {
        float[] taken = elements.ToArray();
        elements.Clear();
        return taken;
    }

    private static float[] Tensor(OperatorCall call, int input, ImmutableArray<int> shape)
    {
        ConstantValue constant = call.Constant(input);
        return constant.Dimensions.SequenceEqual(shape)
            ? constant.Floats
            : throw call.Unsupported($"has weights or biases of [{string.Join(", ", constant.Dimensions)}], where its others ask for [{string.Join(", ", shape)}]");
    }
}
