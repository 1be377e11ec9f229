namespace NativeNet.Kernels;

/// <summary>Where a recurrent layer's values lie in what training keeps of a block, or in the scratch of a prediction.</summary>
/// <remarks>
/// Kept are the sums of every frame, (T, sums, plane), then each state before and behind every frame, (T + 1, plane). A prediction
/// needs the sums of one frame and two sets of states in turn. Going back leaves, in the place of a frame's sums, their gradients in
/// rows, (samples, sums, plane): what the update reads.
/// </remarks>
/// <param name="Sums">Floats from a frame's sums to the next frame's.</param>
/// <param name="States">Floats in front of the first state.</param>
/// <param name="Frame">Floats from a state before a frame to that behind it.</param>
/// <param name="Distance">Floats from state to state.</param>
/// <param name="Turns">Whether the states behind a frame lie in the place of those before the last.</param>
internal readonly record struct RecurrentMemory(int Sums, int States, int Frame, int Distance, bool Turns)
{
    /// <summary>That of training.</summary>
    /// <typeparam name="TCell">The cell.</typeparam>
    /// <param name="shape">The layer.</param>
    /// <param name="block">The samples side by side.</param>
    public static RecurrentMemory Kept<TCell>(in RecurrentShape shape, int block)
        where TCell : struct, IRecurrentCell
    {
        int plane = shape.Plane * block, sums = TCell.Sums * plane;
        return new(sums, shape.Steps * sums, plane, (shape.Steps + 1) * plane, Turns: false);
    }

    /// <summary>That of prediction.</summary>
    /// <typeparam name="TCell">The cell.</typeparam>
    /// <param name="shape">The layer.</param>
    /// <param name="block">The samples side by side.</param>
    public static RecurrentMemory Scratch<TCell>(in RecurrentShape shape, int block)
        where TCell : struct, IRecurrentCell
    {
        int plane = shape.Plane * block;
        return new(0, TCell.Sums * plane, TCell.States * plane, plane, Turns: true);
    }

    /// <summary>The first float of the states behind so many frames.</summary>
    /// <param name="frames">How many.</param>
    public int StatesBehind(int frames) => States + ((Turns ? frames % 2 : frames) * Frame);
}
