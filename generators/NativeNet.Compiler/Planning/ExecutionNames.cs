namespace NativeNet.Compiler.Planning;

/// <summary>The constants of one value's place in the workspaces of prediction; in that of training it has its own name.</summary>
internal static class ExecutionNames
{
    /// <summary>The input of one sample, where a layer reads whole vectors of it.</summary>
    public const string SingleInput = "SingleInput";

    /// <summary>For a block of samples.</summary>
    public static string Batch(Value value) => "Batch" + value.Name;

    /// <summary>For one sample.</summary>
    public static string Single(Value value) => "Single" + value.Name;
}
