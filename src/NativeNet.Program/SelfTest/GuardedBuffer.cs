using System.Globalization;

namespace NativeNet.SelfTest;

/// <summary>Floats between two strips that nobody may write, filled with NaN so that reading before writing shows.</summary>
internal sealed class GuardedBuffer
{
    private const int Strip = 64;
    private const float Mark = -123.25f;

    private readonly float[] _all;
    private readonly int _length;

    public GuardedBuffer(int length)
    {
        _length = length;
        _all = new float[length + (2 * Strip)];
        Array.Fill(_all, Mark);
        Span.Fill(float.NaN);
    }

    public Span<float> Span => _all.AsSpan(Strip, _length);

    /// <summary>Fails where a strip was written.</summary>
    public void CheckStrips(string name)
    {
        for (int i = 0; i < Strip; i++)
        {
            if (_all[i] != Mark || _all[Strip + _length + i] != Mark)
                throw new ParityException(string.Create(CultureInfo.InvariantCulture, $"{name} was written {Strip - i} floats before its start or {i} behind its end"));
        }
    }
}
