using NativeNet.Compiler.Planning;
using NativeNet.Description;

namespace NativeNet.Compiler.Emit.C.Layers;

/// <summary>Writes the C code of one layer: its functions, and their calls where a procedure's steps need them.</summary>
/// <remarks>
/// Most functions are for one sample, so that predictions and training share them; the steps of a procedure are loops over the
/// samples around their calls. Values are pointers to floats: x what the layer reads, y what it writes, dx and dy their gradients.
/// </remarks>
/// <param name="context">What is written.</param>
/// <param name="plan">The layer.</param>
internal abstract class LayerEmitter(CContext context, LayerPlan plan)
{
    /// <summary>The prefix of its functions and members, for example <c>dense1</c>.</summary>
    public string Name { get; } = CNames.Snake(plan.Name);

    /// <summary>What is written.</summary>
    protected CContext Context => context;

    /// <summary>The output.</summary>
    protected SourceWriter Writer => context.Writer;

    /// <summary>The layer.</summary>
    protected LayerPlan Plan => plan;

    /// <summary>The values that it reads and writes.</summary>
    protected LayerViews Views => plan.Views;

    /// <summary>The first argument of functions that read parameters.</summary>
    protected string Parameters => context.Reads;

    /// <summary>The arguments of functions that update.</summary>
    protected string Updates => $"{context.ParametersType} *parameters, {context.Rule!.Parameters(context.Export.Prefix)}";

    /// <summary>Writes the functions that prediction needs.</summary>
    public abstract void EmitForward();

    /// <summary>Writes the functions that a training step needs besides.</summary>
    public virtual void EmitTraining()
    {
    }

    /// <summary>Writes a call of one of its operations.</summary>
    /// <param name="call">The operation.</param>
    /// <param name="place">Where values lie.</param>
    public void Emit(Call call, Places place)
    {
        switch (call.Op.Kind)
        {
            case OpKind.Forward:
                EmitForwardOfSamples(call, place);
                break;
            case OpKind.Process:
                EmitProcessCall(call, place);
                break;
            case OpKind.TrainingForward:
                using (place.BeginSamples())
                    EmitTrainingForwardCall(call, place);
                break;
            case OpKind.Backward:
                EmitBackwardCall(call, place);
                break;
            case OpKind.Update:
                EmitUpdateCall(place);
                break;
            case OpKind.BackwardUpdate:
                EmitBackwardUpdateCall(place);
                break;
            default:
                EmitBatchCall(call.Op.Kind, place);
                break;
        }
    }

    /// <summary>Forward for all samples of the procedure, of which a prediction has one.</summary>
    protected virtual void EmitForwardOfSamples(Call call, Places place)
    {
        using (place.BeginSamples())
            EmitForwardCall(call, place);
    }

    /// <summary>Forward for one sample.</summary>
    protected abstract void EmitForwardCall(Call call, Places place);

    /// <summary>Forward for one frame of a signal that goes on, with what is kept in the stream.</summary>
    protected virtual void EmitProcessCall(Call call, Places place) => throw Unplanned("state in a stream");

    /// <summary>The same in training, where that differs.</summary>
    protected virtual void EmitTrainingForwardCall(Call call, Places place) => throw Unplanned("forward in training");

    /// <summary>Backward for all samples.</summary>
    protected abstract void EmitBackwardCall(Call call, Places place);

    /// <summary>The update of its parameters.</summary>
    protected virtual void EmitUpdateCall(Places place) => throw Unplanned("update");

    /// <summary>Backward and update in one pass.</summary>
    protected virtual void EmitBackwardUpdateCall(Places place) => throw Unplanned("backward and update in one");

    /// <summary>Sums over the batch.</summary>
    protected virtual void EmitBatchCall(OpKind kind, Places place) => throw Unplanned(kind.ToString());

    /// <summary>Writes backward for all samples of a layer with one source, unless nobody wants its gradient.</summary>
    /// <param name="place">Where values lie.</param>
    /// <param name="result">Where backward leaves the gradient: its place, or another from which it is added to what is there.</param>
    /// <param name="emit">Writes backward for one sample.</param>
    protected void EmitBackward(Places place, View result, Action emit)
    {
        if (Views.InputGradient.Gradient is not { } target)
            return;

        using (place.BeginSamples())
        {
            emit();
            if (Views.InputGradient.Adds)
                Writer.Write($"{Context.Library.Use("add_to")}({place.Sample(target)}, {place.Sample(result)}, {Text(Plan.Spec.Input.Length)});");
        }
    }

    /// <summary>Writes the update of biases alone: sums of the gradients over samples and positions, sample b in chain b mod 16.</summary>
    protected void EmitBiasFunction()
    {
        using (context.BeginFunction($"{Name}: biases along their gradients, sums over samples and positions: sample b belongs to chain b mod 16.", $"static void {Name}_update({Updates}, const float *dz, int32_t count)"))
            EmitBiasUpdate();
    }

    /// <summary>Writes that update inside of a function.</summary>
    protected void EmitBiasUpdate()
    {
        using (context.BeginFor("n", plan.Spec.Output.Channels))
        {
            Writer.Write("float chain[16] = {0.0f};");
            using (context.BeginFor("b", "0", "count"))
            using (context.BeginFor("p", plan.Spec.Output.Positions))
                Writer.Write($"chain[b & 15] += dz[b * {Text(plan.SumGradient.Stride)} + p * {Text(plan.Spec.Output.Channels)} + n];");
            Writer.Write(context.Rule!.Update(Member("bias"), "n", $"{context.Library.Use("sum_halves")}(chain)"));
        }
    }

    /// <summary>Writes its call.</summary>
    protected void EmitBiasCall(Places place)
        => Writer.Write($"{Name}_update({context.Learned}, {context.Rule!.Arguments}, {place.Whole(plan.SumGradient)}, count);");

    /// <summary>The operands of a forward call as pointers to one sample.</summary>
    protected string[] Inputs(Call call, Places place) => [.. call.Reads.Take(Views.Inputs.Count).Select(place.Sample)];

    /// <summary>The member of one of its tensors.</summary>
    protected string Member(string tensor) => $"{CNames.Snake(LayerPlan.NameOf(plan.Spec))}_{tensor}";

    /// <summary>One of its tensors, as an expression.</summary>
    protected string Tensor(string tensor) => context.Read(plan.Tensor(tensor), Member(tensor));

    /// <summary>An integer as text.</summary>
    protected static string Text(int value) => FormattableString.Invariant($"{value}");

    private NotSupportedException Unplanned(string what) => new($"{plan.Name} has no {what}.");
}
