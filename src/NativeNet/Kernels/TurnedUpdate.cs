using System.ComponentModel;
using System.Runtime.CompilerServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>Applies an update rule with gradients that lie across the parameters.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TurnedUpdate
{
    /// <summary>Updates a stretch of a panel.</summary>
    /// <typeparam name="TRule">The rule.</typeparam>
    /// <typeparam name="TLanes">The width, which divides the units.</typeparam>
    /// <param name="rule">The rule at this step.</param>
    /// <param name="gradients">(units, width).</param>
    /// <param name="width">Floats from unit to unit.</param>
    /// <param name="turned">Room for (inputs, units).</param>
    /// <param name="units">The units of the panel.</param>
    /// <param name="inputs">The inputs; there is room for a multiple of 4 of them in the width.</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="state">The state buffer.</param>
    /// <param name="index">The first parameter.</param>
    /// <param name="length">The floats of the parameter buffer that are trained: the distance between stretches of state.</param>
    public static void Apply<TRule, TLanes>(
        in TRule rule, ref float gradients, nuint width, ref float turned, nuint units, nuint inputs, ref float parameters, ref float state,
        nuint index, nuint length)
        where TRule : struct, IUpdateRule<TRule>
        where TLanes : struct, ILanes<TLanes>
    {
        nuint input = 0, side = (nuint)TLanes.Count;
        if (TRule.StateCount == 0 && side > 4)
        {
            for (; input + side <= inputs; input += side)
            {
                for (nuint unit = 0; unit < units; unit += side)
                {
                    ref float block = ref Unsafe.Add(ref gradients, (unit * width) + input);
                    ref float target = ref Unsafe.Add(ref parameters, index + (input * units) + unit);
                    if (side == 16)
                        Apply16(in rule, ref block, width, ref target, units);
                    else
                        Apply8(in rule, ref block, width, ref target, units);
                }
            }
        }

        if (input == inputs)
            return;

        nuint rest = inputs - input;
        Transpose.Copy(ref Unsafe.Add(ref gradients, input), width, ref turned, units, units, (rest + 3) / 4 * 4);
        ParameterUpdate.Apply<TRule, TLanes>(in rule, ref turned, 1, rest * units, ref parameters, ref state, index + (input * units), 0, length);
    }

    /// <summary>One block of 8 × 8, in registers all the way, by a rule without state.</summary>
    private static void Apply8<TRule>(in TRule rule, ref float gradients, nuint width, ref float parameters, nuint units)
        where TRule : struct, IUpdateRule<TRule>
    {
        TRule local = rule; // in registers: stores through the references below cannot change it
        Lanes256 g0 = Lanes256.Load(ref gradients, 0), g1 = Lanes256.Load(ref gradients, width);
        Lanes256 g2 = Lanes256.Load(ref gradients, 2 * width), g3 = Lanes256.Load(ref gradients, 3 * width);
        Lanes256 g4 = Lanes256.Load(ref gradients, 4 * width), g5 = Lanes256.Load(ref gradients, 5 * width);
        Lanes256 g6 = Lanes256.Load(ref gradients, 6 * width), g7 = Lanes256.Load(ref gradients, 7 * width);
        Transpose.Block(ref g0, ref g1, ref g2, ref g3, ref g4, ref g5, ref g6, ref g7);
        ParameterUpdate.Apply(in local, g0, ref parameters, 0);
        ParameterUpdate.Apply(in local, g1, ref parameters, units);
        ParameterUpdate.Apply(in local, g2, ref parameters, 2 * units);
        ParameterUpdate.Apply(in local, g3, ref parameters, 3 * units);
        ParameterUpdate.Apply(in local, g4, ref parameters, 4 * units);
        ParameterUpdate.Apply(in local, g5, ref parameters, 5 * units);
        ParameterUpdate.Apply(in local, g6, ref parameters, 6 * units);
        ParameterUpdate.Apply(in local, g7, ref parameters, 7 * units);
    }

    /// <summary>One block of 16 × 16, in registers all the way, by a rule without state.</summary>
    private static void Apply16<TRule>(in TRule rule, ref float gradients, nuint width, ref float parameters, nuint units)
        where TRule : struct, IUpdateRule<TRule>
    {
        TRule local = rule; // in registers: stores through the references below cannot change it
        Lanes512 g0 = Lanes512.Load(ref gradients, 0), g1 = Lanes512.Load(ref gradients, width);
        Lanes512 g2 = Lanes512.Load(ref gradients, 2 * width), g3 = Lanes512.Load(ref gradients, 3 * width);
        Lanes512 g4 = Lanes512.Load(ref gradients, 4 * width), g5 = Lanes512.Load(ref gradients, 5 * width);
        Lanes512 g6 = Lanes512.Load(ref gradients, 6 * width), g7 = Lanes512.Load(ref gradients, 7 * width);
        Lanes512 g8 = Lanes512.Load(ref gradients, 8 * width), g9 = Lanes512.Load(ref gradients, 9 * width);
        Lanes512 g10 = Lanes512.Load(ref gradients, 10 * width), g11 = Lanes512.Load(ref gradients, 11 * width);
        Lanes512 g12 = Lanes512.Load(ref gradients, 12 * width), g13 = Lanes512.Load(ref gradients, 13 * width);
        Lanes512 g14 = Lanes512.Load(ref gradients, 14 * width), g15 = Lanes512.Load(ref gradients, 15 * width);
        Transpose.Block(
            ref g0, ref g1, ref g2, ref g3, ref g4, ref g5, ref g6, ref g7,
            ref g8, ref g9, ref g10, ref g11, ref g12, ref g13, ref g14, ref g15);
        ParameterUpdate.Apply(in local, g0, ref parameters, 0);
        ParameterUpdate.Apply(in local, g1, ref parameters, units);
        ParameterUpdate.Apply(in local, g2, ref parameters, 2 * units);
        ParameterUpdate.Apply(in local, g3, ref parameters, 3 * units);
        ParameterUpdate.Apply(in local, g4, ref parameters, 4 * units);
        ParameterUpdate.Apply(in local, g5, ref parameters, 5 * units);
        ParameterUpdate.Apply(in local, g6, ref parameters, 6 * units);
        ParameterUpdate.Apply(in local, g7, ref parameters, 7 * units);
        ParameterUpdate.Apply(in local, g8, ref parameters, 8 * units);
        ParameterUpdate.Apply(in local, g9, ref parameters, 9 * units);
        ParameterUpdate.Apply(in local, g10, ref parameters, 10 * units);
        ParameterUpdate.Apply(in local, g11, ref parameters, 11 * units);
        ParameterUpdate.Apply(in local, g12, ref parameters, 12 * units);
        ParameterUpdate.Apply(in local, g13, ref parameters, 13 * units);
        ParameterUpdate.Apply(in local, g14, ref parameters, 14 * units);
        ParameterUpdate.Apply(in local, g15, ref parameters, 15 * units);
    }
}
