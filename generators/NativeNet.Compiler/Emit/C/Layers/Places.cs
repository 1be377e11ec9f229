using NativeNet.Compiler.Planning;
using Buffer = NativeNet.Compiler.Planning.Buffer;

namespace NativeNet.Compiler.Emit.C.Layers;

/// <summary>The pointers of a procedure to its values.</summary>
/// <param name="context">What is written.</param>
/// <param name="hasBatch">Whether there are <c>count</c> samples, the one at hand being <c>b</c>; else there is one.</param>
/// <param name="prefix">What the names of the procedure's buffers begin with, which C leaves out.</param>
/// <param name="scores">The buffer in whose place the caller's scores are written; null where there is none.</param>
internal sealed class Places(CContext context, bool hasBatch, string prefix = "", string? scores = null)
{
    private readonly HashSet<string> _used = [];

    /// <summary>Whether there are <c>count</c> samples.</summary>
    public bool HasBatch => hasBatch;

    /// <summary>Writes the pointers to those buffers of a workspace that calls name, and the calls.</summary>
    /// <param name="procedure">The procedure.</param>
    /// <param name="emit">Writes a call.</param>
    public void EmitCalls(Procedure procedure, Action<Call> emit)
    {
        string calls = context.Collect(() =>
        {
            foreach (Call call in procedure.Calls)
                emit(call);
        });
        foreach (Buffer buffer in procedure.Workspace.Buffers.Where(buffer => _used.Contains(buffer.Name) && buffer.Name != scores))
            context.Writer.Write($"float *const {Name(buffer.Name)} = workspace->values{(buffer.Offset == 0 ? "" : FormattableString.Invariant($" + {buffer.Offset}"))}; /* {Shape(procedure, buffer)} */");
        context.Writer.Blank();
        context.Writer.Write(calls.TrimEnd());
    }

    /// <summary>The name of a buffer.</summary>
    public string Name(string buffer) => buffer == scores ? "scores"
        : buffer == Buffer.Inputs ? hasBatch ? "inputs" : "input"
        : CNames.Snake(buffer.StartsWith(prefix, StringComparison.Ordinal) ? buffer[prefix.Length..] : buffer);

    /// <summary>A value from its first sample on.</summary>
    public string Whole(View view)
    {
        _used.Add(view.Buffer);
        return Name(view.Buffer) + (view.Offset == 0 ? "" : FormattableString.Invariant($" + {view.Offset}"));
    }

    /// <summary>A value of the sample at hand.</summary>
    public string Sample(View view) => Whole(view) + (!hasBatch ? "" : view.Stride == 1 ? " + b" : FormattableString.Invariant($" + b * {view.Stride}"));

    /// <summary>What a layer keeps in the stream.</summary>
    public string Stream(View view)
    {
        int offset = context.Program.Process!.Stream.Buffers.First(buffer => buffer.Name == view.Buffer).Offset;
        return $"stream->values{(offset == 0 ? "" : FormattableString.Invariant($" + {offset}"))}";
    }

    /// <summary>A loop over the samples; nothing where there is one.</summary>
    public IDisposable? BeginSamples() => hasBatch ? context.Writer.BeginBlock("for (int32_t b = 0; b < count; b++)") : null;

    private string Shape(Procedure procedure, Buffer buffer)
    {
        View view = procedure.Calls.SelectMany(static call => call.Writes).First(view => view.Buffer == buffer.Name);
        return FormattableString.Invariant(hasBatch && view.Form != SampleForm.Whole ? $"(samples, {view.Stride})" : (FormattableString)$"({view.Stride})");
    }
}
