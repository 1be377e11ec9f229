using System.Collections.Immutable;
using NativeNet.Description;
using NativeNet.Storage;
using NativeNet.Training;

namespace NativeNet.Program.Training;

/// <summary>A training run, everything decided.</summary>
/// <param name="Epochs">Passes through the training data, at least 1.</param>
/// <param name="Rule">The update rule with all its settings.</param>
/// <param name="Run">The schedule, what is held out of the training data, when to stop, and how gradients become steps.</param>
/// <param name="Seed">Decides first weights, order of samples and what is held out.</param>
/// <param name="Threads">The threads that share each step.</param>
/// <param name="ClassWeights">One factor a class on the loss of its samples; empty for 1.</param>
/// <param name="Files">What is read and written beside the data.</param>
/// <param name="Layout">What weights to begin with are taken for that do not say in which order they lie.</param>
internal sealed record TrainingOptions(
    int Epochs, UpdateRuleSpec Rule, TrainingRunOptions Run, ulong Seed, int Threads, ImmutableArray<float> ClassWeights, TrainingFiles Files,
    ParameterOrder Layout);
