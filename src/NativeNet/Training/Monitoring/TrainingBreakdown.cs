using System.Globalization;

namespace NativeNet.Training.Monitoring;

/// <summary>That training broke down: how, when and where.</summary>
/// <param name="Kind">How.</param>
/// <param name="Epoch">The epoch in which it showed, from 1.</param>
/// <param name="Step">The step in which it showed, from 1; the epoch's last one for what a whole epoch shows.</param>
/// <param name="Layer">The layer's position in the network's file; −1 for kinds that no layer is blamed for.</param>
/// <param name="Loss">The mean loss of the step or the epoch.</param>
public readonly record struct TrainingBreakdown(BreakdownKind Kind, int Epoch, long Step, int Layer, double Loss)
{
    /// <summary>One sentence with the place, the reason and the remedy.</summary>
    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"training broke down in epoch {Epoch}, step {Step}: {Reason}; lower the learning rate");

    private string Reason => Kind switch
    {
        BreakdownKind.NonFiniteLoss => string.Create(CultureInfo.InvariantCulture, $"the loss is {Loss}"),
        BreakdownKind.NonFiniteLayer => string.Create(CultureInfo.InvariantCulture, $"layer {Layer} holds values that are not finite"),
        BreakdownKind.ExplodedLoss => string.Create(CultureInfo.InvariantCulture, $"the loss has grown to {Loss:G4}"),
        BreakdownKind.CollapsedPrediction => string.Create(CultureInfo.InvariantCulture, $"every sample is predicted as one class, at a loss of {Loss:G4}"),
        BreakdownKind.CollapsedValues => string.Create(CultureInfo.InvariantCulture, $"predictions are no better than one guess for every sample, at a loss of {Loss:G4}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"every unit of layer {Layer} is 0 for every sample"),
    };
}
