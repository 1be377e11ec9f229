namespace NativeNet.Data;

/// <summary>Collects numbers of a CSV file: as bytes while all of them are whole ones from 0 to 255, as pixels are, then as floats.</summary>
/// <remarks>
/// A number and what separates it take two bytes of the file or more, so that with room made once, for as many as there
/// will be, nothing here takes more than twice the file.
/// </remarks>
/// <param name="scale">The factor on every number.</param>
/// <param name="capacity">How many numbers are expected; more are fine.</param>
internal sealed class CsvNumbers(float scale, int capacity)
{
    private byte[] _bytes = new byte[capacity];
    private float[]? _floats;

    /// <summary>The numbers so far.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a number.</summary>
    /// <param name="value">The number as the file has it; finite also when scaled.</param>
    public void Add(float value)
    {
        if (_floats is null)
        {
            byte whole = (byte)Math.Clamp(value, 0f, 255f);
            if (BitConverter.SingleToInt32Bits(whole) == BitConverter.SingleToInt32Bits(value))
            {
                if (Count == _bytes.Length)
                    Array.Resize(ref _bytes, Grown(Count));
                _bytes[Count++] = whole;
                return;
            }
        }

        float[] floats = Floats();
        if (Count == floats.Length)
            Array.Resize(ref floats, Grown(Count));
        floats[Count++] = value * scale;
        _floats = floats;
    }

    /// <summary>Takes back the numbers added last.</summary>
    /// <param name="count">How many.</param>
    public void RemoveLast(int count) => Count -= count;

    /// <summary>Puts another number in the place of one.</summary>
    /// <param name="index">The place.</param>
    /// <param name="value">The number, scaled.</param>
    public void Replace(int index, float value) => Floats()[index] = value;

    /// <summary>The numbers as inputs of samples.</summary>
    /// <param name="length">The numbers of a sample.</param>
    public SampleInputs ToInputs(int length)
        => _floats is null ? SampleInputs.Of(_bytes.AsMemory(0, Count), scale, length) : SampleInputs.Of(_floats.AsMemory(0, Count), length);

    private static int Grown(int length) => Math.Max(1024, 2 * length);

    private float[] Floats()
    {
        if (_floats is { } floats)
            return floats;

        floats = new float[_bytes.Length];
        for (int i = 0; i < Count; i++)
            floats[i] = _bytes[i] * scale;
        _bytes = [];
        return _floats = floats;
    }
}
