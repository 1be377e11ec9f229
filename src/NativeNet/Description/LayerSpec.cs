namespace NativeNet.Description;

/// <summary>One layer that has been checked.</summary>
/// <param name="Index">Its position in the file's <c>layers</c>, from 0; names of its tensors carry it.</param>
/// <param name="Input">The shape of one sample that enters.</param>
/// <param name="Output">The shape of one sample that leaves.</param>
public abstract record LayerSpec(int Index, Shape Input, Shape Output);

/// <summary>Reads a sample of any shape as one vector; moves no data.</summary>
/// <param name="Index">The position in the file.</param>
/// <param name="Input">Any shape.</param>
/// <param name="Output">A vector of as many elements.</param>
public sealed record FlattenSpec(int Index, Shape Input, Shape Output) : LayerSpec(Index, Input, Output);

/// <summary>A fully connected layer: activation(bias + x · W).</summary>
/// <param name="Index">The position in the file.</param>
/// <param name="Input">A vector of K elements.</param>
/// <param name="Output">A vector of N elements, one a unit.</param>
/// <param name="Activation">The function applied to every unit.</param>
/// <param name="Initializer">The distribution of the first weights; biases start at 0.</param>
public sealed record DenseSpec(int Index, Shape Input, Shape Output, ActivationSpec Activation, InitializerSpec Initializer)
    : LayerSpec(Index, Input, Output)
{
    /// <summary>K, the number of inputs.</summary>
    public int Inputs => Input.Length;

    /// <summary>N, the number of units.</summary>
    public int Units => Output.Length;
}
