using System.Runtime.InteropServices;
using System.Text;
using NativeNet.Compiler.Emit.C;
using NativeNet.Compiler.Planning;
using NativeNet.Description;

namespace NativeNet.Compiler.Tests.Emit.C;

/// <summary>A network as C, compiled and loaded. Workspaces are filled with NaN before each call, but for the one that keeps states.</summary>
internal sealed unsafe class CNetwork : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nativenet").FullName;
    private readonly nint _library;

    /// <param name="spec">The network.</param>
    /// <param name="rule">How it trains; null for predictions alone.</param>
    /// <param name="weights">(ParameterCount), row-major, where it does not train or some are frozen.</param>
    /// <param name="flags">What the compiler is told.</param>
    /// <param name="edit">Changes the text of the source on its way to the compiler.</param>
    public CNetwork(NetworkSpec spec, UpdateRuleSpec? rule, float[]? weights, IEnumerable<string> flags, Func<string, string>? edit = null)
    {
        Export = new CExport("n", "n.nn.json", Planner.Create(spec, Target.Scalar), rule, weights, NetworkFingerprint.Of(spec));
        foreach ((string name, byte[] content) in CFiles.Write(Export))
            File.WriteAllBytes(Path.Combine(_folder, name), edit is null || name != "n.c" ? content : Encoding.UTF8.GetBytes(edit(Encoding.UTF8.GetString(content))));
        File.WriteAllText(Path.Combine(_folder, "face.c"), Face());

        string library = Path.Combine(_folder, "n.so");
        CCompiler.Run([.. flags, .. CCompiler.Warnings, "-shared", "-fPIC", "-I", _folder, "-o", library, .. Directory.GetFiles(_folder, "*.c"), .. Directory.GetFiles(_folder, "*.S")]);
        _library = NativeLibrary.Load(library);
    }

    /// <summary>What was written.</summary>
    public CExport Export { get; }

    public void Dispose()
    {
        NativeLibrary.Free(_library);
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>What the self-test returns.</summary>
    public int SelfTest()
    {
        fixed (float* parameters = Pack(Export.Weights ?? new float[Export.Program.Parameters.ParameterCount]))
            return ((delegate* unmanaged<float*, int>)Function("face_selftest"))(parameters);
    }

    /// <summary>First weights, in the order of memory.</summary>
    public float[] Initialize(ulong seed)
    {
        float[] parameters = new float[Export.Program.Parameters.Length];
        fixed (float* p = parameters)
            Check(((delegate* unmanaged<float*, ulong, int>)Function("face_initialize"))(p, seed));
        return parameters;
    }

    /// <summary>The scores of one sample.</summary>
    public float[] Predict(float[] parameters, ReadOnlySpan<float> input)
    {
        float[] scores = new float[Export.Program.Spec.Output.Length];
        fixed (float* p = Pack(parameters), x = input, s = scores)
            Check(((delegate* unmanaged<float*, float*, float*, int>)Function("face_predict"))(p, x, s));
        return scores;
    }

    /// <summary>The outputs of a signal that is given in pieces.</summary>
    /// <param name="parameters">Row-major.</param>
    /// <param name="inputs">(frames, channels).</param>
    /// <param name="cuts">The frames of each piece.</param>
    public float[] Process(float[] parameters, float[] inputs, int[] cuts)
    {
        (int channels, int results) = (Export.Program.Spec.Input.Channels, Export.Program.Spec.Output.Channels);
        float[] outputs = new float[cuts.Sum() * results], stream = new float[Math.Max(1, Export.Program.Process!.Stream.Length)];
        fixed (float* p = Pack(parameters), s = stream, x = inputs, y = outputs)
        {
            int frame = 0;
            foreach (int frames in cuts)
            {
                Check(((delegate* unmanaged<float*, float*, float*, float*, int, int>)Function("face_process"))(p, s, x + (frame * channels), y + (frame * results), frames));
                frame += frames;
            }
        }

        return outputs;
    }

    /// <summary>The mean loss of a batch.</summary>
    public float Loss(float[] parameters, ReadOnlySpan<float> inputs, Array targets, int count)
    {
        Check(TryLoss(Pack(parameters), inputs, targets, count, out float loss));
        return loss;
    }

    /// <summary>What the call of the loss returns.</summary>
    public int TryLoss(float[] parameters, ReadOnlySpan<float> inputs, Array targets, int count, out float loss)
        => Call("face_loss", parameters, inputs, targets, count, out loss);

    /// <summary>Begins a training.</summary>
    /// <param name="seed">Of dropout.</param>
    public void Start(ulong seed) => Check(((delegate* unmanaged<ulong, int>)Function("face_start"))(seed));

    /// <summary>One step.</summary>
    /// <param name="parameters">In the order of memory; updated.</param>
    /// <returns>The loss before the step.</returns>
    public float TrainStep(float[] parameters, ReadOnlySpan<float> inputs, Array targets, int count)
    {
        Check(TryTrainStep(parameters, inputs, targets, count, out float loss));
        return loss;
    }

    /// <summary>What the call of a step returns.</summary>
    public int TryTrainStep(float[] parameters, ReadOnlySpan<float> inputs, Array targets, int count, out float loss)
        => Call("face_train_step", parameters, inputs, targets, count, out loss);

    /// <summary>Row-major parameters in the order of memory.</summary>
    public float[] Pack(float[] rowMajor) => new Differential.Packing(Export.Program.Parameters.Table).Pack(rowMajor);

    /// <summary>The other way.</summary>
    public float[] Unpack(float[] packed) => new Differential.Packing(Export.Program.Parameters.Table).Unpack(packed);

    private int Call(string name, float[] parameters, ReadOnlySpan<float> inputs, Array targets, int count, out float loss)
    {
        GCHandle pinned = GCHandle.Alloc(targets, GCHandleType.Pinned);
        try
        {
            fixed (float* p = parameters, x = inputs, l = &loss)
            {
                loss = float.NaN;
                return ((delegate* unmanaged<float*, float*, void*, int, float*, int>)Function(name))(p, x, (void*)pinned.AddrOfPinnedObject(), count, l);
            }
        }
        finally
        {
            pinned.Free();
        }
    }

    private nint Function(string name) => NativeLibrary.GetExport(_library, name);

    private static void Check(int status) => Assert.Equal(0, status);

    /// <summary>Functions over pointers alone around the network's own types.</summary>
    private string Face()
    {
        int learned = Export.Program.Parameters.LearnedLength;
        string reads = !Export.HasFrozen
            ? "#define READ(p) (const n_parameters *)(const void *)(p)\n#define CHANGE(p) (n_parameters *)(void *)(p)\n#define FROZEN"
            : $"""
                #define READ(p) (const n_parameters *)(const void *)(p), (const n_frozen *)(const void *)((p) + {learned})
                #define CHANGE(p) (n_parameters *)(void *)(p), (const n_frozen *)(const void *)((p) + {learned})
                #define FROZEN &n_frozen_weights,
                """;
        string predict = $$"""
            #include "n.h"
            #include <string.h>
            {{reads}}
            int face_predict(const float *parameters, const float *input, float *scores)
            {
                n_workspace workspace;
                memset(&workspace, 0xFF, sizeof workspace);
                return (int)n_predict(READ(parameters), input, scores, &workspace);
            }
            """;
        if (Export.Program.Process is not null)
        {
            predict += """

                int face_process(const float *parameters, float *stream, const float *inputs, float *outputs, int32_t frames)
                {
                    n_process_workspace workspace;
                    memset(&workspace, 0xFF, sizeof workspace);
                    return (int)n_process(READ(parameters), (n_stream *)(void *)stream, inputs, outputs, frames, &workspace);
                }
                """;
        }

        if (!Export.Trains)
        {
            return predict + """

                int face_selftest(const float *parameters)
                {
                    static n_selftest_memory memory;
                    n_selftest_result result;
                    (void)parameters;
                    return n_hash(&n_weights) == N_WEIGHTS_HASH ? (int)n_selftest(&n_weights, &memory, &result) : 100;
                }
                """;
        }

        bool isOfClasses = Export.Program.Spec.Loss == LossKind.SoftmaxCrossEntropy;
        bool isStateful = Export.Program.Spec.IsStateful;
        string seed = Export.Program.Spec.Layers.Any(static layer => layer is DropoutSpec) ? "optimizer.seed = seed;" : "(void)seed;";
        return predict + $$"""

            typedef {{(isOfClasses ? "int32_t" : "float")}} target;
            static n_optimizer optimizer;
            static n_training_workspace training;
            int face_selftest(const float *parameters)
            {
                static n_selftest_memory memory;
                n_selftest_result result;
                (void)parameters;
                return (int)n_selftest(FROZEN &memory, &result);
            }
            int face_initialize(float *parameters, uint64_t seed)
            {
                return (int)n_initialize((n_parameters *)(void *)parameters, seed);
            }
            int face_loss(const float *parameters, const float *inputs, const target *targets, int32_t count, float *loss)
            {
                n_workspace workspace;
                memset(&workspace, 0xFF, sizeof workspace);
                return (int)n_loss(READ(parameters), inputs, targets, count, &workspace, loss);
            }
            int face_start(uint64_t seed)
            {
                const int status = (int)n_start(&optimizer);
                {{seed}}
                return {{(isStateful ? "n_reset_states(&training) != N_OK ? 101 : " : "")}}status;
            }
            int face_train_step(float *parameters, const float *inputs, const target *targets, int32_t count, float *loss)
            {
                {{(isStateful ? "" : "memset(&training, 0xFF, sizeof training);")}}
                return (int)n_train_step(CHANGE(parameters), &optimizer, inputs, targets, count, &training, loss);
            }
            """;
    }
}
