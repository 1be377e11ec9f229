using NativeNet.Compiler.Planning;
using NativeNet.Description;
using NativeNet.Numerics;
using NativeNet.Reference;
using NativeNet.Training;
using Buffer = NativeNet.Compiler.Planning.Buffer;

namespace NativeNet.Compiler.Tests.Planning;

/// <summary>Executes a program step by step with the scalar operations of the reference network.</summary>
/// <remarks>
/// What a call does not declare to read is NaN for it, and a workspace begins as NaN: a program that reads what it does
/// not name, or before it was written, ends in NaN. Parameters are row-major, as the reference has them.
/// </remarks>
/// <param name="program">The program.</param>
/// <param name="parameters">Row-major; updated.</param>
/// <param name="inputs">(count, inputs).</param>
/// <param name="loss">The loss with its targets.</param>
/// <param name="draw">What decides the random numbers of a training step.</param>
internal sealed class ProgramRun(Program program, float[] parameters, float[] inputs, ReferenceLoss<float> loss, TrainingDraw draw)
{
    private readonly int _count = inputs.Length / program.Spec.Input.Length;
    private Dictionary<string, Buffer> _buffers = [];
    private float[] _workspace = [];
    private int _first, _rows;

    /// <summary>Where the scores go that a procedure hands out.</summary>
    public float[] Scores { get; } = new float[inputs.Length / program.Spec.Input.Length * program.Spec.Output.Length];

    /// <summary>The mean loss.</summary>
    public float Loss { get; private set; }

    /// <summary>The gradients that updates were given, row-major in the order of the parameters.</summary>
    public float[] Gradients { get; } = new float[parameters.Length];

    /// <summary>Runs a procedure; updates take place by a rule.</summary>
    public void Run<TRule>(Procedure procedure, TRule rule, float[] state)
        where TRule : struct, IUpdateRule<TRule>
    {
        _buffers = procedure.Workspace.Buffers.ToDictionary(static buffer => buffer.Name);
        _workspace = [.. Enumerable.Repeat(float.NaN, procedure.Workspace.Length)];
        foreach (Step step in procedure.Steps)
        {
            foreach (Step inner in step is Phase phase ? phase.Steps : new([step]))
                RunRows(inner, rule, state);
        }
    }

    private void RunRows<TRule>(Step step, TRule rule, float[] state)
        where TRule : struct, IUpdateRule<TRule>
    {
        if (step is ForBlocks loop)
        {
            for (_first = 0; _first < _count; _first += program.BlockSize)
            {
                _rows = Math.Min(program.BlockSize, _count - _first);
                foreach (Call call in loop.Calls)
                    Execute(call, rule, state);
            }

            return;
        }

        (_first, _rows) = (0, _count);
        Execute((Call)step, rule, state);
    }

    private void Execute<TRule>(Call call, TRule rule, float[] state)
        where TRule : struct, IUpdateRule<TRule>
    {
        switch (call.Op.Kind)
        {
            case OpKind.Copy:
                Write(call.Writes[0], Read(call.Reads[0]));
                break;
            case OpKind.Forward:
                Forward(call, trains: false);
                break;
            case OpKind.TrainingForward when call.Op.Layer is BatchNormSpec:
                Write(call.Writes[0], BatchNorm(call).Forward(Read(call.Reads[0]), Read(call.Reads[^1])));
                break;
            case OpKind.TrainingForward:
                Forward(call, trains: true);
                break;
            case OpKind.Statistics:
                Write(call.Writes[0], BatchNorm(call).Statistics(Read(call.Reads[0]), _count));
                break;
            case OpKind.Loss:
                EvaluateLoss(call);
                break;
            case OpKind.GradientStatistics:
                Write(call.Writes[0], BatchNorm(call).GradientStatistics(Read(call.Reads[0]), Read(call.Reads[1]), Read(call.Reads[2]), _count));
                break;
            case OpKind.Backward:
                Backward(call);
                break;
            case OpKind.Update:
                LayerPlan updated = program.LayerOf(call.Op);
                Update(updated, ParameterGradients(call, updated), rule, state);
                break;
            case OpKind.BackwardUpdate:
                LayerPlan both = program.LayerOf(call.Op);
                Update(both, Backward(call), rule, state);
                break;
            case OpKind.RunningAverages:
                BatchNorm(call).UpdateRunningAverages(Read(call.Reads[0]));
                break;
            case OpKind.MeanLoss:
                Loss = 0;
                foreach (float row in Read(call.Reads[0]))
                    Loss += row;
                Loss *= loss.Reciprocal(_count, program.Spec.Output.Length);
                break;
            default:
                throw new ArgumentException($"{call.Op.Kind} is unknown.", nameof(call));
        }
    }

    private void Forward(Call call, bool trains)
    {
        LayerPlan layer = program.LayerOf(call.Op);
        ReferencePass<float> pass = Begin(layer, call.Reads, new([.. call.Reads.Take(layer.Views.Inputs.Count)]), trains);
        float[] outputs = ReferenceTable<float>.Create(layer.Spec, Offset(layer.Spec)).Forward(pass);
        Write(call.Writes[0], layer is BatchNormPlan { Statistics: not null } ? BatchNorm(call).Activate(outputs) : outputs);
        if (call.Writes.Count > 1 && (trains || layer.Scratch is null))
            Write(call.Writes[1], pass.Sums(layer.Spec.Index));
    }

    private void EvaluateLoss(Call call)
    {
        float[] scores = Read(call.Reads[0]);
        (float[] losses, float[] gradient) = loss.EvaluateRows(scores, _first, _rows, loss.Reciprocal(_count, program.Spec.Output.Length));
        Write(call.Writes[0], gradient);
        Write(call.Writes[1], losses);
    }

    /// <summary>Goes back through a layer.</summary>
    /// <returns>The gradients of all parameters, which a layer that is updated later leaves aside.</returns>
    private ReadOnlySpan<float> Backward(Call call)
    {
        LayerPlan layer = program.LayerOf(call.Op);
        float[] dy = Read(layer.Views.Incoming);
        if (layer is BatchNormPlan { Statistics: { } statistics } norm)
        {
            float[] dx = BatchNorm(call).Backward(Read(norm.Summed), dy, Read(statistics), _count);
            WriteInputGradient(norm.Views.InputGradient, dx);
            return [];
        }

        ReferencePass<float> pass = Begin(layer, call.Reads, layer.Views.Inputs, trains: true);
        for (int i = 0; i < layer.Views.InputGradients.Count; i++)
        {
            if (layer.Views.InputGradients[i] is { Adds: true, Gradient: { } target } && FirstOfItsSource(layer, i))
                pass.AddGradient(layer.Spec.Sources[i], Read(target));
        }

        LayerSpec own = layer.Views.IsTakenBack ? Linear(layer.Spec) : layer.Spec;
        ReferenceTable<float>.Create(own, Offset(own)).Backward(pass, dy);
        if (call.Writes.Contains(layer.SumGradient))
            Write(layer.SumGradient, dy);
        if (call.Writes.Contains(layer.Views.Incoming))
            Write(layer.Views.Incoming, dy);
        if (layer.SavedFrames is { } history)
            Write(history, pass.Sums(layer.Spec.Index));
        if (layer.Saved is { } saved)
            Write(saved, Normalize((LayerNormSpec)layer.Spec, Read(layer.Views.Input)));
        for (int i = 0; i < layer.Views.InputGradients.Count; i++)
        {
            if (layer.Views.InputGradients[i] is { Gradient: { } target, TakenBack: var activation })
                Write(target, TakeBack(activation, layer.Views.Inputs[i], pass.Gradient(Resolve(layer.Spec.Sources[i]))));
        }

        return pass.ParameterGradients.AsSpan(Offset(own), own.Parameters.Sum(static tensor => tensor.Count));
    }

    /// <summary>From the gradient of a layer's outputs to that of its sums.</summary>
    private float[] TakeBack(ActivationSpec activation, View outputs, float[] gradient)
    {
        if (activation.Kind == ActivationKind.None)
            return gradient;

        float[] y = Read(outputs);
        return [.. gradient.Select((dy, i) => ReferenceActivation.Backward(activation, y[i], y[i], dy))];
    }

    private static LayerSpec Linear(LayerSpec layer) => layer switch
    {
        DenseSpec dense => dense with { Activation = default },
        ConvSpec conv => conv with { Activation = default },
        ConvTransposeSpec transpose => transpose with { Activation = default },
        var other => other,
    };

    /// <summary>A source that a layer names twice has its first share before its second.</summary>
    private static bool FirstOfItsSource(LayerPlan layer, int place)
        => !layer.Views.InputGradients.Take(place).Any(before => before.Gradient == layer.Views.InputGradients[place].Gradient);

    private void WriteInputGradient(GradientTarget target, float[] dx)
    {
        if (target.Gradient is not { } gradient)
            return;

        float[] sum = target.Adds ? Read(gradient) : dx;
        for (int i = 0; target.Adds && i < sum.Length; i++)
            sum[i] += dx[i];
        Write(gradient, sum);
    }

    private void Update<TRule>(LayerPlan layer, ReadOnlySpan<float> gradients, TRule rule, float[] state)
        where TRule : struct, IUpdateRule<TRule>
    {
        int offset = Offset(layer.Spec), start = 0;
        foreach (ParameterSpec tensor in layer.Spec.Parameters)
        {
            for (int i = start; layer.Spec.IsTrained(tensor) && i < start + tensor.Count; i++)
            {
                float none = 0;
                ref float first = ref TRule.StateCount > 0 ? ref state[offset + i] : ref none;
                ref float second = ref TRule.StateCount > 1 ? ref state[parameters.Length + offset + i] : ref none;
                Gradients[offset + i] = gradients[i];
                parameters[offset + i] = rule.Update(parameters[offset + i], gradients[i], ref first, ref second);
            }

            start += tensor.Count;
        }
    }

    private float[] ParameterGradients(Call call, LayerPlan layer)
    {
        switch (layer)
        {
            case BatchNormPlan { Statistics: { } known } norm:
                float[] statistics = Read(known);
                int stride = statistics.Length / 5, channels = norm.Norm.Input.Channels;
                return [.. statistics.AsSpan(3 * stride, channels), .. statistics.AsSpan(4 * stride, channels)];
            case LayerNormPlan norm:
                return LayerNormGradients(norm.Norm, Read(norm.Views.Incoming), norm.Saved is { } saved && call.Reads.Contains(saved) ? Read(saved) : new float[_rows * norm.Norm.Input.Length]);
            case RecurrentPlan recurrent:
                float[] gradients = new float[parameters.Length];
                new ReferenceRecurrent<float>(recurrent.Recurrent, Offset(layer.Spec)).BackwardParameters(gradients, Read(recurrent.Views.Input), Read(recurrent.Kept), _count);
                return gradients.AsSpan(Offset(layer.Spec), layer.Spec.Parameters.Sum(static tensor => tensor.Count)).ToArray();
            default:
                // The gradient of the sums is there already, so the activation is taken as none.
                LayerSpec linear = Linear(layer.Spec);
                ReferencePass<float> pass = Begin(layer, call.Reads, layer.Views.Inputs, trains: true);
                ReferenceTable<float>.Create(linear, Offset(linear)).Backward(pass, Read(layer.SumGradient));
                return pass.ParameterGradients.AsSpan(Offset(linear), linear.Parameters.Sum(static tensor => tensor.Count)).ToArray();
        }
    }

    private float[] LayerNormGradients(LayerNormSpec norm, float[] dy, float[] normalized)
    {
        int channels = norm.Input.Channels, positions = norm.Input.Positions;
        int At(int b, int p, int c) => (((b * positions) + p) * channels) + c;
        return
        [
            .. Enumerable.Range(0, channels).Select(c => ReferenceChains<float>.Sum(_count, positions, (sum, b, p) => MathF.FusedMultiplyAdd(dy[At(b, p, c)], normalized[At(b, p, c)], sum))),
            .. Enumerable.Range(0, channels).Select(c => ReferenceChains<float>.Sum(_count, positions, (sum, b, p) => sum + dy[At(b, p, c)])),
        ];
    }

    private static float[] Normalize(LayerNormSpec norm, float[] x)
    {
        int channels = norm.Input.Channels;
        for (int row = 0; row < x.Length; row += channels)
        {
            Span<float> values = x.AsSpan(row, channels);
            float mean = RowSum.Of<float>(values) / channels;
            foreach (ref float value in values)
                value -= mean;
            float inverse = 1 / MathF.Sqrt((RowSum.OfProducts<float>(values, values) / channels) + norm.Epsilon);
            foreach (ref float value in values)
                value *= inverse;
        }

        return x;
    }

    /// <summary>A pass of the reference in which a layer finds what its call declares, and NaN in place of all else.</summary>
    private ReferencePass<float> Begin(LayerPlan layer, EquatableArray<View> reads, EquatableArray<View> operands, bool trains)
    {
        int inputPlace = layer.Spec.Sources.Select(Resolve).ToList().IndexOf(-1);
        float[] input = inputPlace >= 0 ? Declared(operands[inputPlace]) : Unknown(program.Spec.Input.Length);
        var pass = new ReferencePass<float>(program.Spec, parameters, input, trains ? draw with { FirstSample = draw.FirstSample + _first } : null);
        for (int i = 0; i < operands.Count; i++)
        {
            if (Resolve(layer.Spec.Sources[i]) is int source and >= 0)
                pass.SetOutput(source, Declared(operands[i]));
        }

        pass.SetOutput(layer.Spec.Index, Declared(layer.Views.Kept == layer.Views.Sums ? layer.Views.Kept : layer.Views.Output));
        pass.SetSums(layer.Spec.Index, Declared(layer.SavedFrames ?? layer.Views.Kept));
        return pass;

        float[] Declared(View view) => reads.Contains(view) ? Read(view) : Unknown(view.Length);

        float[] Unknown(int length) => [.. Enumerable.Repeat(float.NaN, _rows * length)];
    }

    private BatchNormRun BatchNorm(Call call) => new((BatchNormSpec)call.Op.Layer!, Offset(call.Op.Layer!), parameters)
    {
        Stride = program.LayerOf(call.Op).Statistics!.Length / 5,
        Activation = ((BatchNormPlan)program.LayerOf(call.Op)).Activation,
    };

    private int Resolve(int layer)
    {
        while (layer >= 0 && program.Spec.Layers[layer].IsView)
            layer = program.Spec.Layers[layer].Sources[0];
        return layer;
    }

    /// <summary>Where a layer's tensors begin among the row-major parameters.</summary>
    private int Offset(LayerSpec layer)
        => program.Spec.Layers.Take(layer.Index).Sum(static before => before.Parameters.Sum(static tensor => tensor.Count));

    private float[] Read(View view)
    {
        if (view.Form == SampleForm.Whole)
            return _workspace.AsSpan(_buffers[view.Buffer].Offset + view.Offset, view.Length).ToArray();

        var values = new float[_rows * view.Length];
        for (int i = 0; i < values.Length; i++)
        {
            (int sample, int element) = (_first + (i / view.Length), i % view.Length);
            values[i] = view.IsInput
                ? inputs[(sample * view.Length) + element]
                : _workspace[_buffers[view.Buffer].Offset + view.IndexOf(sample, element, program.BlockSize)];
        }

        return values;
    }

    private void Write(View view, float[] values)
    {
        if (view.Form == SampleForm.Whole)
        {
            values.CopyTo(_workspace, _buffers[view.Buffer].Offset + view.Offset);
            return;
        }

        for (int i = 0; i < values.Length; i++)
        {
            (int sample, int element) = (_first + (i / view.Length), i % view.Length);
            if (view.Buffer == Buffer.Scores)
                Scores[(sample * view.Length) + element] = values[i];
            else
                _workspace[_buffers[view.Buffer].Offset + view.IndexOf(sample, element, program.BlockSize)] = values[i];
        }
    }
}
