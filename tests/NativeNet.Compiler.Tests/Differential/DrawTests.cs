using NativeNet.Compiler.Planning;
using NativeNet.Description;
using NativeNet.Description.Layers;

namespace NativeNet.Compiler.Tests.Differential;

/// <summary>The networks that are drawn leave nothing out.</summary>
public sealed class DrawTests
{
    private static readonly NetworkSpec[] Specs = [.. Enumerable.Range(0, 700).Select(static seed => NetworkSpec.Parse(NetworkDraw.Create(seed)))];

    private static readonly LayerSpec[] Layers = [.. Specs.SelectMany(static spec => spec.Layers)];

    [Fact]
    public void Networks_have_every_type_of_layer()
        // A depthwise convolution is one of many groups.
        => Assert.Equal(
            LayerTable.Forms.Words.Where(static word => word != "depthwiseConv2d").Order(StringComparer.Ordinal),
            Layers.Select(static layer => layer.Type).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Networks_have_every_activation_in_every_layer_that_has_one()
        => Assert.All(
            Layers.OfType<IActivatedLayer>().GroupBy(static layer => layer.GetType()),
            static layers => Assert.Equal(Enum.GetValues<ActivationKind>().Order(), layers.Select(static layer => layer.Activation.Kind).Distinct().Order()));

    [Fact]
    public void Networks_have_frozen_layers_and_biases_alone_of_every_type_that_has_tensors()
    {
        Assert.All(
            Layers.Where(static layer => layer.Parameters.Count > 0).GroupBy(static layer => layer.GetType()),
            static layers => Assert.Equal(
                layers.Any(static layer => layer.Parameters.Any(static tensor => tensor.IsBias)) ? [TrainableParts.All, TrainableParts.Biases, TrainableParts.None] : [TrainableParts.All, TrainableParts.None],
                layers.Select(static layer => layer.Trainable).Distinct().Order()));
        Assert.True(Specs.Count(static spec => !spec.FindLearning()[0] && spec.Layers[0].Parameters.Count > 0) > 20);
    }

    [Fact]
    public void Networks_have_every_loss()
        => Assert.Equal(Enum.GetValues<LossKind>().Order(), Specs.Select(static spec => spec.Loss!.Value).Distinct().Order());

    [Fact]
    public void Networks_score_samples_frames_and_positions_of_images_and_take_signals_frame_by_frame()
    {
        Assert.All((int[])[1, 2, 3], static rank => Assert.Contains(Specs, spec => spec.Output.Rank == rank && spec.Loss == LossKind.SoftmaxCrossEntropy));
        NetworkSpec[] causal = [.. Specs.Where(static spec => spec.NotCausal is null)];
        Assert.True(causal.Length > 20);
        Assert.Equal([1, 2], causal.Select(static spec => spec.Output.Rank).Distinct().Order());
        foreach (IGrouping<string, RecurrentSpec> layers in causal.SelectMany(static spec => spec.Layers).OfType<RecurrentSpec>().GroupBy(static layer => layer.Type))
            Assert.Equal([false, true], layers.Select(static layer => layer.ReturnSequences).Distinct().Order());
        Assert.Superset(
            new HashSet<string> { "gru", "lstm", "rnn", "softmax", "normalization", "scale" }, causal.SelectMany(static spec => spec.Layers).Select(static layer => layer.Type).ToHashSet());
        WindowAxis[] windows = [.. causal.SelectMany(static spec => spec.Layers).OfType<ConvSpec>().Select(static conv => conv.Window.Horizontal)];
        Assert.Contains(windows, static axis => axis is { Kernel: > 1, Dilation: > 1 and < 10 });
        Assert.Contains(windows, static axis => axis is { Kernel: > 1, Dilation: 65536 });
        Assert.Contains(causal.SelectMany(static spec => spec.Layers).OfType<ConvSpec>(), static conv => conv is { Groups: > 1, Window.Horizontal.Kernel: > 1 });
    }

    [Fact]
    public void Networks_have_convolutions_whose_weight_gradients_are_packed_with_one_tap_and_with_more()
    {
        ConvPlan[] packed = [.. Specs
            .SelectMany(static spec => Planner.Create(spec, Target.Simd).Layers)
            .OfType<ConvPlan>()
            .Where(static plan => plan is { PacksChannels: true, LearnsWeights: true })];
        Assert.InRange(packed.Count(static plan => plan.Runs == 1), 4, packed.Length);
        Assert.InRange(packed.Count(static plan => plan.Runs > 1), 4, packed.Length);
        Assert.Contains(packed, static plan => plan is { HasWholeRows: true, IsInside: true, Runs: > 1 });
    }

    [Fact]
    public void Networks_have_layers_of_one_shape_that_all_learn()
        => Assert.All((Type[])[typeof(DensePlan), typeof(ConvPlan), typeof(RecurrentPlan)], static type => Assert.InRange(
            Specs.Count(spec => Planner.Create(spec, Target.Simd).Layers
                .Where(layer => layer.GetType() == type && layer.LearnsWeights)
                .GroupBy(static layer => (layer.Spec.Input, layer.Spec.Output, layer.Spec.MultiplyAdds, (layer.Spec as IActivatedLayer)?.Activation))
                .Any(static same => same.Count() > 1)),
            4, Specs.Length));

    [Fact]
    public void Batches_have_one_sample_to_forty()
    {
        Assert.Equal((1, 40), (Specs.Min(static spec => spec.BatchSize), Specs.Max(static spec => spec.BatchSize)));
        Assert.True(Specs.Count(static spec => spec.BatchSize > 32) > 20);
    }

    [Fact]
    public void Layers_read_and_are_read_in_every_way()
    {
        foreach (string type in (string[])["add", "multiply", "concat"])
        {
            LayerSpec[] joins = [.. Layers.Where(layer => layer.Type == type)];
            Assert.Contains(joins, static layer => layer.Sources.Count == 2);
            Assert.Contains(joins, static layer => layer.Sources.Count > 2);
            Assert.Contains(joins, static layer => layer.Sources.Distinct().Count() < layer.Sources.Count);
            Assert.Contains(joins, static layer => layer.Sources.Contains(-1));
        }

        Assert.Contains(Layers, static layer => layer.Sources.Count == 1 && layer.Sources[0] < layer.Index - 1);
        Assert.Contains(Specs, static spec => spec.Layers.SelectMany(static layer => layer.Sources).GroupBy(static source => source).Any(static readers => readers.Count() > 2 && readers.Key >= 0));
    }

    [Fact]
    public void Recurrent_layers_put_out_the_last_state_and_all()
    {
        foreach (IGrouping<string, RecurrentSpec> layers in Layers.OfType<RecurrentSpec>().GroupBy(static layer => layer.Type))
        {
            Assert.Contains(layers, static layer => layer.ReturnSequences && layer.Steps > 1);
            Assert.Contains(layers, static layer => !layer.ReturnSequences && layer.Steps > 1);
        }

        Assert.Contains(Layers.OfType<RecurrentSpec>(), static layer => layer.Units > 16);
    }

    [Fact]
    public void Transposed_convolutions_have_every_option()
    {
        ConvTransposeSpec[] layers = [.. Layers.OfType<ConvTransposeSpec>()];
        WindowAxis[] axes = [.. layers.SelectMany(static layer => (WindowAxis[])[layer.Window.Vertical, layer.Window.Horizontal])];
        Assert.Contains(layers, static layer => !layer.HasBias);
        Assert.Contains(axes, static axis => axis.Stride > axis.Reach);
        Assert.Contains(axes, static axis => axis is { Stride: > 1, Dilation: > 1, Before: > 0, Kernel: > 1 });
        Assert.Contains(axes, static axis => axis is { Stride: 1, Dilation: 1, Kernel: > 2 });
        Assert.Contains(axes, static axis => axis.Position(axis.Output - 1, axis.Kernel - 1) >= axis.Input);
        Assert.Contains(axes, static axis => axis.Position(axis.Output - 1, axis.Kernel - 1) < axis.Input - 1);
    }

    [Fact]
    public void Windows_have_every_option()
    {
        ConvSpec[] convolutions = [.. Layers.OfType<ConvSpec>()];
        Assert.Contains(convolutions, static conv => conv.Groups > 1 && conv.GroupChannels > 1);
        Assert.Contains(convolutions, static conv => conv.Groups > 1 && conv.GroupChannels == 1 && conv.GroupFilters > 1);
        Assert.Contains(convolutions, static conv => conv.Groups == 1 && conv.GroupChannels > 1);
        Assert.Contains(convolutions, static conv => !conv.HasBias);
        Assert.Contains(Layers.OfType<DenseSpec>(), static dense => !dense.HasBias);
        Assert.Contains(Layers.OfType<PoolSpec>(), static pool => pool.CountsPadding && !(pool.Window.Vertical.IsInside && pool.Window.Horizontal.IsInside));
        Assert.Contains(convolutions, static conv => conv.Type == "conv1d" && conv.Window.Horizontal.Before > 0);

        Window2D[] windows = [.. convolutions.Select(static conv => conv.Window), .. Layers.OfType<PoolSpec>().Select(static pool => pool.Window)];
        foreach (WindowAxis[] axes in new[] { windows.Select(static window => window.Vertical).ToArray(), windows.Select(static window => window.Horizontal).ToArray() })
        {
            Assert.Contains(axes, static axis => axis.Before > 0 && axis.Stride == 1);
            Assert.Contains(axes, static axis => axis.Before > 0 && axis.Stride > 1);
            Assert.Contains(axes, static axis => axis.Before == 0 && axis.Stride > 1 && axis.Kernel > 1);
            Assert.Contains(axes, static axis => axis.Stride > axis.Kernel);
            Assert.Contains(axes, static axis => axis.Dilation > 1 && axis.Before > 0);
            Assert.Contains(axes, static axis => axis.Kernel > axis.Input);
        }
    }
}
