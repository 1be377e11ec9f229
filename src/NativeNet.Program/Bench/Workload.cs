namespace NativeNet.Program.Bench;

/// <summary>Something that can be run again and again, and how much it does.</summary>
/// <param name="Name">What it is called in reports.</param>
/// <param name="Work">Multiply-adds of one run; bytes, where memory is measured.</param>
/// <param name="Run">Does it once, without allocation.</param>
/// <param name="Samples">Samples of data that one run takes in; 0 where that means nothing.</param>
/// <param name="Threads">How many threads share a run.</param>
internal sealed record Workload(string Name, double Work, Action Run, int Samples = 0, int Threads = 1);
