using System.ComponentModel;
using System.Runtime.CompilerServices;
using NativeNet.Numerics;
using NativeNet.Training;

namespace NativeNet.Kernels;

/// <summary>Applies an update rule to a vector of parameters whose gradient has just been finished.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ParameterUpdate
{
    /// <summary>Loads parameters and state, updates them, and stores them back.</summary>
    /// <typeparam name="TRule">The rule.</typeparam>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="rule">The rule at this step.</param>
    /// <param name="gradient">The gradient of the parameters at <paramref name="index"/>.</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="state">The state buffer: StateCount stretches in the layout of the parameters.</param>
    /// <param name="index">The first parameter.</param>
    /// <param name="length">The floats of the parameter buffer: the distance between stretches of state.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply<TRule, TLanes>(
        in TRule rule, TLanes gradient, ref float parameters, ref float state, nuint index, nuint length)
        where TRule : struct, IUpdateRule<TRule>
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes first = TRule.StateCount > 0 ? TLanes.Load(ref state, index) : default;
        TLanes second = TRule.StateCount > 1 ? TLanes.Load(ref state, index + length) : default;

        rule.Update(TLanes.Load(ref parameters, index), gradient, ref first, ref second).Store(ref parameters, index);

        if (TRule.StateCount > 0)
            first.Store(ref state, index);
        if (TRule.StateCount > 1)
            second.Store(ref state, index + length);
    }
}
