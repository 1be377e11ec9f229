using NativeNet.Data;

namespace NativeNet.Tests.Data;

/// <summary>The inputs of a whole data set.</summary>
internal static class AllInputs
{
    /// <summary>(data.Count, data.InputLength), row-major.</summary>
    public static float[] Of(DataSet data)
    {
        float[] inputs = new float[data.Count * data.InputLength];
        data.CopyInputs([.. Enumerable.Range(0, data.Count)], inputs);
        return inputs;
    }
}
