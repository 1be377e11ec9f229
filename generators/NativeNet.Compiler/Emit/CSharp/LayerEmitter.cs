using NativeNet.Description;
using NativeNet.Compiler.Emit.CSharp.Conv;
using NativeNet.Compiler.Emit.CSharp.Dense;
using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp;

/// <summary>Writes the code of one layer at one vector width: calls where the passes need it, and the methods they call.</summary>
/// <remarks>
/// References are C# expressions without the keyword <c>ref</c>. A layer that reads rows is called for all the rows of a
/// pass, one that reads blocks for each block, of <c>count</c> samples.
/// </remarks>
internal abstract class LayerEmitter
{
    /// <summary>One sample, from its inputs to its outputs.</summary>
    /// <param name="inputs">The reference to each source's values.</param>
    /// <param name="scratch">The reference to the room that the layer asks for; that of the outputs where it asks for none.</param>
    /// <param name="output">The reference to the outputs.</param>
    public abstract void EmitSingle(IReadOnlyList<string> inputs, string scratch, string output);

    /// <summary>A stretch of a signal that goes on, for layers that keep something of earlier frames.</summary>
    /// <param name="inputs">The reference to each source's values.</param>
    /// <param name="scratch">The reference to the room that the layer asks for; that of the outputs where it asks for none.</param>
    /// <param name="output">The reference to the outputs.</param>
    /// <param name="stream">The reference to what is kept, which is brought up to date.</param>
    public virtual void EmitProcess(IReadOnlyList<string> inputs, string scratch, string output, string stream)
        => throw new NotSupportedException("The layer keeps nothing in a stream.");

    /// <summary>The methods that such a stretch needs, whether anything is kept or not.</summary>
    public virtual void EmitProcessMethods() => EmitMethods(trains: false);

    /// <summary>The samples of a pass or of a block.</summary>
    /// <param name="inputs">The reference to each source's values.</param>
    /// <param name="sums">The reference to where sums are kept, or to the room that the layer asks for; that of the outputs where it needs neither.</param>
    /// <param name="output">The reference to the outputs.</param>
    /// <param name="parameters">The reference to the parameters.</param>
    /// <param name="count">The number of samples.</param>
    public abstract void EmitForward(IReadOnlyList<string> inputs, string sums, string output, string parameters, string count);

    /// <summary>The same in training, which some layers do otherwise; blocks begin at the sample <c>block</c>.</summary>
    /// <param name="inputs">The reference to each source's values.</param>
    /// <param name="sums">The reference to where sums, or the layer's history, are kept.</param>
    /// <param name="output">The reference to the outputs.</param>
    /// <param name="parameters">The reference to the parameters.</param>
    /// <param name="count">The number of samples.</param>
    public virtual void EmitTrainingForward(IReadOnlyList<string> inputs, string sums, string output, string parameters, string count)
        => EmitForward(inputs, sums, output, parameters, count);

    /// <summary>A share of the sums over the whole batch that a layer's rows wait for.</summary>
    /// <param name="reference">The reference to a value of the whole batch.</param>
    /// <param name="isBackward">Whether those on the way back.</param>
    public virtual void EmitStatistics(Func<View, string> reference, bool isBackward)
        => throw new NotSupportedException("The layer waits for nothing.");

    /// <summary>A block's gradient: from the outputs to the sums, and on to what the layer reads.</summary>
    /// <param name="reference">The reference to a value's present block.</param>
    public abstract void EmitBackward(Func<View, string> reference);

    /// <summary>A share of the update of its parameters, after every block's gradient is known.</summary>
    /// <param name="reference">The reference to a value of the whole batch.</param>
    public abstract void EmitUpdate(Func<View, string> reference);

    /// <summary>The methods of all those calls.</summary>
    /// <param name="trains">Whether the network trains; else only those of predictions.</param>
    public abstract void EmitMethods(bool trains);

    /// <summary>The reference to a layer's first parameter, or to the state of its update, by which its methods are called.</summary>
    /// <param name="plan">The layer.</param>
    /// <param name="first">The reference to those of all layers.</param>
    protected static string Own(LayerPlan plan, string first) => TileWriter.Element(first, plan.FirstParameter);
}
