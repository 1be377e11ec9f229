using NativeNet.Kernels;

namespace NativeNet.Program.Bench;

/// <summary>A generated network, ready to be measured without the virtual calls of an object, which a tiny one would feel.</summary>
/// <typeparam name="TNetwork">The generated network.</typeparam>
/// <typeparam name="TTarget">The type of its targets.</typeparam>
/// <param name="name">Its name on the command line.</param>
/// <param name="threads">How many threads share a training step.</param>
internal sealed class NetworkBench<TNetwork, TTarget>(string name, int threads) : NetworkBench<TTarget>(name, GeneratedNetwork<TNetwork, TTarget>.Instance, threads)
    where TNetwork : struct, INetwork<TTarget>
    where TTarget : unmanaged
{
    protected override void Predict() => TNetwork.Predict(
        Parameters.Span, Inputs.Span[..TNetwork.InputLength], Scores.Span[..TNetwork.OutputLength], SingleWorkspace.Span);

    protected override void PredictBatch() => TNetwork.PredictBatch(Parameters.Span, Inputs.Span, Scores.Span, Workspace.Span);

    protected override void Loss() => TNetwork.Loss(Parameters.Span, Inputs.Span, Targets.Span, Workspace.Span);

    protected override void Gradients()
        => TNetwork.Gradients(Parameters.Span, Inputs.Span, Targets.Span, ParameterGradients.Span, Workspace.Span);

    protected override void RunPhase<TRule>(int phase, in TrainingPass<TTarget> pass, in TRule rule, PhasePart part, ref float scratch)
        => TNetwork.RunPhase(phase, pass, rule, part, ref scratch);
}
