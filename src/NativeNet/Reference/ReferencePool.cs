using System.Numerics;
using NativeNet.Description;

namespace NativeNet.Reference;

/// <summary>What pooling layers share: the way of a window over the image.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="spec">The layer.</param>
internal abstract class ReferencePool<T>(PoolSpec spec) : ReferenceLayer<T>(spec, offset: 0)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Window2D _window = spec.Window;

    /// <summary>Visits every output with the inputs of its window that lie inside the image, both ascending.</summary>
    protected void ForEachOutput(int count, Action<int, int[]> visit)
    {
        (WindowAxis down, WindowAxis across, int channels) = _window;
        int output = 0;
        for (int b = 0; b < count; b++)
        {
            for (int oy = 0; oy < down.Output; oy++)
            {
                for (int ox = 0; ox < across.Output; ox++)
                {
                    for (int c = 0; c < channels; c++)
                        visit(output++, [.. Taps(b, oy, ox, c)]);
                }
            }
        }
    }

    private IEnumerable<int> Taps(int b, int oy, int ox, int c)
    {
        (WindowAxis down, WindowAxis across, int channels) = _window;
        for (int ky = down.FirstTap(oy); ky < down.EndTap(oy); ky++)
        {
            for (int kx = across.FirstTap(ox); kx < across.EndTap(ox); kx++)
            {
                int position = (down.Position(oy, ky) * across.Input) + across.Position(ox, kx);
                yield return (b * _window.InputLength) + (position * channels) + c;
            }
        }
    }
}
