namespace NativeNet.Compiler.Tests.Differential;

/// <summary>Numbers for a network: mostly ordinary, in some cases those at the ends of what floats can hold.</summary>
internal sealed class NumberDraw
{
    private static readonly float[] Finite = [0f, -0f, float.Epsilon, -float.Epsilon, 1e-40f, -3e-39f, 1.17549435e-38f, 3e38f, -3e38f, 1e-20f, 1e20f, -1e4f, 88.7f, -104f];
    private static readonly float[] Special = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, 3e38f, -float.MaxValue];

    private readonly Random _random;
    private readonly int _kind;

    /// <param name="seed">Of the network: half of them have ordinary numbers alone.</param>
    public NumberDraw(int seed)
    {
        _random = new Random(~seed);
        _kind = Math.Max(0, _random.Next(10) - 4);
    }

    public int Below(int bound) => _random.Next(bound);

    public float Share() => _random.NextSingle();

    /// <summary>(length) values, zeros of both signs among them.</summary>
    public float[] Inputs(int length)
    {
        float scale = _kind == 4 ? MathF.Pow(10, _random.Next(-42, 36)) : 1;
        float[] values = [.. Enumerable.Range(0, length).Select(_ => _random.Next(10) switch { 0 => 0f, 1 => -0f, _ => scale * ((2 * _random.NextSingle()) - 1) })];
        if (_kind is 1 or 3)
            Scatter(values, Finite, length / 10);
        if (_kind is 2 or 3)
            Scatter(values, Special, _random.Next(3));
        return values;
    }

    /// <summary>A value for each parameter.</summary>
    /// <param name="isVariance">Which of them cannot be negative.</param>
    public float[] Parameters(bool[] isVariance)
    {
        float scale = _kind == 5 ? MathF.Pow(10, _random.Next(-40, 10)) : 1;
        float[] values = [.. isVariance.Select(_ => _random.Next(20) switch { 0 => 0f, 1 => -0f, _ => scale * (_random.NextSingle() - 0.5f) })];
        if (_kind == 3)
            Scatter(values, Finite, values.Length / 20);
        if (_kind == 5)
            Scatter(values, Special, _random.Next(2));
        for (int i = 0; i < values.Length; i++)
            values[i] = isVariance[i] ? MathF.Abs(values[i]) : values[i];
        return values;
    }

    private void Scatter(float[] values, float[] from, int count)
    {
        for (int i = 0; i <= count; i++)
            values[_random.Next(values.Length)] = from[_random.Next(from.Length)];
    }
}
