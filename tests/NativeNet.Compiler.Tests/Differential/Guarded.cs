namespace NativeNet.Compiler.Tests.Differential;

/// <summary>Floats between strips that nobody may write; NaN at first, so that reading before writing shows.</summary>
internal sealed class Guarded
{
    private const int Strip = 64;
    private const float Mark = -123.25f;

    private readonly float[] _all;

    public Guarded(int length)
    {
        _all = new float[length + (2 * Strip)];
        Array.Fill(_all, Mark);
        Span.Fill(float.NaN);
    }

    public Span<float> Span => _all.AsSpan(Strip, _all.Length - (2 * Strip));

    /// <summary>Whether a strip was written.</summary>
    public bool IsTrespassed() => _all.AsSpan(0, Strip).ContainsAnyExcept(Mark) || _all.AsSpan(_all.Length - Strip).ContainsAnyExcept(Mark);
}
