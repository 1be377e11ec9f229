using System.Runtime.CompilerServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>The update of an elementwise rule with gradients that lie in a buffer, times a factor.</summary>
/// <typeparam name="TRule">The rule.</typeparam>
internal readonly ref struct UpdatePass<TRule> : ILanesPass
    where TRule : struct, IUpdateRule<TRule>
{
    private readonly ref float _parameters;
    private readonly ref float _state;
    private readonly ref float _gradients;
    private readonly nuint _length;
    private readonly float _factor;
    private readonly TRule _rule;

    /// <summary>Creates the pass.</summary>
    /// <param name="parameters">The parameters, updated.</param>
    /// <param name="state">StateCount stretches in their layout, updated.</param>
    /// <param name="gradients">The gradients.</param>
    /// <param name="length">The floats of the parameter buffer that are trained: the distance between stretches of state.</param>
    /// <param name="factor">The factor on the gradients; 1 changes no bit.</param>
    /// <param name="rule">The rule at its step.</param>
    public UpdatePass(ref float parameters, ref float state, ref float gradients, int length, float factor, in TRule rule)
    {
        _parameters = ref parameters;
        _state = ref state;
        _gradients = ref gradients;
        _length = (nuint)length;
        _factor = factor;
        _rule = rule;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<TLanes>(nuint index)
        where TLanes : struct, ILanes<TLanes>
        => ParameterUpdate.Apply(
            in _rule, TLanes.Load(ref _gradients, index) * TLanes.Create(_factor), ref _parameters, ref _state, index, _length);
}
