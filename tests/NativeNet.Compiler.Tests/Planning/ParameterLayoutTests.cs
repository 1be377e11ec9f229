using NativeNet.Compiler.Planning;
using NativeNet.Description;
using NativeNet.Generators.Tests.Pipeline;
using NativeNet.Storage;
using NativeNet.Tensors;

namespace NativeNet.Compiler.Tests.Planning;

/// <summary>What must be true of the parameters of every network on every target.</summary>
public sealed class ParameterLayoutTests
{
    private static readonly NetworkSpec[] Networks =
    [
        .. Enumerable.Range(0, 300).Select(static seed => NetworkSpec.Parse(RandomNetworks.Create(seed))).Where(static spec => spec.ParameterCount < 1 << 18),
    ];

    [Fact]
    public void Scalars_lie_without_padding_or_gaps()
    {
        foreach (NetworkSpec spec in Networks)
        {
            TensorTable table = ParameterLayout.Create(spec, Target.Scalar).Table;
            Assert.Equal(spec.ParameterCount, table.ParameterCount);
            Assert.Equal(table.ParameterCount, table.Length);
            Assert.Equal(table.Slots.Where(static slot => slot.IsTrained).Sum(static slot => slot.Count), table.TrainedLength);
            Assert.All(table.Slots, static slot => Assert.Equal(slot.Count, slot.Matrix.Length));
        }
    }

    [Fact]
    public void Vectors_read_tensors_from_lines_and_the_products_of_a_window_from_one_panel()
    {
        foreach (NetworkSpec spec in Networks)
        {
            foreach (TensorSlot slot in ParameterLayout.Create(spec, Target.Simd).Table.Slots)
            {
                Assert.Equal(0, slot.Offset % 16);
                Assert.Equal(0, slot.PanelWidth % 16);
                if (slot.Shape.Count > 2)
                    Assert.Equal(1, slot.Matrix.PanelCount);
                else
                    Assert.Equal(32, slot.PanelWidth);
            }
        }
    }

    [Fact]
    public void Tensors_stand_in_the_order_of_files_and_in_places_of_their_own()
    {
        Assert.True(Networks.Length > 200);
        foreach (NetworkSpec spec in Networks)
        {
            foreach (Target target in (Target[])[Target.Simd, Target.Scalar])
            {
                TensorTable table = ParameterLayout.Create(spec, target).Table;
                Assert.Equal(
                    spec.Layers.SelectMany(static layer => layer.Parameters.Select(tensor => (TensorSlot.NameOf(layer.Index, tensor.Name), tensor.Dimensions))),
                    table.Slots.Select(static slot => (slot.Name, slot.Shape)));
                Assert.All(table.Slots, slot => Assert.Equal(!slot.IsTrained, slot.Offset >= table.TrainedLength));

                float[] rowMajor = [.. Enumerable.Range(1, table.ParameterCount).Select(static i => (float)i)], back = new float[rowMajor.Length];
                float[] packed = new float[table.Length];
                ParameterPacking.Pack(table, rowMajor, packed);
                ParameterPacking.Unpack(table, packed, back);
                Assert.Equal(rowMajor, back);
            }
        }
    }

    [Fact]
    public void A_buffer_that_an_int_cannot_count_is_refused()
    {
        // (1, 2²⁹) weights: as they are they fit, padded to four columns they do not.
        var layer = new DenseSpec(
            0, Shape.Of(1 << 29), Shape.Of(1), new ActivationSpec(ActivationKind.None, 0), new InitializerSpec(InitializerKind.HeNormal, 1));
        var spec = new NetworkSpec(layer.Input, new EquatableArray<LayerSpec>([layer]), LossKind.MeanSquaredError, BatchSize: 1);

        Assert.Equal((1 << 29) + 1, ParameterLayout.Create(spec, Target.Scalar).Length);
        Assert.Throws<OverflowException>(() => ParameterLayout.Create(spec, Target.Simd));
    }
}
