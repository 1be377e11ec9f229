namespace NativeNet.Numerics;

/// <summary>Powers with whole exponents: Math.Pow's bits depend on the platform's C library.</summary>
internal static class IntegerPower
{
    /// <summary>value^exponent by squaring, the exponent's low bit first.</summary>
    /// <param name="value">Any number.</param>
    /// <param name="exponent">At least 0.</param>
    public static double Of(double value, long exponent)
    {
        double result = 1.0;
        for (; exponent > 0; exponent >>= 1)
        {
            if ((exponent & 1) == 1)
                result *= value;
            value *= value;
        }

        return result;
    }
}
