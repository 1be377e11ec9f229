using System.Globalization;
using NativeNet.Data;
using NativeNet.Description;
using NativeNet.Tests.Shared;

namespace NativeNet.Tests.Data;

public sealed class DataSetTests
{
    private static readonly DataSet Bytes = DataSet.FromBytes(Shape.Of(1, 2, 1), [1, 2, 3, 4, 5, 6], 0.5f, [0, 2, 1], 3);
    private static readonly DataSet Floats = DataSet.FromFloats(Shape.Of(2), [1, 2, 3, 4, 5, 6], [0, 2, 1], 3);

    [Fact]
    public void A_batch_is_gathered_in_the_order_of_its_indices()
    {
        float[] inputs = new float[8];
        int[] labels = new int[4];
        Bytes.CopyInputs([2, 0, 0, 1], inputs);
        Bytes.CopyLabels([2, 0, 0, 1], labels);
        Assert.Equal([2.5f, 3f, 0.5f, 1f, 0.5f, 1f, 1.5f, 2f], inputs);
        Assert.Equal([1, 0, 0, 2], labels);

        Floats.CopyInputs([1, 2], inputs.AsSpan(0, 4));
        Assert.Equal([3f, 4f, 5f, 6f], inputs[..4]);
    }

    [Fact]
    public void Lengths_and_indices_are_checked()
    {
        Assert.Throws<ArgumentException>(static () => Bytes.CopyInputs([0], new float[1]));
        Assert.Throws<ArgumentException>(static () => Bytes.CopyInputs([3], new float[2]));
        Assert.Throws<ArgumentException>(static () => Floats.CopyInputs([-1], new float[2]));
        Assert.Throws<ArgumentException>(static () => Bytes.CopyLabels([0, 1], new int[1]));
        Assert.Throws<ArgumentException>(static () => Bytes.CopyLabels([3], new int[1]));
    }

    [Fact]
    public void Contents_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(static () => DataSet.FromBytes(Shape.Of(2), [1, 2, 3], 1f, [0], 1));
        Assert.Throws<ArgumentException>(static () => DataSet.FromBytes(Shape.Of(2), [1, 2], 0f, [0], 1));
        Assert.Throws<ArgumentException>(static () => DataSet.FromBytes(Shape.Of(2), [1, 2], float.NaN, [0], 1));
        Assert.Throws<ArgumentException>(static () => DataSet.FromFloats(Shape.Of(2), [1, 2], [1], 1));
        Assert.Throws<ArgumentException>(static () => DataSet.FromFloats(Shape.Of(2), [1, 2], [-1], 1));
        Assert.Throws<ArgumentException>(static () => DataSet.FromFloats(Shape.Of(2), [1, 2], [0], 0));
        Assert.Throws<ArgumentException>(static () => DataSet.FromFloats(Shape.Of(2), [], [], 1));
        Assert.Throws<ArgumentException>(static () => DataSet.FromFloats(Shape.Of(2), default, [0], 1));
    }

    [Fact]
    public void Gathering_allocates_nothing()
    {
        int[] indices = [0, 1, 2];
        float[] inputs = new float[6];
        int[] labels = new int[3];
        Assert.Equal(0, Allocations.Of(() =>
        {
            Bytes.CopyInputs(indices, inputs);
            Floats.CopyInputs(indices, inputs);
            Bytes.CopyLabels(indices, labels);
        }));
        Assert.NotEqual(0, Allocations.Of(() => inputs = new float[6]));
    }

    [Fact]
    public void The_fingerprint_changes_with_everything_that_training_sees()
    {
        string[] fingerprints =
        [
            Bytes.ComputeFingerprint(),
            DataSet.FromBytes(Shape.Of(2), [1, 2, 3, 4, 5, 6], 0.5f, [0, 2, 1], 3).ComputeFingerprint(),
            DataSet.FromBytes(Shape.Of(1, 2, 1), [1, 2, 3, 4, 5, 7], 0.5f, [0, 2, 1], 3).ComputeFingerprint(),
            DataSet.FromBytes(Shape.Of(1, 2, 1), [1, 2, 3, 4, 5, 6], 0.25f, [0, 2, 1], 3).ComputeFingerprint(),
            DataSet.FromBytes(Shape.Of(1, 2, 1), [1, 2, 3, 4, 5, 6], 0.5f, [0, 2, 2], 3).ComputeFingerprint(),
            DataSet.FromBytes(Shape.Of(1, 2, 1), [1, 2, 3, 4, 5, 6], 0.5f, [0, 2, 1], 4).ComputeFingerprint(),
            Floats.ComputeFingerprint(),
        ];
        Assert.Distinct(fingerprints);
        Assert.All(fingerprints, static fingerprint => Assert.Equal(16, fingerprint.Length));
        Assert.Equal(fingerprints[0], Bytes.Select([0, 1, 2]).ComputeFingerprint());
    }

    [Theory]
    [InlineData("784", true)]
    [InlineData("28×28×1", true)]
    [InlineData("28×28", true)]
    [InlineData("16×49×1", false)]
    [InlineData("28×14×2", false)]
    [InlineData("783", false)]
    public void Samples_fit_a_shape_of_the_same_dimensions_or_a_vector(string input, bool fits)
    {
        int[] sizes = [.. input.Split('×').Select(static size => int.Parse(size, CultureInfo.InvariantCulture))];
        DataSet images = DataSet.FromBytes(Shape.Of(28, 28, 1), [.. new byte[784]], 1f, [0], 1);
        Assert.Equal(fits, images.Fits(Shape.Of(sizes), Shape.Of(sizes).Length));
        Assert.True(DataSet.FromBytes(Shape.Of(784), [.. new byte[784]], 1f, [0], 1).Fits(Shape.Of(28, 28, 1), 784));
    }

    [Fact]
    public void Classes_are_those_of_the_labels()
        => Assert.Equal([0, 2, 5], DataSet.FromFloats(Shape.Of(1), [.. new float[4]], [5, 0, 2, 5], 9).FindClasses());

    [Fact]
    public void A_share_of_every_class_is_held_out()
    {
        int[] labels = [.. Enumerable.Range(0, 50).Select(static i => i % 10 == 0 ? 1 : i == 7 ? 2 : 0)];
        DataSet all = DataSet.FromFloats(Shape.Of(1), [.. Enumerable.Range(0, 50).Select(static i => (float)i)], [.. labels], 3);

        TrainTest parts = TrainTest.Stratified(all, 0.2, seed: 5);
        Assert.Equal([9, 1, 0], Enumerable.Range(0, 3).Select(label => parts.Test.Labels.ToArray().Count(l => l == label)));
        Assert.Equal([35, 4, 1], Enumerable.Range(0, 3).Select(label => parts.Train.Labels.ToArray().Count(l => l == label)));
        Assert.Equal(parts.Test.ComputeFingerprint(), TrainTest.Stratified(all, 0.2, seed: 5).Test.ComputeFingerprint());
        Assert.NotEqual(parts.Test.ComputeFingerprint(), TrainTest.Stratified(all, 0.2, seed: 6).Test.ComputeFingerprint());

        Assert.Throws<ArgumentOutOfRangeException>(() => TrainTest.Stratified(all, 1, seed: 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => TrainTest.Stratified(all.Select([7]), 0.5, seed: 5));
    }

    [Fact]
    public void The_last_of_every_three_is_held_out()
    {
        DataSet all = DataSet.FromFloats(Shape.Of(1), [.. Enumerable.Range(0, 8).Select(static i => (float)i)], [0, 1, 2, 3, 4, 5, 6, 7], 8);
        var parts = TrainTest.HoldOutEvery(all, 3);
        Assert.Equal([0, 1, 3, 4, 6, 7], parts.Train.Labels);
        Assert.Equal([2, 5], parts.Test.Labels);

        float[] inputs = new float[2];
        parts.Test.CopyInputs([0, 1], inputs);
        Assert.Equal([2f, 5f], inputs);
        Assert.Throws<ArgumentOutOfRangeException>(() => TrainTest.HoldOutEvery(all, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => TrainTest.HoldOutEvery(all, 9));
    }

    [Fact]
    public void Values_to_learn_are_gathered_and_identified()
    {
        DataSet data = DataSet.FromBytes(Shape.Of(2), [1, 2, 3, 4, 5, 6], 0.5f, [0.1f, 1f, 0.2f, 2f, 0.3f, 3f]);
        Assert.Equal((3, 2, 0), (data.Count, data.TargetLength, data.ClassCount));
        float[] targets = new float[4];
        data.CopyTargets([2, 0], targets);
        Assert.Equal([0.3f, 3f, 0.1f, 1f], targets);
        Assert.Empty(data.FindClasses());
        Assert.Throws<ArgumentException>(() => data.CopyLabels([0], new int[2]));
        Assert.Throws<ArgumentException>(static () => Bytes.CopyTargets([0], new float[1]));
        Assert.Throws<ArgumentException>(static () => DataSet.FromFloats(Shape.Of(2), [1, 2], [float.NaN]));

        DataSet swapped = data.Select([2, 1, 0]).Select([2, 1]);
        swapped.CopyTargets([0, 1], targets);
        Assert.Equal([0.1f, 1f, 0.2f, 2f], targets);
        Assert.Equal(data.Select([0, 1]).ComputeFingerprint(), swapped.ComputeFingerprint());
        Assert.Distinct([
            data.ComputeFingerprint(), swapped.ComputeFingerprint(), data.WithInputsAsTargets().ComputeFingerprint(),
            DataSet.FromBytes(Shape.Of(2), [1, 2, 3, 4, 5, 6], 0.5f, [0.1f, 1f, 0.2f, 2f, 0.3f, 4f]).ComputeFingerprint()]);
    }

    [Fact]
    public void Inputs_can_be_the_targets()
    {
        DataSet data = Bytes.WithInputsAsTargets().Select([2, 0]);
        Assert.True(data.IsAutoencoding);
        float[] targets = new float[4];
        data.CopyTargets([0, 1], targets);
        Assert.Equal([2.5f, 3f, 0.5f, 1f], targets);
    }

    [Fact]
    public void Parts_to_be_classified_have_labels_each()
    {
        DataSet data = DataSet.FromFloats(Shape.Of(2, 1), [1, 2, 3, 4], [0, 1, 1, 2], 3);
        Assert.Equal((2, 2), (data.Count, data.TargetLength));
        int[] labels = new int[2];
        data.CopyLabels([1], labels);
        Assert.Equal([1, 2], labels);
    }

    [Fact]
    public void A_signal_is_cut_into_signals_and_the_rest_left_out()
    {
        float[] values = [.. Enumerable.Range(0, 14).Select(static i => i - 0.5f)];
        DataSet frames = DataSet.FromFloats(Shape.Of(2), [.. values], [0, 1, 2, 0, 1, 2, 0], 3);
        foreach (DataSet source in (DataSet[])[frames, frames.Select([0, 1, 2, 3, 4, 5, 6])])
        {
            DataSet signals = source.ToSignals(3);
            Assert.Equal((2, Shape.Of(3, 2), 3, 3), (signals.Count, signals.InputShape, signals.TargetLength, signals.ClassCount));
            Assert.Equal(values[..12], AllInputs.Of(signals));
            Assert.Equal([0, 1, 2, 0, 1, 2], signals.Labels);
            Assert.Equal([2, 2], source.ToSignals(3, everyFrame: false).Labels);
        }

        DataSet valued = DataSet.FromBytes(Shape.Of(1), [1, 2, 3, 4, 5], 0.5f, [1f, -1f, 2f, -2f, 3f, -3f, 4f, -4f, 5f, -5f]).ToSignals(2);
        float[] targets = new float[8];
        valued.CopyTargets([0, 1], targets);
        Assert.Equal([1f, -1f, 2f, -2f, 3f, -3f, 4f, -4f], targets);
        Assert.Equal([0.5f, 1f, 1.5f, 2f], AllInputs.Of(valued));
        Assert.Equal((3, 4), (frames.WithInputsAsTargets().ToSignals(2).Count, frames.WithInputsAsTargets().ToSignals(2).TargetLength));
        Assert.Throws<ArgumentOutOfRangeException>(() => frames.ToSignals(8));
        Assert.Throws<ArgumentOutOfRangeException>(() => frames.ToSignals(0));
    }

    /// <summary>A sample of several classes is of none: a share of each would be one of the class that stands first.</summary>
    [Fact]
    public void A_share_of_samples_with_several_labels_is_one_of_all()
    {
        DataSet all = DataSet.FromFloats(Shape.Of(1), [.. Enumerable.Range(0, 10).Select(static i => (float)i)], [.. Enumerable.Range(0, 20).Select(static i => i / 2)], 10);
        Assert.Equal((8, 2), (TrainTest.Stratified(all, 0.2, seed: 5).Train.Count, TrainTest.Stratified(all, 0.2, seed: 5).Test.Count));
    }
}
