using NativeNet.Compiler.Emit.C.Layers;
using NativeNet.Compiler.Emit.C.Library;
using NativeNet.Compiler.Planning;
using NativeNet.Description;

namespace NativeNet.Compiler.Emit.C;

/// <summary>Writes NAME.c: the arithmetic that the network needs, its layers, and the calls of the header.</summary>
internal static class SourceFile
{
    /// <summary>What comes before all functions.</summary>
    private const string Preamble = """
        #if defined(__FAST_MATH__)
        #error "fast-math changes results: compile this file without -ffast-math"
        #endif
        #if defined(__FLT_EVAL_METHOD__) && __FLT_EVAL_METHOD__ != 0 && __FLT_EVAL_METHOD__ != 16
        #error "floats must be computed as floats: compile for SSE, not for the x87 (-msse2 -mfpmath=sse)"
        #endif

        /* Nothing is contracted; products and sums are rounded where they are written. Helium flushes subnormals, the scalar unit does not. */
        #if defined(__clang__)
        #pragma STDC FP_CONTRACT OFF
        #elif defined(__GNUC__)
        #pragma GCC optimize("fp-contract=off")
        #if defined(__ARM_FEATURE_MVE) && (__ARM_FEATURE_MVE & 2)
        #pragma GCC optimize("no-tree-vectorize")
        #endif
        #endif

        /* Before a short loop over a tile: written out by the compiler, its sums stay in registers. NATIVENET_SMALL leaves loops loops:
         * a third less code, and on processors with an FPU three times the instructions. */
        #if defined(NATIVENET_SMALL)
        #define UNROLL
        #elif defined(__clang__)
        #define UNROLL _Pragma("unroll")
        #elif defined(__GNUC__)
        #define UNROLL _Pragma("GCC unroll 16")
        #else
        #define UNROLL
        #endif
        """;

    /// <summary>The text of the file.</summary>
    public static string Write(CContext context, SelfTestValues expected)
    {
        Dictionary<int, LayerEmitter> layers = context.Program.Layers.ToDictionary(static layer => layer.Spec.Index, layer => LayerEmitterTable.Create(context, layer));
        var prediction = new PredictionEmitter(context, layers);
        foreach (LayerPlan layer in context.Program.Layers)
            layers[layer.Spec.Index].EmitForward();
        prediction.Emit();
        if (context.Program.Process is { } process)
            new ProcessEmitter(context, process).Emit();
        if (context.Export.Trains)
        {
            new InitializeEmitter(context).Emit();
            context.Rule!.Emit(context);
            context.Rule.EmitWithoutDecay(context);
            foreach (LayerPlan layer in context.Program.Layers)
                layers[layer.Spec.Index].EmitTraining();
            new TrainingEmitter(context, layers, prediction.ScoresOffset).Emit();
        }

        new SelfTestEmitter(context, expected).Emit();

        var whole = new SourceWriter(hasBracesBehind: true);
        whole.Write($"/* The network of {context.Export.Source} in C99: see {context.Export.Prefix}.h. Written by nativenet; do not edit. */");
        whole.Write($"""
            #include "{context.Export.Prefix}.h"
            #include <stddef.h>

            """);
        if (context.Library.Has("tile_products"))
            whole.Write(Tiles.Includes + "\n");
        whole.Write(Preamble);
        context.Library.Emit(whole);
        whole.Blank();
        if (context.HasFrozen)
        {
            whole.Write($"""
                /* The network's parameters: those that training changes, and those that are read where they are. */
                typedef struct {"{"}
                    const {context.ParametersType} *learned;
                    const {context.FrozenType} *frozen;
                {"}"} tensors;

                """);
        }

        whole.Write(context.Writer.ToString());
        return whole.ToString();
    }

    /// <summary>The tensors in the order of memory, each with its layer.</summary>
    public static IEnumerable<(LayerPlan Layer, ParameterTensor Tensor)> Tensors(Program program)
        => program.Layers.SelectMany(static layer => layer.Tensors.Select(tensor => (layer, tensor))).OrderBy(static own => own.tensor.Offset);

    /// <summary>Whether the scores tell classes apart.</summary>
    public static bool HasClasses(CExport export)
        => export.Program.Spec.Output is { Positions: 1, Length: > 1 } && export.Program.Spec.Loss is null or LossKind.SoftmaxCrossEntropy;

    /// <summary>Whether a training step draws random numbers.</summary>
    public static bool HasSeed(NetworkSpec spec) => spec.Layers.Any(static layer => layer is DropoutSpec);

    /// <summary>Whether a training step depends on how many there were.</summary>
    public static bool CountsSteps(CContext context) => context.Rule!.CountsSteps || HasSeed(context.Program.Spec);
}
