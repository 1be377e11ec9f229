using NativeNet.Compiler.Planning;
using Buffer = NativeNet.Compiler.Planning.Buffer;

namespace NativeNet.Runtime.Memory;

/// <summary>Finds the places of the values of a procedure.</summary>
/// <param name="workspace">Its workspace.</param>
/// <param name="block">The samples of a block.</param>
internal sealed class PlaceTable(Workspace workspace, int block)
{
    private readonly Dictionary<string, int> _offsets = workspace.Buffers.ToDictionary(static buffer => buffer.Name, static buffer => buffer.Offset);

    /// <summary>The first float of a buffer.</summary>
    /// <param name="buffer">Its name.</param>
    public int this[string buffer] => _offsets[buffer];

    /// <summary>The place of a value.</summary>
    /// <param name="view">The caller's inputs or a value in the workspace.</param>
    public Place Of(View view)
    {
        int first = view.Buffer == Buffer.Inputs ? 0 : _offsets[view.Buffer];
        return view.Form switch
        {
            SampleForm.Blocks => new Place(view.IsInput, first + (view.Offset * block), view.Stride, block),
            SampleForm.Rows => new Place(view.IsInput, first + view.Offset, view.Stride, 1),
            _ => new Place(view.IsInput, first + view.Offset, 0, 1),
        };
    }

    /// <summary>The places of the values that a call is planned to touch, and of no others.</summary>
    /// <param name="call">The call.</param>
    public Func<View, Place> Declared(Call call) => view => call.Reads.Contains(view) || call.Writes.Contains(view)
        ? Of(view)
        : throw new ArgumentException($"{call.Op.Layer?.Type} {call.Op.Kind} is not planned to touch {view.Value}.", nameof(view));
}
