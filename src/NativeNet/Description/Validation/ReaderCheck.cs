using System.Collections.Immutable;
using NativeNet.Description.Layers;
using NativeNet.Description.Syntax;

namespace NativeNet.Description.Validation;

/// <summary>Finds layers whose outputs no other layer reads; only the last one's are the network's.</summary>
/// <param name="layers">All layers; null stands for one whose type cannot be told.</param>
internal sealed class ReaderCheck(ImmutableArray<LayerSyntax?> layers)
{
    private readonly bool[] _isRead = new bool[layers.Length];

    /// <summary>Whether no mistake hides what a layer reads.</summary>
    private bool _isComplete = true;

    /// <summary>Notes what a layer reads.</summary>
    /// <param name="sources">Its sources; null stands for one that a mistake hides.</param>
    public void Add(ImmutableArray<LayerSource?> sources)
    {
        foreach (LayerSource? source in sources)
        {
            if (source is not { } known)
                _isComplete = false;
            else if (known.Index >= 0)
                _isRead[known.Index] = true;
        }
    }

    /// <summary>Reports the layers that nobody reads, at their types.</summary>
    /// <param name="diagnostics">Receives the mistakes.</param>
    public void Report(DiagnosticBag diagnostics)
    {
        for (int i = 0; _isComplete && i < layers.Length - 1; i++)
        {
            if (!_isRead[i] && layers[i] is { } layer)
                diagnostics.Add(DiagnosticTable.UnreadLayer, layer.Type.Span, layer.Type.Value);
        }
    }
}
