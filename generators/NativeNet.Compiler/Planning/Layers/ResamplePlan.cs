using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>A layer that repeats positions or leaves them out.</summary>
/// <param name="Resample">The layer.</param>
/// <param name="Views">The values that it reads and writes.</param>
/// <param name="Share">Room for its input gradient.</param>
internal sealed record ResamplePlan(ResampleSpec Resample, LayerViews Views, View Share) : LibraryPlan(Resample, Views, default, Share);
