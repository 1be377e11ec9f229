using System.Collections.Immutable;
using NativeNet.Description;

namespace NativeNet.Program.Interchange.Onnx;

/// <summary>The operators of recurrent cells: their names, and in which order ONNX has the gates of a cell.</summary>
internal static class RecurrentGates
{
    /// <summary>The operator of a cell.</summary>
    /// <param name="kind">The cell.</param>
    public static string OperatorOf(RecurrentKind kind) => kind switch
    {
        RecurrentKind.Gru => "GRU",
        RecurrentKind.Lstm => "LSTM",
        _ => "RNN",
    };

    /// <summary>The type of layers with this cell, as files spell it.</summary>
    /// <param name="kind">The cell.</param>
    public static string TypeOf(RecurrentKind kind) => OperatorOf(kind).ToLowerInvariant();

    /// <summary>For each gate of ONNX its position here: z, r, h of r, z, n; i, o, f, c of i, f, g, o.</summary>
    /// <param name="kind">The cell.</param>
    public static ImmutableArray<int> OrderOf(RecurrentKind kind) => kind switch
    {
        RecurrentKind.Gru => [1, 0, 2],
        RecurrentKind.Lstm => [0, 3, 1, 2],
        _ => [0],
    };

    /// <summary>What a gate's sum goes through, and what the state does, by the names of ONNX.</summary>
    /// <param name="kind">The cell.</param>
    public static ImmutableArray<string> FunctionsOf(RecurrentKind kind) => kind switch
    {
        RecurrentKind.Gru => ["Sigmoid", "Tanh"],
        RecurrentKind.Lstm => ["Sigmoid", "Tanh", "Tanh"],
        _ => ["Tanh"],
    };

    /// <summary>The gates of ONNX in the order that they have here.</summary>
    /// <param name="kind">The cell.</param>
    /// <param name="gates">Elements, gate behind gate, all gates of the same length.</param>
    public static float[] Import(RecurrentKind kind, ReadOnlySpan<float> gates)
    {
        ImmutableArray<int> order = OrderOf(kind);
        float[] here = new float[gates.Length];
        int length = gates.Length / order.Length;
        for (int gate = 0; gate < order.Length; gate++)
            gates.Slice(gate * length, length).CopyTo(here.AsSpan(order[gate] * length));
        return here;
    }

    /// <summary>The gates in the order of ONNX.</summary>
    /// <param name="kind">The cell.</param>
    /// <param name="gates">Elements, gate behind gate, all gates of the same length.</param>
    public static float[] Export(RecurrentKind kind, ReadOnlySpan<float> gates)
    {
        ImmutableArray<int> order = OrderOf(kind);
        float[] there = new float[gates.Length];
        int length = gates.Length / order.Length;
        for (int gate = 0; gate < order.Length; gate++)
            gates.Slice(order[gate] * length, length).CopyTo(there.AsSpan(gate * length));
        return there;
    }
}
