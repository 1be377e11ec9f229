using NativeNet.Compiler.Planning;

using Buffer = NativeNet.Compiler.Planning.Buffer;

namespace NativeNet.Compiler.Tests.Planning;

/// <summary>Proves a program without looking at text, by following every value through memory.</summary>
/// <remarks>
/// Every float of a workspace remembers which value was written to it last, and in which phase. A read must find the very
/// value that it names in every element of every sample; a sum over the whole batch must find it written in an earlier
/// phase; and every place must lie inside its buffer. Lifetimes that overlap, values that share a place too early, missing
/// conversions and missing barriers all show as a float that holds another value. Threads that share a phase are at different
/// calls of it: what one of them writes for a sample, none may read or write for another sample in the same phase.
/// </remarks>
internal sealed class ProgramCheck
{
    private readonly Program _program;
    private readonly string _name;
    private readonly Dictionary<string, Buffer> _buffers;
    private readonly string?[] _values;
    private readonly int[] _phases;
    private readonly (int Phase, int Sample)[] _written, _touched;
    private readonly int _samples;

    private ProgramCheck(Program program, string name, Procedure procedure, int samples)
    {
        _program = program;
        _name = name;
        _samples = samples;
        _buffers = procedure.Workspace.Buffers.ToDictionary(static buffer => buffer.Name);
        _values = new string?[procedure.Workspace.Length];
        _phases = new int[procedure.Workspace.Length];
        _written = new (int, int)[procedure.Workspace.Length];
        _touched = new (int, int)[procedure.Workspace.Length];
    }

    /// <summary>Checks all procedures.</summary>
    /// <exception cref="InvalidOperationException">A procedure is wrong; the message says where.</exception>
    public static void Run(Program program)
    {
        int batch = program.Spec.BatchSize;
        foreach ((string name, Procedure procedure) in ProgramText.Procedures(program))
        {
            int samples = name switch { "Predict" => 1, "PredictBatch" => program.BlockSize, _ => batch };
            var check = new ProgramCheck(program, name, procedure, samples);
            int phase = 0;
            foreach (Step step in procedure.Steps)
            {
                phase++;
                foreach (Call call in step is Phase inner ? inner.Calls : [(Call)step])
                {
                    check.Follow(call, phase, isShared: step is Phase);
                    if (!program.Target.IsVectorized)
                        phase++;
                }
            }
        }
    }

    private void Follow(Call call, int phase, bool isShared)
    {
        foreach (View view in call.Reads)
        {
            foreach ((int index, int sample) in Places(view))
            {
                if (isShared && IsOfAnother(_written[index], phase, sample))
                    throw Wrong(call, view, $"reads at {index} what a thread may be writing for another sample");
                _touched[index] = (phase, sample);
                if (_values[index] != view.Value)
                    throw Wrong(call, view, $"finds {_values[index] ?? "nothing"} at {index}");
                if (isShared && call.Op.NeedsWholeBatch && _phases[index] >= phase && !call.Writes.Contains(view))
                    throw Wrong(call, view, "is read without a barrier behind its last write");
            }
        }

        foreach (View view in call.Writes)
        {
            foreach ((int index, int sample) in Places(view))
            {
                if (isShared && IsOfAnother(_touched[index], phase, sample))
                    throw Wrong(call, view, $"writes at {index} what a thread may be using for another sample");
                (_values[index], _phases[index]) = (view.Value, phase);
                (_written[index], _touched[index]) = ((phase, sample), (phase, sample));
            }
        }
    }

    private static bool IsOfAnother((int Phase, int Sample) use, int phase, int sample) => use.Phase == phase && use.Sample != sample;

    /// <summary>The places of every element of every sample; none for what the caller owns.</summary>
    private IEnumerable<(int Index, int Sample)> Places(View view)
    {
        if (!_buffers.TryGetValue(view.Buffer, out Buffer buffer))
        {
            if (view.Buffer is not (Buffer.Inputs or Buffer.Targets or Buffer.Scores or Buffer.Parameters or Buffer.Loss))
                throw new InvalidOperationException($"{_name}: there is no buffer {view.Buffer}");
            yield break;
        }

        for (int sample = 0; sample < (view.Form == SampleForm.Whole ? 1 : _samples); sample++)
        {
            for (int element = 0; element < view.Length; element++)
            {
                int index = view.IndexOf(sample, element, _program.BlockSize);
                if (index < 0 || index >= buffer.Length || buffer.Offset + index >= _values.Length)
                    throw new InvalidOperationException($"{_name}: {view.Value} reaches {index}, behind the {buffer.Length} floats of {view.Buffer}");
                yield return (buffer.Offset + index, sample);
            }
        }
    }

    private InvalidOperationException Wrong(Call call, View view, string what)
        => new($"{_name}, {_program.Target.Name}: {call.Op.Kind} of layer {call.Op.Layer?.Index}: {view.Value} in {view.Buffer} {what}");
}
