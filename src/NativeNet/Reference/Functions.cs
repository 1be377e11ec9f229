using System.Numerics;
using NativeNet.Numerics;

namespace NativeNet.Reference;

/// <summary>The elementary functions in the type that the reference runs in: the contract's own for float, the platform's
/// for double, whose results serve only to check derivatives.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal static class Functions<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static T Exp(T x) => x is float value ? T.CreateChecked(Elementary.Exp(value)) : T.Exp(x);

    public static T Log(T x) => x is float value ? T.CreateChecked(Elementary.Log(value)) : T.Log(x);

    public static T Tanh(T x) => x is float value ? T.CreateChecked(Elementary.Tanh(value)) : T.Tanh(x);

    public static T Sigmoid(T x)
        => x is float value ? T.CreateChecked(Elementary.Sigmoid(value)) : T.One / (T.One + T.Exp(-x));

    public static T GateTanh(T x) => x is float value ? T.CreateChecked(Elementary.GateTanh(value)) : T.Tanh(x);

    public static T GateSigmoid(T x)
        => x is float value ? T.CreateChecked(Elementary.GateSigmoid(value)) : T.One / (T.One + T.Exp(-x));

    public static T ExpMinusOne(T x)
        => x is float value ? T.CreateChecked(Elementary.ExpMinusOne(value)) : T.Exp(x) - T.One;

    public static T Softplus(T x)
        => x is float value ? T.CreateChecked(Elementary.Softplus(value)) : T.Log(T.One + T.Exp(x));
}
