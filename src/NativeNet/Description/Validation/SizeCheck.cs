using System.Globalization;
using NativeNet.Description.Json;
using NativeNet.Description.Layers;
using NativeNet.Description.Syntax;

namespace NativeNet.Description.Validation;

/// <summary>Adds up what a network needs and reports the place where it is too much.</summary>
/// <remarks>
/// No sum overflows: a sample beyond the limit is not passed on, so a layer has less than 2⁶¹ parameters, and what follows
/// the layer that has too many is not added; 256 layers put out at most 2³⁶ floats, and a batch has at most 2¹⁶ samples.
/// Workspaces are planned elsewhere, for a target; here is what bounds them for every one, so that a file means the same
/// wherever it is read.
/// </remarks>
/// <param name="diagnostics">Receives the mistakes.</param>
internal sealed class SizeCheck(DiagnosticBag diagnostics)
{
    /// <summary>
    /// What training keeps of a layer at most: its outputs, the same in the other form, its sums before the activation, and
    /// two gradients. Of prediction the first two are left.
    /// </summary>
    private const int TrainingCopies = 5, PredictionCopies = 2;

    /// <summary>What is there once beside them, as long as the longest outputs: the scores, and gradients on their way.</summary>
    private const int SharedCopies = 2;

    /// <summary>The most floats that a row or a buffer is padded with: to a panel of 32, and away from a bad stride.</summary>
    private const int Padding = 31 + 16;

    private long _parameters;
    private long _activations;
    private long _input;
    private long _outputs;
    private long _longest;
    private long _kept;
    private bool _reported;

    /// <summary>Counts the input.</summary>
    /// <param name="input">Its dimensions: at most three, each at most 2¹⁶.</param>
    /// <returns>Whether its shape can be used.</returns>
    public bool AddInput(Setting<EquatableArray<int>> input)
    {
        if (input is not { IsValid: true, Property: { } given })
            return false;

        _activations = input.Value.Aggregate(1L, static (length, dimension) => length * dimension);
        _input = _activations + Padding;
        return !ReportActivations("One sample", _activations, given.Value.Span);
    }

    /// <summary>Counts a layer.</summary>
    /// <param name="layer">What is known of it.</param>
    /// <param name="span">What to underline when the layer makes the network too large.</param>
    public void AddLayer(CheckedLayer layer, SourceSpan span)
    {
        if (layer.Output is { } output && layer.Spec is not { IsView: true })
        {
            _activations += output.Length;
            _outputs += output.Length + Padding;
            _longest = Math.Max(_longest, output.Length + Padding);
        }

        _kept += layer.Spec?.KeptLength ?? 0;
        if (_parameters > NetworkLimits.Parameters)
            return;

        _parameters += layer.Spec?.ParameterCount ?? 0;
        if (_parameters > NetworkLimits.Parameters)
            diagnostics.Add(DiagnosticTable.TooManyParameters, span, Invariant(_parameters), Invariant(NetworkLimits.Parameters));
    }

    /// <summary>Checks the whole batch, after the last layer.</summary>
    /// <param name="batchSize">The samples in a batch.</param>
    /// <param name="trains">Whether the network trains.</param>
    public void CheckBatch(Setting<int> batchSize, bool trains)
    {
        if (_reported || batchSize is not { IsValid: true, Property: { } given }
            || ReportActivations("A batch", _activations * batchSize.Value, given.Value.Span))
        {
            return;
        }

        int samples = Lanes(batchSize.Value);
        long workspace = samples * (((trains ? TrainingCopies : PredictionCopies) * _outputs) + (SharedCopies * _longest) + _kept + _input + Math.Max(_input, _longest));
        if (workspace > NetworkLimits.Workspace)
            diagnostics.Add(DiagnosticTable.TooMuchWorkspace, given.Value.Span, Invariant(samples), Invariant(workspace), Invariant(NetworkLimits.Workspace));
    }

    /// <summary>The samples that vectors make of a batch.</summary>
    private static int Lanes(int batchSize) => batchSize <= 4 ? 4 : batchSize <= 8 ? 8 : (batchSize + 15) / 16 * 16;

    private bool ReportActivations(string owner, long count, SourceSpan span)
    {
        if (count <= NetworkLimits.Activations)
            return false;

        _reported = true;
        diagnostics.Add(
            DiagnosticTable.TooManyActivations, span, owner, Invariant(count), Invariant(NetworkLimits.Activations));
        return true;
    }

    private static string Invariant(long number) => number.ToString(CultureInfo.InvariantCulture);
}
