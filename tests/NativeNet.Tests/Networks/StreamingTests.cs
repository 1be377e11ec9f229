using NativeNet.Runtime;
using NativeNet.Tests.Shared;

namespace NativeNet.Tests.Networks;

/// <summary>A generated network takes a signal frame by frame.</summary>
public sealed class StreamingTests
{
    private const int Frames = 11;

    private static readonly float[] Parameters = Initialize();

    private static readonly float[] Inputs = [.. Enumerable.Range(0, Frames * Causal.InputChannels).Select(static i => MathF.Sin(i))];

    private static readonly float[] Whole = Predict(Inputs);

    [Theory]
    [InlineData(Frames)]
    [InlineData(1)]
    [InlineData(4)]
    public void A_signal_in_pieces_has_the_bits_of_a_prediction(int piece)
    {
        float[] stream = new float[Causal.StreamLength], workspace = new float[Causal.ProcessWorkspaceLength];

        Assert.Equal(Whole, Process(stream, workspace, piece));
        Assert.NotEqual(Whole, Process(stream, workspace, piece));
        stream.AsSpan().Clear();
        Assert.Equal(Whole, Process(stream, workspace, piece));
    }

    [Fact]
    public void A_copy_of_the_stream_is_a_state_to_come_back_to()
    {
        float[] stream = new float[Causal.StreamLength], workspace = new float[Causal.ProcessWorkspaceLength];
        Causal.Process(Parameters, stream, Inputs.AsSpan(0, 10), new float[5], workspace);
        float[] kept = [.. stream];
        float[] first = new float[6], second = new float[6];

        Causal.Process(Parameters, stream, Inputs.AsSpan(10), first, workspace);
        Causal.Process(Parameters, kept, Inputs.AsSpan(10), second, workspace);

        Assert.Equal(Whole[5..], first);
        Assert.Equal(first, second);
    }

    [Fact]
    public void Frames_in_any_number_are_processed_without_allocating()
    {
        float[] stream = new float[Causal.StreamLength], workspace = new float[Causal.ProcessWorkspaceLength];
        float[] inputs = new float[100 * Causal.InputChannels], outputs = new float[100];
        StreamingNetwork run = RuntimeNetwork.Parse(Causal.Json).Streaming!;
        float[] runStream = new float[run.StreamLength], runWorkspace = new float[run.ProcessWorkspaceLength];
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (int frames = 0; frames <= 100; frames += 33)
            {
                Causal.Process(Parameters, stream, inputs.AsSpan(0, frames * 2), outputs.AsSpan(0, frames), workspace);
                run.Process(Parameters, runStream, inputs.AsSpan(0, frames * 2), outputs.AsSpan(0, frames), runWorkspace);
            }
        }));
    }

    /// <summary>Whatever a stream holds, nothing outside of it is touched.</summary>
    [Theory]
    [InlineData(0x7FFFFFFFu)]
    [InlineData(0xFFFFFFFFu)]
    [InlineData(0x80000000u)]
    [InlineData(100u)]
    public void A_stream_of_anything_is_no_danger(uint pattern)
    {
        const float Mark = -123.25f;
        float[] all = [.. Enumerable.Repeat(Mark, Causal.StreamLength + 2000)];
        Span<float> stream = all.AsSpan(1000, Causal.StreamLength);
        stream.Fill(BitConverter.UInt32BitsToSingle(pattern));

        Causal.Process(Parameters, stream, Inputs, new float[Frames], new float[Causal.ProcessWorkspaceLength]);

        Assert.False(all.AsSpan(0, 1000).ContainsAnyExcept(Mark) || all.AsSpan(1000 + Causal.StreamLength).ContainsAnyExcept(Mark));
    }

    [Fact]
    public void Wrong_lengths_are_refused_by_name()
    {
        float[] stream = new float[Causal.StreamLength], workspace = new float[Causal.ProcessWorkspaceLength];

        Require("inputs", "The length must be 2 times the number of frames, not 3.", () => Causal.Process(Parameters, stream, new float[3], new float[1], workspace));
        Require("outputs", "The length must be 1 times the 2 frames of the inputs, not 3.", () => Causal.Process(Parameters, stream, new float[4], new float[3], workspace));
        Require("stream", $"The length must be {stream.Length}, not {stream.Length - 1}.", () => Causal.Process(Parameters, stream.AsSpan(1), new float[4], new float[2], workspace));
        Require("workspace", $"The length must be at least {workspace.Length}, not 1.", () => Causal.Process(Parameters, stream, new float[4], new float[2], workspace.AsSpan(0, 1)));
        Require("parameters", $"The length must be {Parameters.Length}, not 0.", () => Causal.Process(default, stream, new float[4], new float[2], workspace));

        static void Require(string parameter, string message, Action call)
        {
            ArgumentException error = Assert.Throws<ArgumentException>(parameter, call);
            Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_network_that_sees_later_frames_does_not_stream_and_its_plan_says_why()
    {
        PredictingNetwork frames = GeneratedNetwork<Networks.Frames, int>.Instance;

        Assert.Null(frames.Streaming);
        Assert.Contains("not processed frame by frame: what layer 0, conv1d, puts out depends on later frames or on how many there are", frames.Plan, StringComparison.Ordinal);
        Assert.Null(GeneratedNetwork<Averaged, int>.Instance.Streaming);
        Assert.NotNull(GeneratedNetwork<Causal, float>.Instance.Streaming);
        Assert.DoesNotContain("not processed", Causal.Plan, StringComparison.Ordinal);
    }

    /// <summary>A reach of 255 · 65536 frames of 65536 channels is more than memory holds.</summary>
    [Fact]
    public void A_network_that_looks_back_too_far_does_not_stream()
    {
        PredictingNetwork network = RuntimeNetwork.Parse("""
            {
              "input": [2, 100],
              "layers": [{ "type": "conv1d", "filters": 1, "kernelSize": 256, "dilation": 65536, "padding": "causal" }],
              "loss": "meanSquaredError",
              "batchSize": 1
            }
            """);

        Assert.Null(network.Streaming);
        Assert.Contains("not processed frame by frame: what its layers look back at is more than fits into memory", network.Plan, StringComparison.Ordinal);
    }

    private static float[] Process(float[] stream, float[] workspace, int piece)
    {
        float[] outputs = new float[Frames];
        for (int frame = 0, count; frame < Frames; frame += count)
        {
            count = Math.Min(piece, Frames - frame);
            Causal.Process(Parameters, stream, Inputs.AsSpan(frame * 2, count * 2), outputs.AsSpan(frame, count), workspace);
        }

        return outputs;
    }

    private static float[] Predict(float[] inputs)
    {
        float[] scores = new float[Causal.OutputLength];
        Causal.Predict(Parameters, inputs, scores, new float[Causal.PredictWorkspaceLength]);
        return scores;
    }

    private static float[] Initialize()
    {
        float[] parameters = new float[Causal.ParametersLength];
        Causal.Initialize(parameters, seed: 3);
        return parameters;
    }
}
