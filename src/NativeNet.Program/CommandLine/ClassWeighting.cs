namespace NativeNet.Program.CommandLine;

/// <summary>What the samples of a class weigh in training.</summary>
internal enum ClassWeighting
{
    /// <summary>The same as those of every other class.</summary>
    Equal,

    /// <summary>The more, the fewer there are.</summary>
    Balanced,
}
