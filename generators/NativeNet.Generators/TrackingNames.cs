namespace NativeNet.Generators;

/// <summary>The names of the pipeline's steps, shared with the tests that assert what is cached.</summary>
internal static class TrackingNames
{
    /// <summary>Each network file, read and checked.</summary>
    public const string Files = nameof(Files);

    /// <summary>Each struct that asks for a network.</summary>
    public const string Targets = nameof(Targets);

    /// <summary>What the build made of files of weights.</summary>
    public const string Weights = nameof(Weights);

    /// <summary>Each struct joined with its file.</summary>
    public const string Networks = nameof(Networks);

    /// <summary>What is emitted for each struct: the cache key of the output.</summary>
    public const string Sources = nameof(Sources);
}
