using NativeNet.Description;
using NativeNet.Reference;
using NativeNet.Runtime;
using NativeNet.Storage;
using NativeNet.Tests.Shared;

namespace NativeNet.Tests.Networks;

/// <summary>Recurrent layers carry their states from one call of <c>Process</c> to the next.</summary>
public sealed class RecurrentStreamingTests
{
    private const int Frames = 75;

    [Theory]
    [InlineData(1)]
    [InlineData(33)]
    [InlineData(Frames)]
    public void A_signal_in_pieces_has_the_bits_of_the_whole(int piece)
    {
        RequireBits<FrameCells>(piece);
        RequireBits<GruStack>(piece);
        RequireBits<SimpleRnn>(piece);
        RequireBits<Lstm>(piece);
        RequireBits<WaveNet>(piece);
        RequireBits<RepeatedSignal>(piece);
    }

    /// <summary>A network that puts out a vector has one behind every frame: what it predicts of the frames so far.</summary>
    [Fact]
    public void A_network_that_puts_out_a_vector_has_one_behind_every_frame()
    {
        float[] parameters = Initialize<Gru>(), inputs = Inputs<Gru>(Gru.InputLength), scores = new float[Gru.OutputLength];
        Gru.Predict(parameters, inputs, scores, new float[Gru.PredictWorkspaceLength]);

        float[] outputs = Process<Gru>(parameters, inputs, Gru.InputLength);

        Assert.Equal(Gru.InputLength * Gru.OutputLength, outputs.Length);
        Assert.Equal(scores, outputs[^Gru.OutputLength..]);
        Assert.Null(RuntimeNetwork.Parse(RecurrentBranches.Json).Streaming);
        Assert.Null(GeneratedNetwork<Tiny, float>.Instance.Streaming);
    }

    [Fact]
    public void Frames_are_processed_without_allocating()
    {
        StreamingNetwork[] networks =
        [
            GeneratedStreaming<FrameCells>.Instance, GeneratedStreaming<Lstm>.Instance,
            RuntimeNetwork.Parse(FrameCells.Json).Streaming!, RuntimeNetwork.Parse(Lstm.Json).Streaming!,
        ];
        Action[] work = [.. networks.Select((network, i) => Work(network, i % 2 == 0 ? FrameCells.ParametersLength : Lstm.ParametersLength))];
        Assert.All(work, static own => Assert.Equal(0, Allocations.Of(own)));

        static Action Work(StreamingNetwork network, int length)
        {
            float[] parameters = new float[length], stream = new float[network.StreamLength], workspace = new float[network.ProcessWorkspaceLength];
            float[] inputs = new float[Frames * network.InputChannels], outputs = new float[Frames * network.OutputChannels];
            return () => network.Process(parameters, stream, inputs, outputs, workspace);
        }
    }

    private static void RequireBits<TNetwork>(int piece)
        where TNetwork : struct, IStreamingNetwork
    {
        NetworkSpec spec = NetworkSpec.Parse(TNetwork.Json);
        float[] parameters = Initialize<TNetwork>(), inputs = Inputs<TNetwork>(Frames), plain = new float[spec.ParameterCount];
        ParameterPacking.Unpack(TNetwork.Tensors, parameters, plain);
        float[] expected = spec.Output.Rank == 2 ? Behind(Frames) : [.. Enumerable.Range(1, Frames).SelectMany(Behind)];

        Assert.Equal(expected, Process<TNetwork>(parameters, inputs, piece));

        float[] Behind(int frames) => new ReferenceNetwork<float>(spec.OverFrames(frames)!).Predict(plain, inputs.AsSpan(0, frames * TNetwork.InputChannels));
    }

    private static float[] Process<TNetwork>(float[] parameters, float[] inputs, int piece)
        where TNetwork : struct, IStreamingNetwork
    {
        int channels = TNetwork.InputChannels, results = TNetwork.OutputChannels, frames = inputs.Length / channels;
        float[] stream = new float[TNetwork.StreamLength], workspace = new float[TNetwork.ProcessWorkspaceLength], outputs = new float[frames * results];
        for (int frame = 0, count; frame < frames; frame += count)
        {
            count = Math.Min(piece, frames - frame);
            TNetwork.Process(parameters, stream, inputs.AsSpan(frame * channels, count * channels), outputs.AsSpan(frame * results, count * results), workspace);
        }

        return outputs;
    }

    private static float[] Inputs<TNetwork>(int frames)
        where TNetwork : struct, IStreamingNetwork
        => [.. Enumerable.Range(0, frames * TNetwork.InputChannels).Select(static i => MathF.Sin(i))];

    private static float[] Initialize<TNetwork>()
        where TNetwork : struct, IStreamingNetwork
    {
        float[] parameters = new float[TNetwork.ParametersLength];
        TNetwork.Initialize(parameters, seed: 3);
        return parameters;
    }
}
