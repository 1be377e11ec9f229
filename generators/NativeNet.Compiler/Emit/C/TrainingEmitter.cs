using NativeNet.Compiler.Emit.C.Layers;
using NativeNet.Compiler.Planning;
using NativeNet.Description;

namespace NativeNet.Compiler.Emit.C;

/// <summary>Writes loss and training step.</summary>
/// <param name="context">What is written.</param>
/// <param name="layers">The layers' emitters, by index.</param>
/// <param name="scoresOffset">Where a prediction's workspace has room for the scores.</param>
internal sealed class TrainingEmitter(CContext context, IReadOnlyDictionary<int, LayerEmitter> layers, int scoresOffset)
{
    private readonly string _prefix = context.Export.Prefix, _macro = context.Export.Prefix.ToUpperInvariant();
    private readonly NetworkSpec _spec = context.Program.Spec;
    private readonly LossEmitter _loss = new(context, context.Program.Spec.Loss!.Value);

    public void Emit()
    {
        _loss.Emit();
        _loss.EmitTargetCheck();
        EmitLoss();
        EmitOptimizer();
        if (_spec.IsStateful)
            EmitResetStates();
        EmitTrainStep();
    }

    private void EmitResetStates()
    {
        context.Writer.Blank();
        context.Writer.Write($"{_prefix}_status {_prefix}_reset_states({_prefix}_training_workspace *workspace)");
        using (context.Writer.BeginBlock())
        {
            EmitCheck("workspace == NULL", "NULL_POINTER");
            context.Loop("i", context.Program.TrainStep.Workspace.Length, "workspace->values[i] = 0.0f;");
            context.Writer.Write($"return {_macro}_OK;");
        }
    }

    private void EmitLoss()
    {
        context.Writer.Blank();
        context.Writer.Write($"{_prefix}_status {_prefix}_loss({context.PublicReads}, const float *inputs, {_loss.Parameter}, int32_t count, {_prefix}_workspace *workspace, float *loss)");
        using (context.Writer.BeginBlock())
        {
            context.Writer.Write("float *scores;");
            context.Writer.Write("float factor, sum = 0.0f;");
            EmitCheck($"{context.LacksParameters} || inputs == NULL || {_loss.Targets} == NULL || workspace == NULL || loss == NULL", "NULL_POINTER");
            EmitCheck("count < 1", "COUNT_OUT_OF_RANGE");
            EmitCheck($"are_{_loss.Targets}({_loss.Targets}, count) == 0", _loss.TargetError);
            context.DeclareReads();
            context.Writer.Write($"factor = {_loss.Factor};");
            context.Writer.Write($"scores = workspace->values{(scoresOffset == 0 ? "" : FormattableString.Invariant($" + {scoresOffset}"))};");
            using (context.BeginFor("b", "0", "count"))
            {
                context.Writer.Write($"predict_sample(parameters, inputs + b * {_macro}_INPUT_LENGTH, scores, workspace);");
                context.Writer.Write($"sum += row_loss(scores, {_loss.Target}, scores, factor);");
            }

            context.Writer.Write("*loss = sum * factor;");
            context.Writer.Write($"return {_macro}_OK;");
        }
    }

    private void EmitOptimizer()
    {
        RuleEmitter rule = context.Rule!;
        using (context.BeginFunction("Whether a setting is at least 0 and below a bound.", "static int is_below(float setting, float bound)"))
            context.Writer.Write("return setting >= 0.0f && setting < bound;");

        context.Writer.Blank();
        context.Writer.Write($"{_prefix}_status {_prefix}_start(" + $"{_prefix}_optimizer *optimizer)");
        using (context.Writer.BeginBlock())
        {
            EmitCheck("optimizer == NULL", "NULL_POINTER");
            foreach (RuleSetting setting in rule.Settings)
                context.Writer.Write($"optimizer->{setting.Name} = {CLiteral.Of(setting.Value)};");
            if (SourceFile.CountsSteps(context))
                context.Writer.Write("optimizer->steps = 0u;");
            if (SourceFile.HasSeed(_spec))
                context.Writer.Write("optimizer->seed = 0u;");
            foreach (string state in rule.State)
            {
                foreach ((LayerPlan layer, ParameterTensor tensor) in SourceFile.Tensors(context.Program).Where(static own => own.Tensor.Slot.IsTrained))
                    context.Writer.Write($"fill(optimizer->{state}.{CNames.Member(layer, tensor.Spec.Name)}, {tensor.Spec.Count}, 0.0f);");
            }

            context.Writer.Write($"return {_macro}_OK;");
        }
    }

    private void EmitTrainStep()
    {
        Procedure procedure = context.Program.TrainStep;
        var place = new Places(context, hasBatch: true);
        context.Writer.Blank();
        context.Writer.Write($"{_prefix}_status {_prefix}_train_step({context.PublicUpdates}, {_prefix}_optimizer *optimizer, const float *inputs, {_loss.Parameter}, int32_t count, {_prefix}_training_workspace *workspace, float *loss)");
        using (context.Writer.BeginBlock())
        {
            EmitCheck($"{context.LacksParameters} || optimizer == NULL || inputs == NULL || {_loss.Targets} == NULL || workspace == NULL || loss == NULL", "NULL_POINTER");
            EmitCheck($"count < {_spec.LeastSamples} || count > {_macro}_BATCH_SIZE", "COUNT_OUT_OF_RANGE");
            EmitCheck($"are_{_loss.Targets}({_loss.Targets}, count) == 0", _loss.TargetError);
            foreach (RuleSetting setting in context.Rule!.Settings)
                EmitCheck($"!is_below(optimizer->{setting.Name}, {(setting.IsShare ? "1.0f" : "INFINITY_BITS")})".Replace("INFINITY_BITS", "from_bits(0x7F800000u)", StringComparison.Ordinal), "SETTING_OUT_OF_RANGE");
            context.Library.Use("from_bits");
            context.Writer.Blank();
            context.DeclareReads();
            context.Writer.Write("const step_factors step = factors_of(optimizer);");
            context.Writer.Write($"const float factor = {_loss.Factor};");
            place.EmitCalls(procedure, call => EmitCall(call, place));
            if (SourceFile.CountsSteps(context))
                context.Writer.Write("optimizer->steps++;");
            context.Writer.Write($"return {_macro}_OK;");
        }
    }

    private void EmitCall(Call call, Places place)
    {
        switch (call.Op.Kind)
        {
            case OpKind.Loss:
                using (place.BeginSamples())
                    context.Writer.Write($"{place.Sample(call.Writes[1]).Replace(" + b", "[b]", StringComparison.Ordinal)} = row_loss({place.Sample(call.Reads[0])}, {_loss.Target}, {place.Sample(call.Writes[0])}, factor);");
                break;
            case OpKind.MeanLoss:
                context.Writer.Write("*loss = 0.0f;");
                using (place.BeginSamples())
                    context.Writer.Write($"*loss += {place.Whole(call.Reads[0])}[b];");
                context.Writer.Write("*loss *= factor;");
                break;
            default:
                layers[call.Op.Layer!.Index].Emit(call, place);
                break;
        }
    }

    private void EmitCheck(string condition, string error)
    {
        using (context.Writer.BeginBlock($"if ({condition})"))
            context.Writer.Write($"return {_macro}_{error};");
    }
}
