namespace NativeNet.Compiler.Planning;

/// <summary>How the samples of a batch lie in memory.</summary>
internal enum SampleForm
{
    /// <summary>One sample behind the other, as dense layers take them.</summary>
    Rows,

    /// <summary>
    /// Blocks of samples side by side: a block holds, for each element of a sample, the values of all its samples, so
    /// that vectors lie over samples and every shape is as good as any other.
    /// </summary>
    Blocks,

    /// <summary>No samples: what is known of a whole batch, or parameters.</summary>
    Whole,
}

/// <summary>One value of the network and where it lies.</summary>
/// <remarks>
/// Element e of sample b is in rows at Offset + b · Stride + e; in blocks of B at
/// Offset · B + (b − b mod B) · Stride + e · B + b mod B; without samples at Offset + e.
/// </remarks>
/// <param name="Value">What it is, the same word for the same value wherever it lies: <c>Dense1Outputs</c>.</param>
/// <param name="Buffer">The name of the buffer that it lies in; a buffer may hold one value after the other.</param>
/// <param name="Form">How samples lie.</param>
/// <param name="Length">The elements of a sample.</param>
/// <param name="Stride">Floats that a sample takes.</param>
/// <param name="Offset">Elements of a sample in front of the first.</param>
internal sealed record View(string Value, string Buffer, SampleForm Form, int Length, int Stride, int Offset = 0)
{
    /// <summary>Whether it is the network's input, which the caller owns.</summary>
    public bool IsInput => Buffer == Planning.Buffer.Inputs;

    /// <summary>The floats from a buffer's start to an element of a sample.</summary>
    /// <param name="sample">b.</param>
    /// <param name="element">e.</param>
    /// <param name="block">B, the samples of a block.</param>
    public int IndexOf(int sample, int element, int block) => Form switch
    {
        SampleForm.Rows => checked(Offset + (sample * Stride) + element),
        SampleForm.Blocks => checked(((sample - (sample % block)) * Stride) + ((Offset + element) * block) + (sample % block)),
        _ => Offset + element,
    };
}
