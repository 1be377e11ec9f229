using System.Buffers.Binary;
using System.Text;
using NativeNet.Compiler.Planning;
using NativeNet.Storage;

namespace NativeNet.Compiler.Emit.C;

/// <summary>Writes trained parameters as constant data: NAME_weights.c, or of a large network NAME_weights.bin and the assembler's NAME_weights.S.</summary>
internal static class WeightsFile
{
    /// <summary>The most numbers that are written as text: 4 MB, for which clang takes nearly half a gigabyte.</summary>
    private const int MostNumbers = 300_000;

    private const int NumbersALine = 8;

    /// <summary>The file that defines the weights.</summary>
    public static string NameOf(CExport export) => export.Prefix + (IsText(export) ? "_weights.c" : "_weights.S");

    /// <summary>The files.</summary>
    /// <param name="export">What is written, with weights.</param>
    public static IEnumerable<CFile> Write(CExport export)
    {
        float[] packed = new float[export.Program.Parameters.Length];
        ParameterPacking.Pack(export.Program.Parameters.Table, export.Weights, packed);
        if (IsText(export))
        {
            yield return new CFile(NameOf(export), Text(export, packed));
            yield break;
        }

        yield return new CFile(export.Prefix + "_weights.bin", Bytes(packed));
        yield return new CFile(NameOf(export), Assembler(export));
    }

    private static bool IsText(CExport export) => export.Program.Parameters.Length <= MostNumbers;

    private static string Comment(CExport export) => $"/* The weights of {export.Source}, read-only data: see {export.Prefix}.h. Written by nativenet; do not edit.";

    private static string Text(CExport export, float[] packed)
    {
        var text = new StringBuilder();
        text.Append($"{Comment(export)} */\n");
        text.Append($"#include \"{export.Prefix}.h\"\n\n");
        text.Append($"const {export.Prefix}_parameters {export.Prefix}_weights = {{\n");
        string separator = "";
        foreach ((_, ParameterTensor tensor) in SourceFile.Tensors(export.Program))
        {
            text.Append(separator).Append($"    {{ /* {tensor.Name} */");
            for (int i = 0; i < tensor.Spec.Count; i++)
                text.Append(i % NumbersALine == 0 ? "\n        " : " ").Append(CLiteral.Of(packed[tensor.Offset + i])).Append(i + 1 < tensor.Spec.Count ? "," : "");
            text.Append("\n    }");
            separator = ",\n";
        }

        return text.Append("\n};\n").ToString();
    }

    /// <summary>The numbers, the lowest byte of each first.</summary>
    private static byte[] Bytes(float[] packed)
    {
        byte[] bytes = new byte[packed.Length * sizeof(float)];
        for (int i = 0; i < packed.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), packed[i]);
        return bytes;
    }

    private static string Assembler(CExport export)
    {
        (string name, string file) = (export.Prefix + "_weights", export.Prefix.ToUpperInvariant() + "_WEIGHTS_FILE");
        return $"""
            {Comment(export)}
             * For object files in the ELF format. The assembler finds the numbers in its own folder or in one that -I names. */
            #if !defined(__ELF__)
            #error "{name}.S is for object files in the ELF format"
            #endif
            #if defined(__BYTE_ORDER__) && __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
            #error "the numbers of {name}.bin begin with their lowest byte"
            #endif
            #if !defined({file})
            #define {file} "{name}.bin"
            #endif

                .section .rodata.{name}, "a"
                .globl {name}
                .type {name}, %object
                .p2align 2
            {name}:
                .incbin {file}
                .size {name}, . - {name}
                .section .note.GNU-stack, "", %progbits

            """.ReplaceLineEndings("\n");
    }
}
