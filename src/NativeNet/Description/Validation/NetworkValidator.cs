using System.Collections.Immutable;
using System.Globalization;
using NativeNet.Description.Json;
using NativeNet.Description.Layers;
using NativeNet.Description.Syntax;

namespace NativeNet.Description.Validation;

/// <summary>Checks what a network's keys are set to and how its parts fit together.</summary>
/// <remarks>
/// One pass finds all independent mistakes. What a mistake hides, such as the shape behind a layer of unknown type, is
/// null from there on and not checked, so that no mistake is reported for the sake of another.
/// </remarks>
internal static class NetworkValidator
{
    /// <summary>Checks <paramref name="syntax"/>.</summary>
    /// <param name="syntax">The file, its keys checked.</param>
    /// <param name="diagnostics">Receives the mistakes.</param>
    /// <returns>The network, or null where <paramref name="diagnostics"/> holds a mistake.</returns>
    public static NetworkSpec? Validate(NetworkSyntax syntax, DiagnosticBag diagnostics)
    {
        NetworkSyntax.Schema.Read(syntax.Object, diagnostics);
        NetworkSyntax.Description.Read(syntax.Object, diagnostics);
        Setting<EquatableArray<int>> input = NetworkSyntax.Input.Read(syntax.Object, diagnostics);
        Setting<LossForm> loss = NetworkSyntax.Loss.Read(syntax.Object, diagnostics);
        Setting<int> batchSize = NetworkSyntax.BatchSize.Read(syntax.Object, diagnostics);
        bool trains = loss.Property is not null;
        Setting<JsonObject?> section = NetworkSyntax.Training.Read(syntax.Object, diagnostics);
        if (!trains && loss.IsValid && section.Property is { } given)
            diagnostics.Add(DiagnosticTable.KeyNotAllowed, given.NameSpan, NetworkSyntax.Training.Name, $"the key '{NetworkSyntax.Loss.Name}'");
        Setting<EquatableArray<string>> classes = NetworkSyntax.Classes.Read(syntax.Object, diagnostics);
        TrainingSpec? training = TrainingSection.Check(section.Value, diagnostics);
        BudgetSpec? budget = BudgetSection.Check(NetworkSyntax.Budget.Read(syntax.Object, diagnostics).Value, trains || !loss.IsValid, diagnostics);

        var size = new SizeCheck(diagnostics);
        Shape? sample = size.AddInput(input) ? new Shape(input.Value) : null;
        var names = new LayerNames(syntax.Layers, sample, diagnostics);
        var readers = new ReaderCheck(syntax.Layers);
        var layers = ImmutableArray.CreateBuilder<LayerSpec>();

        for (int i = 0; i < syntax.Layers.Length; i++)
        {
            if (syntax.Layers[i] is not { } layer)
            {
                readers.Add([null]);
                names.AddOutput(null, isInput: true);
                continue;
            }

            ImmutableArray<LayerSource?> sources = layer.Form.FindSources(layer.Object, names, diagnostics);
            CheckedLayer result = CheckTrainable(layer, layer.Form.Check(layer.Object, new LayerPlace(i, sources), diagnostics), diagnostics);
            if (i == syntax.Layers.Length - 1 && trains && loss.IsValid)
            {
                loss.Value.CheckScores(layer, result.Output, diagnostics);
                if (result.Spec is SoftmaxSpec && loss.Value.Includes is { } function)
                    diagnostics.Add(DiagnosticTable.SoftmaxBeforeLoss, layer.Type.Span, Vocabulary.Losses.WordFor(loss.Value), function);
            }

            readers.Add(sources);
            size.AddLayer(result, layer.Type.Span);
            // A layer that a mistake hides may be anything.
            names.AddOutput(result.Output, sources[0] is not { IsInput: false } && result.Spec is null or { IsView: true });
            if (trains && batchSize.IsValid && result.Spec is { } own && batchSize.Value < own.LeastSamples)
                diagnostics.Add(DiagnosticTable.BatchOfOne, layer.Type.Span, own.Type, own.LeastSamples.ToString(CultureInfo.InvariantCulture));
            if (result.Spec is { } spec)
                layers.Add(spec with { Name = names.Of(i), Sources = new EquatableArray<int>([.. sources.Select(static source => source!.Value.Index)]) });
        }

        readers.Report(diagnostics);
        CheckLastLayer(syntax, layers, trains, diagnostics);
        if (classes.IsValid)
            ClassNames.Check(classes, loss, names.Before.Output, diagnostics);
        size.CheckBatch(batchSize, trains);

        return sample is { } accepted && diagnostics.IsEmpty
            ? new NetworkSpec(
                accepted, new EquatableArray<LayerSpec>(layers.ToImmutable()), trains ? loss.Value.Kind : null, batchSize.Value, training, classes.Value, budget)
            : null;
    }

    /// <summary>Adds what training changes of a layer, where the file says it.</summary>
    private static CheckedLayer CheckTrainable(LayerSyntax layer, CheckedLayer known, DiagnosticBag diagnostics)
    {
        if (!layer.Form.Form.Keys.Contains(LayerForm.Trainable))
            return known;

        Setting<TrainableParts> parts = LayerForm.Trainable.Read(layer.Object, diagnostics);
        if (parts is not { IsValid: true, Property: { } given } || known.Spec is not { } spec)
            return known;

        if (parts.Value == TrainableParts.Biases && !spec.Parameters.Any(static tensor => tensor.IsBias))
            diagnostics.Add(DiagnosticTable.NoBiases, given.Value.Span, layer.Type.Value);
        return known with { Spec = spec with { Trainable = parts.Value } };
    }

    /// <summary>Reports a network without parameters, one of which nothing learns, or one that trains and ends in a layer that gives no scores.</summary>
    private static void CheckLastLayer(NetworkSyntax syntax, ImmutableArray<LayerSpec>.Builder layers, bool trains, DiagnosticBag diagnostics)
    {
        if (syntax.Layers.IsEmpty || syntax.Object.Find(NetworkSyntax.LayerList.Name) is not { } list)
            return;

        if (layers.Count == syntax.Layers.Length && layers.All(static layer => layer.Parameters.All(static tensor => tensor.IsGathered)))
        {
            diagnostics.Add(DiagnosticTable.NoParameters, list.NameSpan);
            return;
        }

        bool isReported = layers.Count > 0 && layers[layers.Count - 1] is SoftmaxSpec && !diagnostics.IsEmpty;
        if (trains && layers.Count == syntax.Layers.Length && !layers.Any(static layer => layer.Learns))
            diagnostics.Add(DiagnosticTable.NothingLearns, list.NameSpan);
        if (trains && !isReported && syntax.Layers[syntax.Layers.Length - 1] is { Form.GivesScores: false } last)
            diagnostics.Add(DiagnosticTable.LastLayer, last.Type.Span, last.Type.Value);
    }
}
