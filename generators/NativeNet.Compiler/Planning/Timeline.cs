namespace NativeNet.Compiler.Planning;

/// <summary>When each buffer of a procedure is in use: from the call that writes it first to the last that touches it.</summary>
/// <remarks>
/// Threads that share a phase are at different calls of it, each in rows of its own. Two values that follow each other within a
/// phase may therefore share memory only where a row has the same place in both.
/// </remarks>
internal sealed class Timeline
{
    private readonly Dictionary<string, Use> _uses = [];
    private readonly HashSet<(string Before, string After)> _inPlace = [];

    /// <summary>Follows a procedure.</summary>
    /// <param name="steps">Its steps.</param>
    /// <param name="isShared">Whether threads share its phases.</param>
    /// <param name="kept">Buffers that are read behind its end.</param>
    public Timeline(IEnumerable<Step> steps, bool isShared, IEnumerable<string> kept)
    {
        int number = 0, phase = 0;
        foreach (Step step in steps)
        {
            phase++;
            foreach (Call call in step is Phase inner ? inner.Calls : [(Call)step])
            {
                number++;
                int barrier = isShared ? phase : number;
                foreach (View view in call.Reads.Concat(call.Writes))
                    Touch(view, number, barrier);
                foreach (Replacement replacement in call.InPlace)
                    _inPlace.Add((replacement.Read.Buffer, replacement.Written.Buffer));
            }
        }

        foreach (string buffer in kept.Where(_uses.ContainsKey).ToArray())
            _uses[buffer] = _uses[buffer] with { Last = int.MaxValue, LastPhase = int.MaxValue };
    }

    /// <summary>The call that touches a buffer first; none where it is not used.</summary>
    public int? FirstUse(string buffer) => _uses.TryGetValue(buffer, out Use use) ? use.First : null;

    /// <summary>How the memory of two buffers may stand to each other.</summary>
    public Sharing Between(string one, string other)
    {
        if (!_uses.TryGetValue(one, out Use a) || !_uses.TryGetValue(other, out Use b))
            return Sharing.Any;

        if (b.First < a.First)
            (one, a, other, b) = (other, b, one, a);
        if (a.LastPhase < b.FirstPhase)
            return Sharing.Any;

        bool follows = a.Last < b.First || (a.Last == b.First && _inPlace.Contains((one, other)));
        return follows && a.Form == b.Form && a.Stride == b.Stride && a.Form != SampleForm.Whole ? Sharing.SamePlace : Sharing.None;
    }

    private void Touch(View view, int number, int phase)
    {
        _uses[view.Buffer] = _uses.TryGetValue(view.Buffer, out Use use)
            ? use with { Last = number, LastPhase = phase }
            : new Use(number, phase, number, phase, view.Form, view.Stride);
    }

    /// <summary>The calls and phases between which a buffer is in use, and how samples lie in it.</summary>
    private readonly record struct Use(int First, int FirstPhase, int Last, int LastPhase, SampleForm Form, int Stride);
}
