namespace NativeNet.Description;

/// <summary>A layer that applies a function to each of its sums.</summary>
public interface IActivatedLayer
{
    /// <summary>The function.</summary>
    ActivationSpec Activation { get; }
}
