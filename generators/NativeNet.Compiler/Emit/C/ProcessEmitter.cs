using NativeNet.Compiler.Emit.C.Layers;
using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.C;

/// <summary>Writes the processing of a signal that goes on: the layers over one frame, a frame's steps, and the call of the header.</summary>
/// <param name="context">What is written.</param>
/// <param name="process">How the network takes a signal.</param>
internal sealed class ProcessEmitter(CContext context, StreamPlan process)
{
    private readonly string _prefix = context.Export.Prefix, _macro = context.Export.Prefix.ToUpperInvariant();

    public void Emit()
    {
        Stretch frame = process.Stretches[process.Stretches.Count - 1];
        Dictionary<int, LayerEmitter> layers = frame.Layers.ToDictionary(static layer => layer.Spec.Index, layer => LayerEmitterTable.Create(context, layer));
        foreach (LayerPlan layer in frame.Layers)
            layers[layer.Spec.Index].EmitForward();
        EmitFrame(frame, layers);
        EmitProcess();
    }

    private void EmitFrame(Stretch frame, Dictionary<int, LayerEmitter> layers)
    {
        var place = new Places(context, hasBatch: false, StreamPlanner.Prefix, frame.Outputs.Buffer);
        using (context.BeginFunction(
            "The outputs of the next frame. Values that are never needed at once share a place.",
            $"static void process_frame({context.Reads}, {_prefix}_stream *stream, const float *input, float *scores, {_prefix}_process_workspace *workspace)"))
        {
            if (!frame.Layers.Any(static layer => layer.HasParameters))
                context.Writer.Write("(void)parameters;");
            if (process.Stream.Length == 0)
                context.Writer.Write("(void)stream;");
            if (frame.Procedure.Workspace.Buffers.Count == 1)
                context.Writer.Write("(void)workspace;");
            place.EmitCalls(frame.Procedure, call =>
            {
                if (call.Op.Layer is { } layer)
                    layers[layer.Index].Emit(call, place);
            });
        }
    }

    private void EmitProcess()
    {
        (int inputs, int outputs) = (context.Program.Spec.Input.Channels, context.Program.Spec.Output.Channels);
        context.Writer.Blank();
        context.Writer.Write($"{_prefix}_status {_prefix}_process({context.PublicReads}, {_prefix}_stream *stream, const float *inputs, float *outputs, int32_t frames, {_prefix}_process_workspace *workspace)");
        using (context.Writer.BeginBlock())
        {
            context.Writer.Write($$"""
                if ({{context.LacksParameters}} || stream == NULL || inputs == NULL || outputs == NULL || workspace == NULL) {
                    return {{_macro}}_NULL_POINTER;
                }
                """);
            context.DeclareReads();
            context.Writer.Write($$"""
                for (int32_t i = 0; i < frames; i++) {
                    process_frame(parameters, stream, inputs + (size_t)i * {{inputs}}u, outputs + (size_t)i * {{outputs}}u, workspace);
                }
                return {{_macro}}_OK;
                """);
        }
    }
}
