using NativeNet.Compiler.Planning;
using NativeNet.Description;
using NativeNet.Generators.Tests.Pipeline;
using NativeNet.Numerics;
using NativeNet.Tensors;

using Buffer = NativeNet.Compiler.Planning.Buffer;

namespace NativeNet.Compiler.Tests.Planning;

/// <summary>What must be true of every plan, held against many networks without a look at any text.</summary>
public sealed class PlannerTests
{
    private static readonly Program[] Plans =
        [.. Enumerable.Range(0, 300).Select(static seed => Planner.Create(NetworkParser.Parse(RandomNetworks.Create(seed)).Spec!, Target.Simd))];

    private static readonly DensePlan[] Layers = [.. Plans.SelectMany(static plan => plan.Layers.OfType<DensePlan>())];

    [Fact]
    public void Buffers_lie_inside_their_workspace_on_lines_of_a_cache()
    {
        foreach (Workspace workspace in Plans.Select(static plan => plan.TrainStep.Workspace))
        {
            foreach (Buffer buffer in workspace.Buffers)
            {
                Assert.Equal(0, buffer.Offset % Target.Simd.Alignment);
                Assert.True(buffer.Length > 0, $"{buffer.Name} is empty.");
                Assert.True(buffer.Offset + buffer.Length <= workspace.Length, $"The workspace ends before {buffer.Name}.");
            }

            Assert.Equal(workspace.Buffers.Count, workspace.Buffers.Select(static buffer => buffer.Name).Distinct().Count());
        }
    }

    [Fact]
    public void Every_layer_has_room_for_a_full_batch()
    {
        foreach (Program plan in Plans)
        {
            foreach (DensePlan layer in plan.Layers.OfType<DensePlan>())
            {
                Assert.True(Length(plan, layer.Views.Output.Buffer) >= plan.Spec.BatchSize * layer.OutputStride);
                Assert.True(Length(plan, layer.Gradient.Buffer) >= plan.Spec.BatchSize * layer.OutputStride);
                Assert.True(Length(plan, layer.Views.Incoming.Buffer) >= layer.Weights.Matrix.PaddedColumns * plan.Spec.BatchSize);
            }
        }
    }

    [Fact]
    public void The_scratch_of_a_thread_holds_sixteen_sums_for_the_loss_and_every_tile_of_gradients()
        => Assert.All(Plans, static plan =>
        {
            Assert.True(plan.ScratchLength >= 16 * 16, $"{plan.ScratchLength} floats");
            foreach (DensePlan layer in plan.Layers.OfType<DensePlan>())
                Assert.All(layer.Kernels, kernels => Assert.All(kernels.WeightGradient, part => Assert.True(plan.ScratchLength >= part.ScratchLength)));
        });

    [Fact]
    public void Blocks_are_whole_vectors_of_samples_and_end_where_threads_may_cut()
        => Assert.All(Plans, static plan =>
        {
            Assert.Contains(plan.BlockSize, (int[])[4, 8, 16, 32]);
            Assert.True(plan.BlockSize >= 16 || plan.BlockSize >= plan.Spec.BatchSize);
            Assert.Equal(0, plan.BlockSize % plan.PartSize);
            Assert.All(plan.Layers.OfType<DensePlan>(), layer => Assert.All(layer.Kernels, kernels => Assert.InRange(kernels.InputGradient[^1].Width, 4, plan.PartSize)));
        });

    [Fact]
    public void Forward_steps_go_from_most_rows_to_fewest_and_leave_single_rows()
    {
        foreach (DenseKernels kernels in Layers.SelectMany(static layer => layer.Kernels))
        {
            int[] rows = [.. kernels.Forward.Select(static step => step.Rows)];

            Assert.Equal(rows.OrderByDescending(static r => r).Distinct(), rows);
            Assert.All(rows, static r => Assert.True(r > 1));
            Assert.All(kernels.Forward, static step => Assert.All(step.Tiles, part => Assert.Equal(step.Rows, part.Tile.Rows)));
        }
    }

    [Fact]
    public void Strides_hold_the_padded_row_and_are_never_two_kilobytes()
        => Assert.All(Layers, static layer =>
        {
            Assert.InRange(layer.OutputStride, layer.Weights.Matrix.PaddedColumns, layer.Weights.Matrix.PaddedColumns + 16);
            Assert.Equal(0, layer.OutputStride % 4);
            Assert.NotEqual(0, layer.OutputStride % 512);
        });

    [Fact]
    public void Chains_of_forward_sums_are_those_of_the_contract()
        => Assert.All(Layers, static layer => Assert.Equal(AccumulationOrder.Chains(layer.Dense.Inputs, layer.Dense.Units), layer.Chains));

    [Fact]
    public void Regions_cover_every_column_once()
    {
        for (int columns = 1; columns <= 200; columns++)
        {
            var matrix = new PanelMatrix(3, columns, Target.DensePanel);
            int covered = 0, padded = 0;
            foreach (ColumnRegion region in ColumnRegion.Of(matrix))
            {
                Assert.Equal(padded, region.FirstColumn);
                covered += region.PanelCount * region.Columns;
                padded += region.PanelCount * region.PanelWidth;
            }

            Assert.Equal(columns, covered);
            Assert.Equal(matrix.PaddedColumns, padded);
        }
    }

    private static int Length(Program plan, string buffer) => plan.TrainStep.Workspace.Buffers.Single(other => other.Name == buffer).Length;
}
