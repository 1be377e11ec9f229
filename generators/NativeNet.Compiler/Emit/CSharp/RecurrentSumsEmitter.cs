using NativeNet.Compiler.Emit.CSharp.Dense;
using NativeNet.Compiler.Planning;
using NativeNet.Description;

namespace NativeNet.Compiler.Emit.CSharp;

/// <summary>Writes the sums of products of a recurrent layer as a type that the library's loops over frames are told of.</summary>
internal sealed partial class RecurrentSumsEmitter(SourceWriter writer, RecurrentPlan plan, RecurrentKernels kernels, int block)
{
    private const int FullWidth = Target.UnitPanel;

    private readonly int _gates = plan.Recurrent.Gates, _sums = plan.Recurrent.Sums, _inputs = plan.Recurrent.Inputs, _units = plan.Recurrent.Units;

    /// <summary>Whether the last gate has one sum over x and one over h.</summary>
    private readonly bool _isSplit = plan.Recurrent.Sums > plan.Recurrent.Gates;

    /// <summary>What is written of a tile once, however many calls there are.</summary>
    private readonly Dictionary<string, Action> _methods = [];

    /// <summary>What a sum runs over.</summary>
    private enum Over
    {
        Both,
        Inputs,
        State,
    }

    /// <summary>The name of the type.</summary>
    public static string TypeName(RecurrentPlan plan) => plan.Name + "Sums";

    /// <summary>The type.</summary>
    /// <param name="trains">Whether the network trains; else only what predictions need.</param>
    public void Emit(bool trains)
    {
        writer.Blank();
        writer.Write($"// {plan.Name}, sums of products: {_units} units with {Literal.Count(_gates, "gate")} each over x ({_inputs}) and h ({_units}), weights [panel][k][gate][unit].");
        using (writer.BeginBlock($"internal readonly struct {TypeName(plan)} : IRecurrentSums"))
        {
            EmitOneFrame();
            EmitFrames();
            if (trains && plan.Views.IsOnTheWayBack)
                EmitTraining();

            foreach (Action method in _methods.Values.ToArray())
                method();
        }
    }

    private void EmitTraining()
    {
        EmitGradientOf("ToState", kernels.ToState, Over.State);
        if (plan.Views.InputGradient.Gradient is not null)
            EmitGradientOf("ToInputs", kernels.ToInputs, Over.Inputs);
        if (plan.LearnsWeights)
            EmitWeightGradients();
        if (plan.Learns)
            EmitBiasGradients();
    }

    /// <summary>Elements two by two, the even ones into chain 0, the odd ones into chain 1; few of them without a loop.</summary>
    private void EmitPairs(string values, int valueStride, string weights, int weightStride, int count, Action<int, int> emitStep)
    {
        const int MostUnrolled = 4;
        int whole = count <= MostUnrolled ? 0 : count / 2 * 2;
        if (whole > 0)
        {
            writer.Blank();
            using (writer.BeginBlock($"for (int k = 0; k < {whole}; k += 2)"))
            {
                EmitScoped(0, 0);
                writer.Blank();
                EmitScoped(1, 1);
                writer.Blank();
                writer.Write($"{values} = ref Unsafe.Add(ref {values}, {2 * valueStride});");
                writer.Write($"{weights} = ref Unsafe.Add(ref {weights}, {2 * weightStride});");
            }
        }

        for (int step = 0; step < count - whole; step++)
            EmitScoped(step, step % 2);

        void EmitScoped(int step, int chain)
        {
            using (writer.BeginBlock())
                emitStep(step, chain);
        }
    }

    /// <summary>What is done for a panel: whole panels alike, the last one apart where it is narrower.</summary>
    private void EmitRegions(Action<RecurrentRegion> emit)
    {
        if (kernels.Regions.Count == 1)
        {
            emit(kernels.Regions[0]);
            return;
        }

        using (writer.BeginBlock($"if (panel < {kernels.Regions[1].First})"))
            emit(kernels.Regions[0]);
        using (writer.BeginBlock("else"))
            emit(kernels.Regions[1]);
    }

    /// <summary>The references to a panel's weights and biases.</summary>
    private void EmitPlaces(RecurrentRegion region)
    {
        int row = _gates * FullWidth;
        Place("w", "weight_ih", row * _inputs);
        Place("u", "weight_hh", row * _units);
        Place("bias", "bias", row);
        if (_isSplit)
            Place("hiddenBias", "bias_n", FullWidth);

        void Place(string name, string tensor, int stride)
        {
            int offset = plan.Tensor(tensor).Offset;
            writer.Write($"ref float {name} = ref {InPanel("parameters", offset, region.Count == 1 ? Number(region.First) : "panel", stride)};");
        }
    }

    private static string Moved(string reference, int offset) => TileWriter.Element(reference, offset);

    private static string Number(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
