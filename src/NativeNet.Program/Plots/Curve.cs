namespace NativeNet.Program.Plots;

/// <summary>One line of a chart.</summary>
/// <param name="Label">Its text in the legend; curves of one label share a colour.</param>
/// <param name="Points">From left to right; where y is not finite, the line is broken.</param>
internal sealed record Curve(string Label, IReadOnlyList<(double X, double Y)> Points);
