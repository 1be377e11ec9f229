namespace NativeNet.Compiler.Planning;

/// <summary>When each buffer of a procedure is in use: from a call that writes it to the last that touches it.</summary>
/// <remarks>
/// A value that is computed a second time is in use twice, and other values may have its memory meanwhile. Threads that share a
/// phase are at different calls of it, each in rows of its own. Two values that follow each other within a phase may therefore
/// share memory only where a row has the same place in both.
/// </remarks>
internal sealed class Timeline
{
    private readonly Dictionary<string, List<Use>> _uses = [];
    private readonly HashSet<View> _written = [];
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
                foreach (View view in call.Reads)
                    Touch(view, number, barrier, isAnew: false);
                foreach (View view in call.Writes)
                    Touch(view, number, barrier, isAnew: !_written.Add(view));
                foreach (Replacement replacement in call.InPlace)
                    _inPlace.Add((replacement.Read.Buffer, replacement.Written.Buffer));
            }
        }

        foreach (List<Use> uses in kept.Where(_uses.ContainsKey).Select(buffer => _uses[buffer]).ToArray())
            uses[uses.Count - 1] = uses[uses.Count - 1] with { Last = int.MaxValue, LastPhase = int.MaxValue };
    }

    /// <summary>The call that touches a buffer first; none where it is not used.</summary>
    public int? FirstUse(string buffer) => _uses.TryGetValue(buffer, out List<Use>? uses) ? uses[0].First : null;

    /// <summary>How the memory of two buffers may stand to each other.</summary>
    public Sharing Between(string one, string other)
    {
        if (!_uses.TryGetValue(one, out List<Use>? a) || !_uses.TryGetValue(other, out List<Use>? b))
            return Sharing.Any;

        return a.SelectMany(_ => b, (first, second) => first.First <= second.First ? Follow(one, first, other, second) : Follow(other, second, one, first)).Min();
    }

    /// <summary>How the memory of a use may stand to that of one that begins later.</summary>
    private Sharing Follow(string one, Use a, string other, Use b)
    {
        if (a.LastPhase < b.FirstPhase)
            return Sharing.Any;

        bool follows = a.Last < b.First || (a.Last == b.First && _inPlace.Contains((one, other)));
        return follows && a.Form == b.Form && a.Stride == b.Stride && a.Form != SampleForm.Whole ? Sharing.SamePlace : Sharing.None;
    }

    private void Touch(View view, int number, int phase, bool isAnew)
    {
        if (!_uses.TryGetValue(view.Buffer, out List<Use>? uses))
            _uses[view.Buffer] = uses = [];
        if (uses.Count == 0 || isAnew)
            uses.Add(new Use(number, phase, number, phase, view.Form, view.Stride));
        else
            uses[uses.Count - 1] = uses[uses.Count - 1] with { Last = number, LastPhase = phase };
    }

    /// <summary>The calls and phases between which a buffer is in use, and how samples lie in it.</summary>
    private readonly record struct Use(int First, int FirstPhase, int Last, int LastPhase, SampleForm Form, int Stride);
}
