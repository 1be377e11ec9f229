namespace NativeNet.Description;

/// <summary>Whether the tensors of a network would look the same in the order of another library.</summary>
internal static class OrderOfElements
{
    /// <summary>
    /// Whether a tensor has its shape in PyTorch's order too but other elements in their places, or all matrices have theirs
    /// in Keras's, so that shapes do not tell whose weights a file holds.
    /// </summary>
    /// <remarks>
    /// PyTorch has the channels of a convolution before the positions, and flattens images that way; Keras has the matrices of
    /// dense layers the other way round, (inputs, units).
    /// </remarks>
    /// <param name="spec">A network that passed validation.</param>
    public static bool IsAmbiguous(NetworkSpec spec)
    {
        bool[] isFlattened = new bool[spec.Layers.Count];
        for (int i = 0; i < isFlattened.Length; i++)
            isFlattened[i] = IsFlattened(spec.Layers[i], isFlattened);

        return spec.Layers.Any(layer => layer.Parameters.Any(parameter => DiffersInPyTorch(parameter, layer.Input.Rank == 1 && IsFlattened(layer.Sources[0], isFlattened))))
            || AreAllSquare(spec);
    }

    /// <summary>Whether the elements of a layer's output are those of an image, in an order that depends on its axes', without being one.</summary>
    private static bool IsFlattened(LayerSpec layer, bool[] isFlattened)
    {
        if (layer.IsView && layer.Output != layer.Input && layer.Input.Rank > 1)
            return layer.Input.Channels > 1 && layer.Input.Positions > 1;
        if (layer.IsView && layer.Output.Rank > 1)
            return layer.Output.Channels > 1 && layer.Output.Positions > 1;

        return layer.Input.Rank == layer.Output.Rank && layer is not DenseSpec && layer.Sources.Any(source => IsFlattened(source, isFlattened));
    }

    private static bool IsFlattened(int source, bool[] isFlattened) => source >= 0 && isFlattened[source];

    private static bool DiffersInPyTorch(ParameterSpec parameter, bool readsFlattened)
    {
        int[] sides = [.. parameter.Dimensions];
        if (sides.Length <= 2)
            return readsFlattened;

        int channels = sides[sides.Length - 1];
        return channels > 1 && sides.Skip(1).All(side => side == channels);
    }

    private static bool AreAllSquare(NetworkSpec spec)
    {
        ParameterSpec[] matrices = [.. spec.Layers.SelectMany(static layer => layer.Parameters).Where(static parameter => parameter.Dimensions.Count > 1)];
        return matrices.Length > 0 && matrices.All(static matrix => matrix.Dimensions.Count == 2 && matrix.Dimensions[0] == matrix.Dimensions[1] && matrix.Dimensions[0] > 1);
    }
}
