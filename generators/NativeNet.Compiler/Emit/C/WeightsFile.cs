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

        yield return new CFile(export.Prefix + "_weights.bin", Bytes(export, packed));
        yield return new CFile(NameOf(export), Assembler(export));
    }

    private static bool IsText(CExport export) => export.Program.Parameters.Length <= MostNumbers;

    private static string Comment(CExport export) => $"/* The weights of {export.Source}, read-only data: see {export.Prefix}.h. Written by nativenet; do not edit.";

    private static string Text(CExport export, float[] packed)
    {
        var text = new StringBuilder();
        text.Append($"{Comment(export)} */\n");
        text.Append($"#include \"{export.Prefix}.h\"\n\n");
        string separator = "";
        foreach (Struct constant in Structs(export))
        {
            text.Append(separator);
            Append(text, $"{export.Prefix}_{constant.Type} {export.Prefix}_{constant.Name}", packed, constant.Tensors);
            separator = "\n";
        }

        return text.ToString();
    }

    /// <summary>What learns, and where layers are frozen what does not.</summary>
    private static IEnumerable<Struct> Structs(CExport export)
    {
        ParameterTensor[] tensors = [.. SourceFile.Tensors(export.Program).Select(static own => own.Tensor)];
        yield return new Struct("parameters", "weights", [.. tensors.Where(tensor => !export.HasFrozen || !tensor.Slot.IsFrozen)]);
        if (export.HasFrozen)
            yield return new Struct("frozen", "frozen_weights", [.. tensors.Where(static tensor => tensor.Slot.IsFrozen)]);
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

    /// <summary>The numbers of the structs one behind the other, the lowest byte of each first.</summary>
    private static byte[] Bytes(CExport export, float[] packed)
    {
        byte[] bytes = new byte[packed.Length * sizeof(float)];
        int position = 0;
        foreach (ParameterTensor tensor in Structs(export).SelectMany(static constant => constant.Tensors))
        {
            foreach (float number in packed.AsSpan(tensor.Offset, tensor.Spec.Count))
            {
                BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(position), number);
                position += sizeof(float);
            }
        }

        return bytes;
    }

    private static string Assembler(CExport export)
    {
        (string name, string file) = (export.Prefix + "_weights", export.Prefix.ToUpperInvariant() + "_WEIGHTS_FILE");
        var text = new StringBuilder($"""
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


            """);
        int position = 0;
        foreach (Struct constant in Structs(export))
        {
            (string symbol, int length) = ($"{export.Prefix}_{constant.Name}", constant.Tensors.Sum(static tensor => tensor.Spec.Count) * sizeof(float));
            text.Append($"""
                    .section .rodata.{symbol}, "a"
                    .globl {symbol}
                    .type {symbol}, %object
                    .p2align 2
                {symbol}:
                    .incbin {file}, {position}, {length}
                    .size {symbol}, . - {symbol}

                """);
            position += length;
        }

        return text.Append("    .section .note.GNU-stack, \"\", %progbits\n").ToString().ReplaceLineEndings("\n");
    }

    /// <summary>A constant struct.</summary>
    /// <param name="Type">Its type, without the prefix.</param>
    /// <param name="Name">Its name, without the prefix.</param>
    /// <param name="Tensors">Its members in their order.</param>
    private sealed record Struct(string Type, string Name, IReadOnlyList<ParameterTensor> Tensors);
}
