namespace NativeNet.Numerics;

/// <summary>The streams of <see cref="Philox"/>, all in one place so that no two uses share their numbers.</summary>
public static class RandomStreams
{
    /// <summary>The order of the samples: position i of an epoch is index epoch · 2³² + i.</summary>
    public const uint Shuffle = 0x8000_0000;

    /// <summary>The samples held out for validation: one shuffle.</summary>
    public const uint Validation = 0x8000_0001;

    /// <summary>The samples held out for the test: one shuffle.</summary>
    public const uint Test = 0x8000_0002;

    /// <summary>What a dropout layer keeps: counters of its own form, see <see cref="DropoutMask"/>.</summary>
    /// <param name="layerIndex">The layer's position in the file, from 0.</param>
    public static uint Dropout(int layerIndex) => 0xC000_0000 + (uint)layerIndex;

    /// <summary>The first weights of one layer: weight (k, n) of a K × N layer is index n · K + k.</summary>
    /// <param name="layerIndex">The layer's position in the file, from 0.</param>
    public static uint Weights(int layerIndex) => (uint)layerIndex;

    /// <summary>The same for the weights of a recurrent layer's own state, as if they were those of another layer.</summary>
    /// <param name="layerIndex">The layer's position in the file, from 0.</param>
    public static int RecurrentLayer(int layerIndex) => 0x4000_0000 + layerIndex;
}
