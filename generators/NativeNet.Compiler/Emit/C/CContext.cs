using NativeNet.Compiler.Emit.C.Library;
using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.C;

/// <summary>What everything that writes a network's C file shares.</summary>
/// <param name="export">What is written.</param>
internal sealed class CContext(CExport export)
{
    /// <summary>What is written.</summary>
    public CExport Export => export;

    /// <summary>The network's program.</summary>
    public Program Program => export.Program;

    /// <summary>The network's functions; those of the library come before them.</summary>
    public SourceWriter Writer { get; private set; } = new(hasBracesBehind: true);

    /// <summary>The functions of the numeric contract that are called.</summary>
    public SnippetLibrary Library { get; } = new();

    /// <summary>How parameters follow their gradients; null where they stay.</summary>
    public RuleEmitter? Rule { get; init; }

    /// <summary>The type of all parameters; of those that training changes where others are frozen.</summary>
    public string ParametersType => export.Prefix + "_parameters";

    /// <summary>The type of parameters that are frozen.</summary>
    public string FrozenType => export.Prefix + "_frozen";

    /// <summary>Whether frozen parameters are a struct of their own: training changes others, and these stay in read-only memory.</summary>
    public bool HasFrozen => export.HasFrozen;

    /// <summary>How functions of the file take parameters that they read.</summary>
    public string Reads => HasFrozen ? "tensors parameters" : $"const {ParametersType} *parameters";

    /// <summary>How functions of the header take parameters that they read.</summary>
    public string PublicReads => HasFrozen ? $"const {ParametersType} *learned, const {FrozenType} *frozen" : $"const {ParametersType} *parameters";

    /// <summary>How functions of the header take parameters that they update.</summary>
    public string PublicUpdates => HasFrozen ? $"{ParametersType} *learned, const {FrozenType} *frozen" : $"{ParametersType} *parameters";

    /// <summary>What functions that update are given.</summary>
    public string Learned => HasFrozen ? "learned" : "parameters";

    /// <summary>Whether a caller of the header left parameters out, a condition.</summary>
    public string LacksParameters => HasFrozen ? "learned == NULL || frozen == NULL" : "parameters == NULL";

    /// <summary>Writes, behind the checks of a function of the header, what functions of the file are given to read.</summary>
    public void DeclareReads()
    {
        if (HasFrozen)
            Writer.Write("const tensors parameters = {learned, frozen};");
    }

    /// <summary>A tensor that a function of the file reads, as an expression.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="member">Its member.</param>
    public string Read(ParameterTensor tensor, string member)
        => !HasFrozen ? "parameters->" + member : tensor.Slot.IsFrozen ? "parameters.frozen->" + member : "parameters.learned->" + member;

    /// <summary>The most samples of a training step.</summary>
    public int BatchSize => Program.Spec.BatchSize;

    /// <summary>Opens a function behind its comment.</summary>
    /// <param name="comment">What it computes, with shapes; lines separated by \n.</param>
    /// <param name="signature">Its type, name and parameters.</param>
    public SourceWriter.Block BeginFunction(string comment, string signature)
    {
        Writer.Blank();
        Writer.Write("/* " + comment.Replace("\n", "\n * ", StringComparison.Ordinal) + " */");
        Writer.Write(signature);
        return Writer.BeginBlock();
    }

    /// <summary>The text that something writes, kept apart.</summary>
    public string Collect(Action emit)
    {
        SourceWriter own = Writer;
        Writer = new SourceWriter(hasBracesBehind: true);
        emit();
        string text = Writer.ToString();
        Writer = own;
        return text;
    }

    /// <summary>Opens a loop that counts up.</summary>
    public SourceWriter.Block BeginFor(string variable, string from, string end, int step = 1)
        => Writer.BeginBlock($"for (int32_t {variable} = {from}; {variable} < {end}; {(step == 1 ? variable + "++" : FormattableString.Invariant($"{variable} += {step}"))})");

    /// <inheritdoc cref="BeginFor(string, string, string, int)"/>
    public SourceWriter.Block BeginFor(string variable, int end, int step = 1)
        => BeginFor(variable, "0", FormattableString.Invariant($"{end}"), step);

    /// <summary>Writes a short loop whose turns are written out by the compiler, so that a tile's sums stay in registers.</summary>
    public void Unrolled(string variable, int count, params ReadOnlySpan<string> statements)
    {
        Writer.Write("UNROLL");
        using (BeginFor(variable, count))
        {
            foreach (string statement in statements)
                Writer.Write(statement);
        }
    }

    /// <summary>Writes a loop of one or more statements.</summary>
    public void Loop(string variable, int count, params ReadOnlySpan<string> statements)
    {
        using (BeginFor(variable, count))
        {
            foreach (string statement in statements)
                Writer.Write(statement);
        }
    }
}
