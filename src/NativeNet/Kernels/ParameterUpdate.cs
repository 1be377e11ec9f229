using System.ComponentModel;
using System.Runtime.CompilerServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>Applies an update rule to a vector of parameters whose gradient has just been finished.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ParameterUpdate
{
    /// <summary>Updates a tile of parameters.</summary>
    /// <typeparam name="TRule">The rule.</typeparam>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="rule">The rule at this step.</param>
    /// <param name="gradients">(rows, columns), the gradients.</param>
    /// <param name="rows">Rows of the tile.</param>
    /// <param name="columns">Columns of the tile, a multiple of the width.</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="state">The state buffer: StateCount stretches in the layout of the parameters that are trained.</param>
    /// <param name="index">The first parameter of the tile.</param>
    /// <param name="stride">Parameters from row to row.</param>
    /// <param name="length">The floats of the parameter buffer that are trained: the distance between stretches of state.</param>
    public static void Apply<TRule, TLanes>(
        in TRule rule, ref float gradients, nuint rows, nuint columns, ref float parameters, ref float state, nuint index,
        nuint stride, nuint length)
        where TRule : struct, IUpdateRule<TRule>
        where TLanes : struct, ILanes<TLanes>
    {
        TRule local = rule; // in registers: stores through the references below cannot change it
        for (nuint row = 0; row < rows; row++)
        {
            for (nuint column = 0; column < columns; column += (nuint)TLanes.Count)
                Apply(in local, TLanes.Load(ref gradients, column), ref parameters, ref state, index + column, length);

            index += stride;
            gradients = ref Unsafe.Add(ref gradients, columns);
        }
    }

    /// <summary>Updates one vector of parameters.</summary>
    /// <typeparam name="TRule">The rule.</typeparam>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="rule">The rule at this step.</param>
    /// <param name="gradient">The gradient of the parameters at <paramref name="index"/>.</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="state">The state buffer.</param>
    /// <param name="index">The first parameter.</param>
    /// <param name="length">The floats of the parameter buffer that are trained: the distance between stretches of state.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Apply<TRule, TLanes>(
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

    /// <summary>Updates one vector of parameters by a rule without state.</summary>
    /// <typeparam name="TRule">The rule.</typeparam>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="rule">The rule at this step.</param>
    /// <param name="gradient">The gradient of the parameters at <paramref name="offset"/>.</param>
    /// <param name="parameters">A place in the parameter buffer.</param>
    /// <param name="offset">Floats from there.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply<TRule, TLanes>(in TRule rule, TLanes gradient, ref float parameters, nuint offset)
        where TRule : struct, IUpdateRule<TRule>
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes first = default, second = default;
        rule.Update(TLanes.Load(ref parameters, offset), gradient, ref first, ref second).Store(ref parameters, offset);
    }
}
