using System.Globalization;
using NativeNet.Data;
using NativeNet.Training;
using Streaming;

// Learns to take noise off waves of any pitch, from examples of 128 frames.
const int Waves = 512;
(float[] noisy, float[] clean) = Signals.Draw(seed: 1, Waves, Cleaner.InputLength);
var data = DataSet.FromFloats(Cleaner.InputShape, [.. noisy], [.. clean]);
using var session = new TrainingSession<Cleaner, float>(seed: 42);
for (int epoch = 0; epoch < 30; epoch++)
    session.TrainEpoch(data, new Adam(0.005f));

// Then a wave of another kind arrives, some frames at a time. What is kept of it between calls is StreamLength floats.
(noisy, clean) = Signals.Draw(seed: 2, count: 1, length: 2000);
float[] cleaned = new float[noisy.Length], stream = new float[Cleaner.StreamLength], workspace = new float[Cleaner.ProcessWorkspaceLength];
for (int frame = 0, frames = 1; frame < noisy.Length; frame += frames, frames = (frames * 7 % 64) + 1)
{
    frames = Math.Min(frames, noisy.Length - frame);
    Cleaner.Process(session.Parameters, stream, noisy.AsSpan(frame, frames), cleaned.AsSpan(frame, frames), workspace);
}

// The same at once gives the same bits.
float[] whole = new float[noisy.Length];
Array.Clear(stream);
Cleaner.Process(session.Parameters, stream, noisy, whole, workspace);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"mean error {Signals.MeanError(noisy, clean):F3} before, {Signals.MeanError(cleaned, clean):F3} after"));
Console.WriteLine(whole.AsSpan().SequenceEqual(cleaned) ? "the same bits in pieces as at once" : "other bits in pieces");
