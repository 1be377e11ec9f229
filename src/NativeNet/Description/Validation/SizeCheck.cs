using System.Globalization;
using NativeNet.Description.Json;
using NativeNet.Description.Layers;
using NativeNet.Description.Syntax;

namespace NativeNet.Description.Validation;

/// <summary>Adds up what a network needs and reports the place where it is too much.</summary>
/// <remarks>
/// No sum overflows: a sample beyond the limit is not passed on, so a layer has less than 2⁶¹ parameters, and what follows
/// the layer that has too many is not added; 256 layers put out at most 2³⁶ floats, and a batch has at most 2¹⁶ samples.
/// </remarks>
/// <param name="diagnostics">Receives the mistakes.</param>
internal sealed class SizeCheck(DiagnosticBag diagnostics)
{
    private long _parameters;
    private long _activations;
    private bool _reported;

    /// <summary>Counts the input.</summary>
    /// <param name="input">Its dimensions: at most three, each at most 2¹⁶.</param>
    /// <returns>Whether its shape can be used.</returns>
    public bool AddInput(Setting<EquatableArray<int>> input)
    {
        if (input is not { IsValid: true, Property: { } given })
            return false;

        _activations = input.Value.Aggregate(1L, static (length, dimension) => length * dimension);
        return !ReportActivations("One sample", _activations, given.Value.Span);
    }

    /// <summary>Counts a layer.</summary>
    /// <param name="layer">What is known of it.</param>
    /// <param name="span">What to underline when the layer makes the network too large.</param>
    public void AddLayer(CheckedLayer layer, SourceSpan span)
    {
        if (layer.Output is { } output && layer.Spec is not { IsView: true })
            _activations += output.Length;
        if (_parameters > NetworkLimits.Parameters)
            return;

        _parameters += layer.Spec?.ParameterCount ?? 0;
        if (_parameters > NetworkLimits.Parameters)
            diagnostics.Add(DiagnosticTable.TooManyParameters, span, Invariant(_parameters), Invariant(NetworkLimits.Parameters));
    }

    /// <summary>Checks the whole batch, after the last layer.</summary>
    /// <param name="batchSize">The samples in a batch.</param>
    public void CheckBatch(Setting<int> batchSize)
    {
        if (!_reported && batchSize is { IsValid: true, Property: { } given })
            ReportActivations("A batch", _activations * batchSize.Value, given.Value.Span);
    }

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
