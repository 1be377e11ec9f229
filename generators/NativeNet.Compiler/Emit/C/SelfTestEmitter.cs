using NativeNet.Compiler.Planning;
using NativeNet.Description;

namespace NativeNet.Compiler.Emit.C;

/// <summary>Writes the self-test: what the processor's arithmetic gets wrong, then a prediction and a short training by their hashes.</summary>
/// <param name="context">What is written.</param>
/// <param name="expected">What the reference gives.</param>
internal sealed class SelfTestEmitter(CContext context, SelfTestValues expected)
{
    private readonly string _prefix = context.Export.Prefix, _macro = context.Export.Prefix.ToUpperInvariant();
    private readonly NetworkSpec _spec = context.Program.Spec;

    /// <summary>The parameters of the test: its own where the device trains, else the caller's.</summary>
    private string Tested => !context.Export.Trains ? "parameters" : context.HasFrozen ? "&memory->parameters, frozen" : "&memory->parameters";

    public void Emit()
    {
        EmitHash();
        EmitProbe();
        EmitSelfTest();
    }

    private void EmitHash()
    {
        context.Library.Use("to_bits");
        using (context.BeginFunction("FNV-1a over the patterns of floats, a word at a time.", "static uint32_t hash_floats(uint32_t hash, const float *values, int32_t length)"))
        {
            context.Writer.Write($$"""
                for (int32_t i = 0; i < length; i++) {
                    hash = (hash ^ to_bits(values[i])) * {{FormattableString.Invariant($"{SelfTestValues.Prime}")}}u;
                }
                return hash;
                """);
        }

        context.Writer.Blank();
        context.Writer.Write($"uint32_t {_prefix}_hash({context.PublicReads})");
        using (context.Writer.BeginBlock())
        {
            context.Writer.Write($"uint32_t hash = {FormattableString.Invariant($"{SelfTestValues.Offset}")}u;");
            foreach ((LayerPlan layer, ParameterTensor tensor) in SourceFile.Tensors(context.Program))
                context.Writer.Write($"hash = hash_floats(hash, {(!context.HasFrozen ? "parameters" : tensor.Slot.IsFrozen ? "frozen" : "learned")}->{CNames.Member(layer, tensor.Spec.Name)}, {tensor.Spec.Count});");
            context.Writer.Write("return hash;");
        }
    }

    private void EmitProbe()
    {
        context.Library.Use("multiply_add");
        context.Library.Use("from_bits");
        context.Writer.Write("""

            /* What processor, start-up code and compiler compute otherwise than IEEE 754 with every rounding where it is written;
             * 0 where nothing is. The operands are volatile, so that the compiler does not compute for the processor. */
            static uint32_t probe_arithmetic(void)
            {
                volatile uint32_t one_ulp = 0x3F800001u, minus_square = 0xBF800002u, third = 0x40400000u, tiny = 0x00800000u, subnormal = 0x00400000u;
                volatile uint32_t root = 0x3F800800u, small = 0x17800000u, large = 0x4B800000u;
                const float a = from_bits(one_ulp), c = from_bits(minus_square);
                const float product = a * a, sum = product + c, shifted = from_bits(large) + 1.0f;
                uint32_t faults = 0u;
                faults |= to_bits(multiply_add(a, a, c)) != 0x28800000u ? 1u : 0u; /* a fused multiply-add that rounds its product */
                faults |= to_bits(multiply_add(from_bits(root), from_bits(root), from_bits(small))) != 0x3F801001u ? 2u : 0u; /* that rounds twice */
                faults |= to_bits(sum) != 0u ? 4u : 0u; /* product and sum contracted into one */
                faults |= to_bits(from_bits(tiny) * 0.5f) != 0x00400000u ? 8u : 0u; /* subnormal products flushed to 0 */
                faults |= to_bits(from_bits(subnormal) + from_bits(subnormal)) != 0x00800000u ? 16u : 0u; /* subnormal operands flushed to 0 */
                faults |= to_bits(1.0f / from_bits(third)) != 0x3EAAAAABu || to_bits(product) != 0x3F800002u ? 32u : 0u; /* another rounding */
                faults |= to_bits(shifted - from_bits(large)) != 0u ? 64u : 0u; /* sums in another order, or in more digits */
                return faults;
            }
            """);
    }

    private void EmitSelfTest()
    {
        int samples = Math.Min(SelfTestValues.MostSamples, _spec.BatchSize);
        string given = context.HasFrozen ? "frozen" : "parameters", taken = context.HasFrozen ? $"const {context.FrozenType} *frozen, " : context.Export.Trains ? "" : $"const {context.ParametersType} *parameters, ";
        context.Writer.Blank();
        context.Writer.Write($"{_prefix}_status {_prefix}_selftest({taken}{_prefix}_selftest_memory *memory, {_prefix}_selftest_result *result)");
        using (context.Writer.BeginBlock())
        {
            using (context.Writer.BeginBlock($"if ({(taken.Length == 0 ? "" : given + " == NULL || ")}memory == NULL || result == NULL)"))
                context.Writer.Write($"return {_macro}_NULL_POINTER;");
            int inputs = (context.Export.Trains ? samples : 1) * _spec.Input.Length;
            context.Loop("i", inputs, "const int32_t value = i * 37 % 101 - 50;", "memory->inputs[i] = (float)value / 64.0f;");
            if (context.Export.Trains)
                context.Writer.Write($"(void){_prefix}_initialize(&memory->parameters, {SelfTestValues.Seed}u);");
            context.Writer.Write($"(void){_prefix}_predict({Tested}, memory->inputs, memory->scores, &memory->workspace);");
            context.Writer.Write("result->arithmetic = probe_arithmetic();");
            context.Writer.Write($"result->scores = hash_floats({FormattableString.Invariant($"{SelfTestValues.Offset}")}u, memory->scores, {_macro}_OUTPUT_LENGTH) ^ {CLiteral.Of(expected.Scores)};");
            if (context.Export.Trains)
                EmitTraining(samples);
            string training = context.Export.Trains ? " && result->training == 0u" : "";
            context.Writer.Write($"return result->arithmetic == 0u && result->scores == 0u{training} ? {_macro}_OK : {_macro}_SELFTEST_FAILED;");
        }
    }

    private void EmitTraining(int samples)
    {
        bool isOfClasses = _spec.Loss == LossKind.SoftmaxCrossEntropy;
        string classes = _spec.TargetLength == 1 ? _macro + "_OUTPUT_LENGTH" : FormattableString.Invariant($"{_spec.Output.Channels}");
        context.Loop("i", samples * _spec.TargetLength, isOfClasses
            ? $"memory->classes[i] = i % {classes};"
            : "const int32_t quarters = i % 5;\nmemory->targets[i] = (float)quarters / 4.0f;");
        context.Writer.Write($"(void){_prefix}_start(&memory->optimizer);");
        if (_spec.IsStateful)
            context.Writer.Write($"(void){_prefix}_reset_states(&memory->training_workspace);");
        context.Loop("i", SelfTestValues.Steps,
            $"(void){_prefix}_train_step({Tested}, &memory->optimizer, memory->inputs, memory->{(isOfClasses ? "classes" : "targets")}, {FormattableString.Invariant($"{samples}")}, &memory->training_workspace, &memory->loss);");
        context.Writer.Write($"result->training = {_prefix}_hash({Tested}) ^ {CLiteral.Of(expected.Training)};");
    }
}
