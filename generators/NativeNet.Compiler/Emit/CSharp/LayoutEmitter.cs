using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp;

/// <summary>Writes the constants of a network's code: lengths, and where each buffer of a workspace begins.</summary>
internal sealed class LayoutEmitter(SourceWriter writer, Program program)
{
    public void Emit()
    {
        writer.Write("/// <summary>Lengths, and where each buffer of a workspace begins, in floats.</summary>");
        writer.Write(GeneratedNames.Attributes);
        using (writer.BeginBlock($"internal static class {GeneratedNames.Layout}"))
        {
            foreach ((string name, int value, _) in SurfaceEmitter.Lengths(program))
                writer.Write($"internal const int {name} = {value};");
            EmitBuffers("The workspace of one prediction", program.Predict.Workspace);
            EmitBuffers("The workspace of a batch of predictions, for one block of samples", program.PredictBatch.Workspace);
            if (program.Trains)
                EmitBuffers("The training workspace", program.TrainStep.Workspace);
            if (program.Process is not { } process)
                return;

            EmitBuffers("The workspace of a stretch of a signal", process.Workspace);
            EmitBuffers("What is kept of a signal", process.Stream);
        }
    }

    private void EmitBuffers(string workspace, Workspace buffers)
    {
        writer.Blank();
        writer.Write($"// {workspace}: where each buffer begins.");
        foreach (Planning.Buffer buffer in buffers.Buffers)
            writer.Write($"internal const int {buffer.Name} = {buffer.Offset}; // {buffer.Meaning}");
    }
}
