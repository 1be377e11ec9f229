namespace NativeNet.Description;

/// <summary>What training changes of a layer.</summary>
public enum TrainableParts
{
    /// <summary>All that follows a gradient, and what is gathered from the data.</summary>
    All,

    /// <summary>The biases alone, which norms have as offsets.</summary>
    Biases,

    /// <summary>Nothing: the layer is frozen.</summary>
    None,
}
