using NativeNet.Compiler.Emit.C.Layers;
using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.C;

/// <summary>Writes the calls that need no training: the scores of a sample, its class.</summary>
/// <param name="context">What is written.</param>
/// <param name="layers">The layers' emitters, by index.</param>
internal sealed class PredictionEmitter(CContext context, IReadOnlyDictionary<int, LayerEmitter> layers)
{
    private readonly string _prefix = context.Export.Prefix, _macro = context.Export.Prefix.ToUpperInvariant();

    /// <summary>Where the scores lie in the workspace of a prediction, for those who need them for a moment only.</summary>
    public int ScoresOffset => context.Program.Predict.Workspace.Buffers.First(buffer => buffer.Name == context.Program.SingleScores.Buffer).Offset;

    public void Emit()
    {
        EmitSteps();
        EmitPredict();
        if (SourceFile.HasClasses(context.Export))
            EmitClassify();
    }

    /// <summary>The steps of the program; the last layer writes into the place of the scores that the plan hands out.</summary>
    private void EmitSteps()
    {
        Procedure procedure = context.Program.Predict;
        string scores = context.Program.SingleScores.Buffer;
        var place = new Places(context, hasBatch: false, PredictionPlanner.SinglePrefix, scores);
        using (context.BeginFunction(
            "The scores of one sample. Values that are never needed at once share a place.",
            $"static void predict_sample({context.Reads}, const float *input, float *scores, {_prefix}_workspace *workspace)"))
        {
            if (!context.Program.Layers.Any(static layer => layer.HasParameters))
                context.Writer.Write("(void)parameters;");
            if (procedure.Workspace.Buffers.Count == 1)
                context.Writer.Write("(void)workspace;");
            place.EmitCalls(procedure, call =>
            {
                if (call.Op.Layer is { } layer)
                    layers[layer.Index].Emit(call, place);
            });
        }
    }

    private void EmitPredict()
    {
        context.Writer.Blank();
        context.Writer.Write($"{_prefix}_status {_prefix}_predict({context.PublicReads}, const float input[{_macro}_INPUT_LENGTH], float scores[{_macro}_OUTPUT_LENGTH], {_prefix}_workspace *workspace)");
        using (context.Writer.BeginBlock())
        {
            context.Writer.Write($$"""
                if ({{context.LacksParameters}} || input == NULL || scores == NULL || workspace == NULL) {
                    return {{_macro}}_NULL_POINTER;
                }
                """);
            context.DeclareReads();
            context.Writer.Write("predict_sample(parameters, input, scores, workspace);");
            context.Writer.Write($"return {_macro}_OK;");
        }
    }

    private void EmitClassify()
    {
        context.Writer.Blank();
        context.Writer.Write($"{_prefix}_status {_prefix}_classify({context.PublicReads}, const float input[{_macro}_INPUT_LENGTH], int32_t *class_number, {_prefix}_workspace *workspace)");
        using (context.Writer.BeginBlock())
        {
            context.Writer.Write($$"""
                float *scores;
                int32_t best = 0;
                if ({{context.LacksParameters}} || input == NULL || class_number == NULL || workspace == NULL) {
                    return {{_macro}}_NULL_POINTER;
                }
                """);
            context.DeclareReads();
            context.Writer.Write($$"""
                scores = workspace->values{{(ScoresOffset == 0 ? "" : FormattableString.Invariant($" + {ScoresOffset}"))}};
                predict_sample(parameters, input, scores, workspace);
                for (int32_t i = 0; i < {{_macro}}_OUTPUT_LENGTH; i++) {
                    if (!(scores[i] <= scores[i])) {
                        return {{_macro}}_NOT_A_NUMBER;
                    }
                    if (scores[i] > scores[best]) {
                        best = i;
                    }
                }
                *class_number = best;
                return {{_macro}}_OK;
                """);
        }
    }
}
