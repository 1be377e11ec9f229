using NativeNet.Compiler.Emit.C.Layers;
using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.C;

/// <summary>The files of one network in C99: header, source, and weights where there are any.</summary>
internal static class CFiles
{
    /// <summary>The first layer that has no C code, or null.</summary>
    public static LayerPlan? FirstUnknown(Program program) => program.Layers.FirstOrDefault(static layer => !LayerEmitterTable.Has(layer));

    /// <summary>The files. The same network gives the same bytes.</summary>
    /// <param name="export">What is written.</param>
    public static IEnumerable<CFile> Write(CExport export)
    {
        var context = new CContext(export) { Rule = export.Rule is { } rule ? RuleEmitter.Of(rule, export.Program) : null };
        yield return new CFile(export.Prefix + ".h", new HeaderFile(context).Write());
        yield return new CFile(export.Prefix + ".c", SourceFile.Write(context, SelfTestValues.Of(export)));
        if (export.Weights is null)
            yield break;

        foreach (CFile file in WeightsFile.Write(export))
            yield return file;
    }
}
