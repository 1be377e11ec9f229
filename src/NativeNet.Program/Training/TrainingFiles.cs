namespace NativeNet.Program.Training;

/// <summary>The files of a training run; null for those that nobody asked for.</summary>
/// <param name="Weights">Gets the trained weights.</param>
/// <param name="Json">Gets the result.</param>
/// <param name="Log">Gets a row for each epoch.</param>
/// <param name="Checkpoint">Gets what it takes to continue.</param>
/// <param name="Every">The epochs between two checkpoints.</param>
/// <param name="Resume">The checkpoint to continue from.</param>
internal sealed record TrainingFiles(string? Weights, string? Json, string? Log, string? Checkpoint, int Every, string? Resume)
{
    /// <summary>Fails where one of the results could not be put.</summary>
    /// <exception cref="IOException">A place will not do; the message names it.</exception>
    public void Check()
    {
        OutputFile.Check(Weights);
        OutputFile.Check(Json);
        OutputFile.Check(Log);
        OutputFile.Check(Checkpoint);
    }
}
