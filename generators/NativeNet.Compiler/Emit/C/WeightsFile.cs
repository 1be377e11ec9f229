using System.Text;
using NativeNet.Compiler.Planning;
using NativeNet.Storage;

namespace NativeNet.Compiler.Emit.C;

/// <summary>Writes NAME_weights.c: trained parameters as constant data.</summary>
internal static class WeightsFile
{
    private const int NumbersALine = 8;

    /// <summary>The text of the file.</summary>
    /// <param name="export">What is written, with weights.</param>
    public static string Write(CExport export)
    {
        float[] packed = new float[export.Program.Parameters.Length];
        ParameterPacking.Pack(export.Program.Parameters.Table, export.Weights, packed);

        var text = new StringBuilder();
        text.Append($"/* The weights of {export.Source}, read-only data: see {export.Prefix}.h. Written by nativenet; do not edit. */\n");
        text.Append($"#include \"{export.Prefix}.h\"\n\n");
        Append(text, $"{export.Prefix}_parameters {export.Prefix}_weights", packed, SourceFile.Tensors(export.Program).Select(static own => own.Tensor).Where(tensor => !export.HasFrozen || !tensor.Slot.IsFrozen));
        if (export.HasFrozen)
        {
            text.Append('\n');
            Append(text, $"{export.Prefix}_frozen {export.Prefix}_frozen_weights", packed, SourceFile.Tensors(export.Program).Select(static own => own.Tensor).Where(static tensor => tensor.Slot.IsFrozen));
        }

        return text.ToString();
    }

    /// <summary>Appends a constant struct.</summary>
    private static void Append(StringBuilder text, string name, float[] packed, IEnumerable<ParameterTensor> tensors)
    {
        text.Append($"const {name} = {{\n");
        string separator = "";
        foreach (ParameterTensor tensor in tensors)
        {
            text.Append(separator).Append($"    {{ /* {tensor.Name} */");
            for (int i = 0; i < tensor.Spec.Count; i++)
                text.Append(i % NumbersALine == 0 ? "\n        " : " ").Append(CLiteral.Of(packed[tensor.Offset + i])).Append(i + 1 < tensor.Spec.Count ? "," : "");
            text.Append("\n    }");
            separator = ",\n";
        }

        text.Append("\n};\n");
    }
}
