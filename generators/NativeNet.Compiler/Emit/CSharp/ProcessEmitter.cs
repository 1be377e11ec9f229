using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp;

/// <summary>Writes the processing of so many frames of a signal at one vector width: its steps.</summary>
internal sealed class ProcessEmitter
{
    private readonly SourceWriter _writer;
    private readonly Stretch _stretch;
    private readonly Dictionary<int, LayerEmitter> _layers;

    public ProcessEmitter(SourceWriter writer, Stretch stretch, LayerMethods methods)
    {
        _writer = writer;
        _stretch = stretch;
        _layers = stretch.Layers.ToDictionary(static layer => layer.Spec.Index, layer => methods.Add(writer, layer, static own => own.EmitProcessMethods()));
    }

    /// <summary>The method of a number of frames, for example <c>Process32</c>.</summary>
    public static string MethodName(Stretch stretch) => FormattableString.Invariant($"{StreamPlanner.Prefix}{stretch.Frames}");

    public void Emit()
    {
        _writer.Blank();
        _writer.Write($"/// <summary>The next {(_stretch.Frames == 1 ? "frame" : FormattableString.Invariant($"{_stretch.Frames} frames"))} of a signal.</summary>");
        using (_writer.BeginBlock($"internal static void {MethodName(_stretch)}(ref float inputs, ref float parameters, ref float stream, ref float workspace)"))
        {
            foreach (Call call in _stretch.Procedure.Calls.Where(static call => call.Writes[0].Buffer != Planning.Buffer.Scores))
                EmitCall(call);
        }
    }

    private void EmitCall(Call call)
    {
        string output = Place(call.Writes[0]);
        if (call.Op.Layer is not { } layer)
        {
            _writer.Write($"Blocks.Copy(ref {Place(call.Reads[0])}, ref {output}, {call.Reads[0].Length});");
            return;
        }

        string[] inputs = [.. call.Reads.Take(_stretch.LayerOf(call.Op).Views.Inputs.Count).Select(Place)];
        if (call.Op.Kind == OpKind.Process)
            _layers[layer.Index].EmitProcess(inputs, Place(call.Writes[call.Writes.Count - 2]), output, $"Unsafe.Add(ref stream, {call.Writes[call.Writes.Count - 1].Buffer})");
        else
            _layers[layer.Index].EmitSingle(inputs, Place(call.Writes[call.Writes.Count - 1]), output);
    }

    private static string Place(View view) => view.IsInput ? "inputs" : view.Offset == 0
        ? $"Unsafe.Add(ref workspace, {view.Buffer})"
        : FormattableString.Invariant($"Unsafe.Add(ref workspace, {view.Buffer} + {view.Offset})");
}
