using System.Numerics;
using NativeNet.Description;

namespace NativeNet.Reference;

/// <summary>A recurrent layer as the numeric contract states it: frames forward, then backward, then the sums of the weights.</summary>
/// <remarks>
/// What going back needs is kept for every sample as (T, sums, H), then the states, each (T + 1, H): h, and of an lstm c and
/// tanh(c). State 0 is that before the first frame: zeros, or what a stateful layer had behind the last step. Going back leaves the gradients of the sums in the place of the gates.
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="spec">The layer: T frames of I channels, H units, G gates.</param>
/// <param name="offset">
/// Where its tensors begin among the row-major parameters: weights of x (G·H, I), of h (G·H, H), biases (G·H), and of a gru the
/// biases of n inside the product with r (H).
/// </param>
internal sealed class ReferenceRecurrent<T>(RecurrentSpec spec, int offset) : ReferenceLayer<T>(spec, offset)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _steps = spec.Steps, _inputs = spec.Inputs, _units = spec.Units, _sums = spec.Sums;
    private readonly bool _isGru = spec.Kind == RecurrentKind.Gru;

    /// <summary>The floats that are kept of a sample.</summary>
    private int Kept => _units * ((_steps * _sums) + ((_steps + 1) * spec.States));

    private int InputWeight(int gate, int unit, int k) => Offset + (((gate * _units) + unit) * _inputs) + k;

    private int HiddenWeight(int gate, int unit, int j) => InputWeight(spec.Gates, 0, 0) + (((gate * _units) + unit) * _units) + j;

    private int Bias(int gate, int unit) => HiddenWeight(spec.Gates, 0, 0) + (gate * _units) + unit;

    private int HiddenBias(int unit) => Bias(spec.Gates, 0) + unit;

    private int Sum(int b, int t, int sum, int unit) => (b * Kept) + (((t * _sums) + sum) * _units) + unit;

    /// <summary>A state behind t frames.</summary>
    private int State(int b, int state, int t, int unit)
        => (b * Kept) + (((_steps * _sums) + (state * (_steps + 1)) + t) * _units) + unit;

    private int H(int b, int t, int unit) => State(b, 0, t, unit);

    private int C(int b, int t, int unit) => State(b, 1, t, unit);

    private int TanhC(int b, int t, int unit) => State(b, 2, t, unit);

    private int Input(int b, int t, int k) => (((b * _steps) + t) * _inputs) + k;

    /// <inheritdoc/>
    public override T[] Forward(ReferencePass<T> pass)
    {
        T[] x = pass.Input(Spec), kept = new T[pass.Count * Kept], y = new T[pass.Count * Spec.Output.Length];
        for (int b = 0; b < pass.Count; b++)
        {
            Begin(pass, kept, b);
            for (int t = 0; t < _steps; t++)
            {
                for (int unit = 0; unit < _units; unit++)
                {
                    for (int sum = 0; sum < _sums; sum++)
                        kept[Sum(b, t, sum, unit)] = Accumulate(pass.Parameters, x, kept, b, t, sum, unit);
                    Activate(kept, b, t, unit);
                    if (spec.ReturnSequences)
                        y[(((b * _steps) + t) * _units) + unit] = kept[H(b, t + 1, unit)];
                    else if (t == _steps - 1)
                        y[(b * _units) + unit] = kept[H(b, _steps, unit)];
                }
            }

            End(pass, kept, b);
        }

        pass.SetSums(Spec.Index, kept);
        return y;
    }

    /// <summary>The state before the first frame of a row.</summary>
    private void Begin(ReferencePass<T> pass, T[] kept, int b)
    {
        if (!spec.IsStateful || pass.States?.GetValueOrDefault((Spec.Index, b)) is not { } states)
            return;
        for (int i = 0; i < states.Length; i++)
            kept[State(b, i / _units, 0, i % _units)] = states[i];
    }

    /// <summary>The state behind its last frame: h, and of an lstm c.</summary>
    private void End(ReferencePass<T> pass, T[] kept, int b)
    {
        if (spec.IsStateful && pass.States is { } states)
            states[(Spec.Index, b)] = [.. Enumerable.Range(0, spec.CarriedStates * _units).Select(i => kept[State(b, i / _units, _steps, i % _units)])];
    }

    /// <summary>Two chains, the first from the bias: x in pairs, then h in pairs; of a gru's n each for itself.</summary>
    private T Accumulate(T[] parameters, T[] x, T[] kept, int b, int t, int sum, int unit)
    {
        bool isHiddenOnly = _isGru && sum == 3, isInputOnly = _isGru && sum == 2;
        int gate = isHiddenOnly ? 2 : sum;
        Span<T> chains = [parameters[isHiddenOnly ? HiddenBias(unit) : Bias(gate, unit)], T.Zero];
        for (int k = 0; k < _inputs && !isHiddenOnly; k++)
            chains[k % 2] = T.FusedMultiplyAdd(x[Input(b, t, k)], parameters[InputWeight(gate, unit, k)], chains[k % 2]);
        for (int j = 0; j < _units && !isInputOnly; j++)
            chains[j % 2] = T.FusedMultiplyAdd(kept[H(b, t, j)], parameters[HiddenWeight(gate, unit, j)], chains[j % 2]);
        return chains[0] + chains[1];
    }

    /// <summary>From the sums to the gates and the next states.</summary>
    private void Activate(T[] kept, int b, int t, int unit)
    {
        ref T Gate(int gate) => ref kept[Sum(b, t, gate, unit)];
        ref T next = ref kept[H(b, t + 1, unit)];
        switch (spec.Kind)
        {
            case RecurrentKind.Gru:
                Gate(0) = Functions<T>.GateSigmoid(Gate(0));
                Gate(1) = Functions<T>.GateSigmoid(Gate(1));
                Gate(2) = Functions<T>.GateTanh(T.FusedMultiplyAdd(Gate(0), Gate(3), Gate(2)));
                next = T.FusedMultiplyAdd(Gate(1), kept[H(b, t, unit)] - Gate(2), Gate(2));
                break;
            case RecurrentKind.Lstm:
                Gate(0) = Functions<T>.GateSigmoid(Gate(0));
                Gate(1) = Functions<T>.GateSigmoid(Gate(1));
                Gate(2) = Functions<T>.GateTanh(Gate(2));
                Gate(3) = Functions<T>.GateSigmoid(Gate(3));
                T c = T.FusedMultiplyAdd(Gate(1), kept[C(b, t, unit)], Gate(0) * Gate(2));
                kept[C(b, t + 1, unit)] = c;
                kept[TanhC(b, t + 1, unit)] = Functions<T>.GateTanh(c);
                next = Gate(3) * kept[TanhC(b, t + 1, unit)];
                break;
            default:
                next = Functions<T>.GateTanh(Gate(0));
                break;
        }
    }

    /// <inheritdoc/>
    public override void Backward(ReferencePass<T> pass, T[] dy)
    {
        T[] kept = pass.Sums(Spec.Index);
        int source = Spec.Sources[0];
        BackwardSums(pass.Parameters, kept, dy, pass.Count);
        BackwardParameters(pass.ParameterGradients, pass.Input(Spec), kept, pass.Count);
        if (pass.NeedsGradient(source))
            pass.AddGradient(source, BackwardInputs(pass.Parameters, kept, pass.Count));
    }

    /// <summary>Frames descending: the gradients of the sums take the place of the gates.</summary>
    private void BackwardSums(T[] parameters, T[] kept, T[] dy, int count)
    {
        T[] dh = new T[_units], dc = new T[_units], share = new T[_units];
        for (int b = 0; b < count; b++)
        {
            dc.AsSpan().Clear();
            for (int t = _steps - 1; t >= 0; t--)
            {
                for (int unit = 0; unit < _units; unit++)
                {
                    bool isLast = t == _steps - 1;
                    if (spec.ReturnSequences || isLast)
                    {
                        T above = dy[spec.ReturnSequences ? (((b * _steps) + t) * _units) + unit : (b * _units) + unit];
                        dh[unit] = isLast ? above : above + dh[unit];
                    }

                    share[unit] = BackwardCell(kept, b, t, unit, dh[unit], ref dc[unit]);
                }

                for (int j = 0; j < _units && t > 0; j++)
                    dh[j] = Spread(parameters, kept, b, t, share[j], (gate, unit) => HiddenWeight(gate, unit, j), isHidden: true);
            }
        }
    }

    /// <summary>One unit and frame; what of dh goes to the state before without a weight is returned.</summary>
    private T BackwardCell(T[] kept, int b, int t, int unit, T dh, ref T dc)
    {
        ref T Gate(int gate) => ref kept[Sum(b, t, gate, unit)];
        if (spec.Kind == RecurrentKind.Gru)
        {
            T r = Gate(0), z = Gate(1), n = Gate(2), hidden = Gate(3);
            T dn = T.FusedMultiplyAdd(-z, dh, dh) * T.FusedMultiplyAdd(-n, n, T.One);
            Gate(0) = dn * hidden * T.FusedMultiplyAdd(-r, r, r);
            Gate(1) = dh * (kept[H(b, t, unit)] - n) * T.FusedMultiplyAdd(-z, z, z);
            Gate(2) = dn;
            Gate(3) = dn * r;
            return dh * z;
        }

        if (spec.Kind == RecurrentKind.Lstm)
        {
            T i = Gate(0), f = Gate(1), g = Gate(2), o = Gate(3), tanh = kept[TanhC(b, t + 1, unit)];
            T d = T.FusedMultiplyAdd(dh * o, T.FusedMultiplyAdd(-tanh, tanh, T.One), dc);
            Gate(0) = d * g * T.FusedMultiplyAdd(-i, i, i);
            Gate(1) = d * kept[C(b, t, unit)] * T.FusedMultiplyAdd(-f, f, f);
            Gate(2) = d * i * T.FusedMultiplyAdd(-g, g, T.One);
            Gate(3) = dh * tanh * T.FusedMultiplyAdd(-o, o, o);
            dc = d * f;
            return T.Zero;
        }

        T h = kept[H(b, t + 1, unit)];
        Gate(0) = dh * T.FusedMultiplyAdd(-h, h, T.One);
        return T.Zero;
    }

    /// <summary>One chain over gates, then units, ascending.</summary>
    private T Spread(T[] parameters, T[] kept, int b, int t, T first, Func<int, int, int> weight, bool isHidden)
    {
        T sum = first;
        for (int gate = 0; gate < spec.Gates; gate++)
        {
            for (int unit = 0; unit < _units; unit++)
                sum = T.FusedMultiplyAdd(kept[Sum(b, t, SumOf(gate, isHidden), unit)], parameters[weight(gate, unit)], sum);
        }

        return sum;
    }

    /// <summary>The sum that a gate's weights of x or of h are summed in.</summary>
    private int SumOf(int gate, bool isHidden) => _isGru && gate == 2 && isHidden ? 3 : gate;

    /// <summary>∂x: one chain from +0.</summary>
    private T[] BackwardInputs(T[] parameters, T[] kept, int count)
    {
        var dx = new T[count * Spec.Input.Length];
        for (int b = 0; b < count; b++)
        {
            for (int t = 0; t < _steps; t++)
            {
                for (int k = 0; k < _inputs; k++)
                    dx[Input(b, t, k)] = Spread(parameters, kept, b, t, T.Zero, (gate, unit) => InputWeight(gate, unit, k), isHidden: false);
            }
        }

        return dx;
    }

    /// <summary>Every gradient one chain from +0 over the frames ascending, in each over the samples ascending.</summary>
    /// <param name="gradients">All gradients, row-major; this layer's are written.</param>
    /// <param name="x">(count, T, I).</param>
    /// <param name="kept">What <see cref="BackwardSums"/> has left.</param>
    /// <param name="count">The samples.</param>
    public void BackwardParameters(T[] gradients, T[] x, T[] kept, int count)
    {
        for (int gate = 0; gate < spec.Gates; gate++)
        {
            for (int unit = 0; unit < _units; unit++)
            {
                for (int k = 0; k < _inputs; k++)
                    gradients[InputWeight(gate, unit, k)] = OverFrames((sum, b, t) => T.FusedMultiplyAdd(x[Input(b, t, k)], kept[Sum(b, t, gate, unit)], sum));
                for (int j = 0; j < _units; j++)
                    gradients[HiddenWeight(gate, unit, j)] = OverFrames((sum, b, t) => T.FusedMultiplyAdd(kept[H(b, t, j)], kept[Sum(b, t, SumOf(gate, isHidden: true), unit)], sum));
                gradients[Bias(gate, unit)] = OverFrames((sum, b, t) => sum + kept[Sum(b, t, gate, unit)]);
            }
        }

        for (int unit = 0; unit < _units && _isGru; unit++)
            gradients[HiddenBias(unit)] = OverFrames((sum, b, t) => sum + kept[Sum(b, t, 3, unit)]);

        T OverFrames(Func<T, int, int, T> add)
        {
            T sum = T.Zero;
            for (int t = 0; t < _steps; t++)
            {
                for (int b = 0; b < count; b++)
                    sum = add(sum, b, t);
            }

            return sum;
        }
    }
}
