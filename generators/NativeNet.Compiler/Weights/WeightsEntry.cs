namespace NativeNet.Compiler.Weights;

/// <summary>What the build tells the generator of a file of weights.</summary>
/// <param name="Pair">The files.</param>
/// <param name="State">What became of them.</param>
/// <param name="Problem">What is wrong with the file, in one line; empty otherwise.</param>
internal sealed record WeightsEntry(WeightsPair Pair, WeightsState State, string Problem = "");
