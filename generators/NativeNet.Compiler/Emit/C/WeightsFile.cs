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
        int all = export.Program.Parameters.Length, learned = export.HasFrozen ? export.Program.Parameters.LearnedLength : all;
        string text = $"""
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

            """;
        text += Symbol(name, file, 0, learned);
        if (learned < all)
            text += Symbol(export.Prefix + "_frozen_weights", file, learned, all - learned);
        return (text + "\n    .section .note.GNU-stack, \"\", %progbits\n").ReplaceLineEndings("\n");
    }

    /// <summary>A part of the numbers, under the name of its struct.</summary>
    private static string Symbol(string name, string file, int first, int count) => FormattableString.Invariant($"""

            .section .rodata.{name}, "a"
            .globl {name}
            .type {name}, %object
            .p2align 2
        {name}:
            .incbin {file}, {first * sizeof(float)}, {count * sizeof(float)}
            .size {name}, . - {name}

        """);
}
