using System.Collections.Immutable;

namespace NativeNet.Program.Interchange.Onnx.Operators;

/// <summary>What Conv and ConvTranspose demand of their constants.</summary>
internal static class ConvTensors
{
    /// <summary>The taps of each axis: the weights' axes behind filters and channels.</summary>
    /// <param name="call">The node.</param>
    /// <param name="weight">Its weights.</param>
    public static ImmutableArray<int> KernelOf(OperatorCall call, ConstantValue weight)
    {
        ImmutableArray<int> kernel = [.. weight.Dimensions.Skip(2)];
        return call.Integers("kernel_shape") is { } stated && !stated.SequenceEqual(kernel)
            ? throw call.Unsupported("has a kernel_shape that its weights do not have")
            : kernel;
    }

    /// <summary>The biases, its third input; null where it has none.</summary>
    /// <param name="call">The node.</param>
    /// <param name="filters">How many there must be.</param>
    public static float[]? BiasesOf(OperatorCall call, int filters)
    {
        float[]? biases = call.Has(2) ? call.Constant(2).Floats : null;
        return biases is not null && biases.Length != filters ? throw call.Unsupported("has another number of biases than filters") : biases;
    }
}
