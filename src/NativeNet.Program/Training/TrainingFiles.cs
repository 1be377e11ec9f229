namespace NativeNet.Program.Training;

/// <summary>The files of a training run; null for those that nobody asked for.</summary>
/// <param name="Weights">Gets the trained weights.</param>
/// <param name="Json">Gets the result.</param>
/// <param name="Log">Gets a row for each epoch.</param>
/// <param name="Checkpoint">Gets what it takes to continue.</param>
/// <param name="Every">The epochs between two checkpoints.</param>
/// <param name="Resume">The checkpoint to continue from.</param>
/// <param name="First">The weights to begin with.</param>
internal sealed record TrainingFiles(string? Weights, string? Json, string? Log, string? Checkpoint, int Every, string? Resume, string? First)
{
    /// <summary>Fails where one of the results could not be put, or would replace another file of the run.</summary>
    /// <param name="data">The data; null for the built-in digits.</param>
    /// <exception cref="CommandLine.UsageException">Two names are one file.</exception>
    /// <exception cref="IOException">A place will not do; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder may not be written.</exception>
    public void Check(string? data)
    {
        (string, string?)[] results = [("--output", Weights), ("--json", Json), ("--log", Log)];
        OutputFile.Check([.. results, ("--checkpoint", Checkpoint)], ("--data", data));

        // A checkpoint goes on in its own place.
        OutputFile.Check(results, ("--resume", Resume));
        OutputFile.Check([.. results, ("--checkpoint", Checkpoint)], ("--weights", First));
    }
}
