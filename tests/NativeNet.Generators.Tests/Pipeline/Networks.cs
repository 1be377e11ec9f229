namespace NativeNet.Generators.Tests.Pipeline;

/// <summary>Network files that tests share.</summary>
internal static class Networks
{
    public const string Small = """{ "input": [3], "layers": [{ "type": "dense", "units": 2 }], "loss": "softmaxCrossEntropy", "batchSize": 4 }""";

    public const string Values = """{ "input": [5], "layers": [{ "type": "dense", "units": 7, "activation": "tanh" }, { "type": "dense", "units": 3 }], "loss": "meanSquaredError", "batchSize": 3 }""";

    /// <summary>The names of the files that one struct gets.</summary>
    public static string[] FilesOf(string type)
        => [$"{type}.g.cs", $"{type}.Operations.g.cs", $"{type}.Vector512.g.cs", $"{type}.Vector256.g.cs", $"{type}.Vector128.g.cs"];
}
