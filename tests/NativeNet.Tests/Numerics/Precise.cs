namespace NativeNet.Tests.Numerics;

/// <summary>What errors are measured against: functions in double that keep their precision near 0, and the unit.</summary>
internal static class Precise
{
    /// <summary>eˣ − 1: what rounding eˣ did to x cancels out in the quotient. W. Kahan.</summary>
    public static double ExpMinusOne(double x)
    {
        double power = Math.Exp(x), less = power - 1.0;
        return less == 0.0 ? x : less == -1.0 ? -1.0 : less * x / Math.Log(power);
    }

    /// <summary>log(1 + x), in the same way.</summary>
    public static double LogOnePlus(double x)
    {
        double sum = 1.0 + x;
        return sum == 1.0 ? x : Math.Log(sum) * x / (sum - 1.0);
    }

    public static double Sigmoid(double x) => x >= 0.0 ? 1.0 / (1.0 + Math.Exp(-x)) : Math.Exp(x) / (1.0 + Math.Exp(x));

    /// <summary>In units of the last place of a float near the exact value; a wrong NaN or infinity is infinitely far away.</summary>
    public static double UlpError(float actual, double exact)
    {
        if (double.IsNaN(exact) || !float.IsFinite((float)exact))
            return Widths.SameBits(actual, (float)exact) ? 0.0 : double.PositiveInfinity;

        int exponent = exact == 0.0 ? -149 : Math.Max(Math.ILogB(exact) - 23, -149);
        return Math.Abs(actual - exact) / Math.ScaleB(1.0, exponent);
    }
}
