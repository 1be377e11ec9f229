using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using NativeNet.Storage;
using NativeNet.Tensors;
using NativeNet.Training.Monitoring;
using NativeNet.Training.Schedules;

namespace NativeNet.Training;

/// <summary>Saves a session in training so that it continues to the same bits as if it had never stopped.</summary>
/// <remarks>
/// One safetensors file: the parameters under the names of <see cref="ParameterFile"/>, the optimizer state of those
/// that are trained under <c>optimizer.J.</c> and the same names, with early stopping the best epoch's parameters under <c>best.</c>, a checksum
/// over everything, and as metadata what the run is (<see cref="RunIdentity"/>), where it stands, and what it remembers.
/// A checkpoint may lie between any two steps, in the middle of an epoch too. It is written to a temporary file and
/// renamed when it is complete: whoever is killed meanwhile keeps the old one.
/// </remarks>
public static class Checkpoint
{
    private const string Format = "nativenet.checkpoint";
    private const string Version = "4";
    private const string BestPrefix = "best.";

    /// <summary>Within an epoch of a stateful network: the training workspace, which keeps its states.</summary>
    private const string StatesName = "states";

    /// <summary>More steps than there is time for.</summary>
    private const long MostSteps = 1L << 53;

    /// <summary>Saves a session; an existing file is replaced only when the new one is complete. Of several processes all call it, and the first writes.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="session">The session, between two steps.</param>
    /// <param name="identity">What the run is made of.</param>
    /// <param name="memory">What the run remembers beside the session.</param>
    /// <exception cref="ArgumentException">
    /// The session was trained with a rule of other state than the identity's, or there is early stopping but no best epoch.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Save(string path, NetworkSession session, RunIdentity identity, RunMemory memory)
    {
        TensorTable table = session.Untyped.Tensors;
        int stateLength = identity.StateCount * table.TrainedLength;
        bool isOther = session.State.Length != stateLength
            || (stateLength > 0 && identity.RuleType is { } rule && session.Rule is { } used && used != rule);
        if (session.StepCount > 0 && isOther)
            throw new ArgumentException("The session was trained with another rule than the identity's.", nameof(identity));

        if (identity.KeepsBest && memory.BestParameters.Length != table.Length)
            throw new ArgumentException("Early stopping keeps the best epoch's parameters; the memory lacks them.", nameof(memory));

        // Before the first step there is no state, which is zeros.
        float[] packed = new float[session.Saves ? Parts(identity).Length * table.Length : 0];
        for (int part = 0; session.State.Length == stateLength && part < identity.StateCount; part++)
            session.CollectState(part, session.Saves ? packed.AsSpan((part + 1) * table.Length, table.TrainedLength) : []);
        if (!session.Saves)
            return;

        session.Parameters.CopyTo(packed);
        if (identity.KeepsBest)
            memory.BestParameters.Span.CopyTo(packed.AsSpan((identity.StateCount + 1) * table.Length));

        List<SafetensorsTensor> tensors = [];
        foreach ((int part, (string prefix, bool isState)) in Parts(identity).Index())
            tensors.AddRange(Tensors(table, packed.AsSpan(part * table.Length, table.Length), prefix, isState));

        EpochProgress progress = session.Progress;
        if (KeepsStates(session, progress))
            tensors.Add(new SafetensorsTensor(StatesName, [session.KeptStates.Length], session.KeptStates.ToArray()));
        CheckpointFile.Write(path, tensors, new Dictionary<string, string>
        {
            ["format"] = Format,
            ["version"] = Version,
            ["network"] = session.Untyped.Fingerprint,
            ["rule"] = identity.Rule,
            ["schedule"] = identity.Schedule,
            ["gradients"] = identity.Gradients,
            ["data"] = identity.Data,
            ["validation"] = identity.Validation,
            ["stopping"] = identity.Stopping,
            ["seed"] = session.Seed.ToString(CultureInfo.InvariantCulture),
            ["classWeights"] = WeightsText(session),
            ["steps"] = session.StepCount.ToString(CultureInfo.InvariantCulture),
            ["epoch"] = progress.Epoch.ToString(CultureInfo.InvariantCulture),
            ["position"] = progress.Position.ToString(CultureInfo.InvariantCulture),
            ["samples"] = progress.SampleCount.ToString(CultureInfo.InvariantCulture),
            ["lossSum"] = CheckpointFields.Of(progress.LossSum),
            ["correct"] = CheckpointFields.Of(progress.Correct),
            ["errorSum"] = CheckpointFields.Of(progress.ErrorSum),
            ["schedule.best"] = CheckpointFields.Of(memory.Schedule.Best),
            ["schedule.waited"] = memory.Schedule.Waited.ToString(CultureInfo.InvariantCulture),
            ["schedule.reductions"] = memory.Schedule.Reductions.ToString(CultureInfo.InvariantCulture),
            ["stopping.bestLoss"] = CheckpointFields.Of(memory.Stopping.BestLoss),
            ["stopping.waited"] = memory.Stopping.Waited.ToString(CultureInfo.InvariantCulture),
            ["monitor.startWeights"] = string.Join(' ', memory.Monitor.StartWeights.Select(CheckpointFields.Of)),
            ["monitor.bestLoss"] = CheckpointFields.Of(memory.Monitor.Predictions.BestLoss),
            ["monitor.collapsedEpochs"] = memory.Monitor.Predictions.CollapsedEpochs.ToString(CultureInfo.InvariantCulture),
        });
    }

    /// <summary>Brings a session to where another one was saved.</summary>
    /// <param name="path">The file.</param>
    /// <param name="session">A session of the same seed, at any point; untouched when this throws.</param>
    /// <param name="identity">What the run is made of; it must be what the saved one was made of.</param>
    /// <returns>What the run remembered beside the session.</returns>
    /// <exception cref="StorageFormatException">The file is damaged, no checkpoint, or one of another network, seed, class weights, rule, schedule, data or early stopping.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static RunMemory Load(string path, NetworkSession session, RunIdentity identity)
        => Load(path, session, identity, static (_, _) => true);

    /// <summary>The same for who knows more of the run.</summary>
    /// <param name="path">As above.</param>
    /// <param name="session">As above.</param>
    /// <param name="identity">As above.</param>
    /// <param name="fits">Whether the run can have come to where the file says that it is.</param>
    internal static RunMemory Load(string path, NetworkSession session, RunIdentity identity, Func<EpochProgress, RunMemory, bool> fits)
    {
        TensorTable table = session.Untyped.Tensors;
        long dataLength = Parts(identity).Sum(part => SlotsOf(table, part.IsState).Sum(static slot => (long)slot.Count)) * sizeof(float);
        dataLength += session.Untyped.IsStateful ? session.KeptStates.Length * sizeof(float) : 0;
        (SafetensorsTensor[] tensors, IReadOnlyDictionary<string, string> texts) = CheckpointFile.Read(path, dataLength);

        var fields = new CheckpointFields(path, texts);
        fields.Expect("format", Format, "the format");
        fields.Expect("version", Version, "the format's version");
        fields.Expect("network", session.Untyped.Fingerprint, "the network's hash");
        fields.Expect("seed", session.Seed.ToString(CultureInfo.InvariantCulture), "the seed");
        fields.Expect("classWeights", WeightsText(session), "what classes weigh");
        fields.Expect("rule", identity.Rule, "the update rule");
        fields.Expect("schedule", identity.Schedule, "the schedule");
        fields.Expect("gradients", identity.Gradients, "what makes a step of gradients");
        fields.Expect("data", identity.Data, "the data's fingerprint");
        fields.Expect("validation", identity.Validation, "the held-out samples' fingerprint");
        fields.Expect("stopping", identity.Stopping, "early stopping");

        // Everything is read and checked before the session changes.
        long steps = fields.Count<long>("steps");
        var progress = new EpochProgress(
            fields.Count<int>("epoch"), fields.Count<int>("position"), fields.Count<int>("samples"),
            fields.Number("lossSum"), fields.Number("correct"), fields.Number("errorSum"));
        var memory = new RunMemory(
            new ScheduleState(fields.Number("schedule.best"), fields.Count<int>("schedule.waited"), fields.Count<int>("schedule.reductions")),
            new EarlyStoppingState(fields.Number("stopping.bestLoss"), fields.Count<int>("stopping.waited")),
            new MonitorMemory(
                fields.Numbers("monitor.startWeights"),
                new PredictionMemory(fields.Number("monitor.bestLoss"), fields.Count<int>("monitor.collapsedEpochs"))));
        if (!IsPossible(steps, progress, memory, session.Untyped, identity) || !fits(progress, memory))
            throw new StorageFormatException($"{path}: its entries do not fit each other; it was not written by this library");
        ReadOnlyMemory<float> states = KeepsStates(session, progress) ? TakeStates(path, ref tensors, session.KeptStates.Length) : default;
        float[] packed = ReadTensors(path, table, tensors, Parts(identity));

        packed.AsSpan(0, table.Length).CopyTo(session.Parameters);
        session.RestoreSteps(steps, identity.StateCount * table.TrainedLength, identity.RuleType);
        for (int part = 0; part < identity.StateCount; part++)
            packed.AsSpan((part + 1) * table.Length, table.TrainedLength).CopyTo(session.State[(part * table.TrainedLength)..]);
        session.RestoreProgress(progress);
        states.Span.CopyTo(session.KeptStates);
        return memory with { BestParameters = packed.AsMemory((identity.StateCount + 1) * table.Length) };
    }

    /// <summary>Between epochs there are no states: each begins from zeros.</summary>
    private static bool KeepsStates(NetworkSession session, EpochProgress progress) => session.Untyped.IsStateful && progress.Position > 0;

    /// <summary>Takes the states from behind the other tensors.</summary>
    private static ReadOnlyMemory<float> TakeStates(string path, ref SafetensorsTensor[] tensors, int length)
    {
        if (tensors is not [.. var others, { Name: StatesName, Values: var states }] || states.Length != length)
            throw new StorageFormatException($"{path}: its last tensor is not '{StatesName}' of {length} floats; it was not written by this library");

        tensors = others;
        return states;
    }

    /// <summary>Whether some run of the network is at such a point; a checksum says nothing of who wrote it.</summary>
    private static bool IsPossible(long steps, EpochProgress progress, RunMemory memory, TrainableNetwork network, RunIdentity identity)
    {
        (int epoch, int position, int samples, double lossSum, double correct, double errorSum) = progress;
        bool isWithin = position > 0 && position < samples && position % network.BatchSize == 0 && !(lossSum < 0) && !(errorSum < 0)
            && (network.Metric == MetricKind.MeanAbsoluteError || (correct >= 0 && correct <= position));
        bool isBetween = progress == EpochProgress.AtStart(epoch);
        bool isCounted = steps <= MostSteps && epoch < int.MaxValue && steps >= epoch + (isWithin ? 1L : 0L);

        (ScheduleState schedule, EarlyStoppingState stopping, MonitorMemory monitor) = (memory.Schedule, memory.Stopping, memory.Monitor);
        bool isRemembered = Math.Max(schedule.Waited, schedule.Reductions) <= epoch && stopping.Waited <= epoch && monitor.Predictions.CollapsedEpochs <= epoch
            && !(schedule.Best < 0) && stopping.BestLoss >= 0 && monitor.Predictions.BestLoss >= 0
            && (identity.KeepsBest || stopping == EarlyStoppingState.Start);
        bool hasLayers = monitor.StartWeights.Length == 0
            || (monitor.StartWeights.Length == network.LayerCount && monitor.StartWeights.All(static weight => !(weight < 0)));
        return (isWithin || isBetween) && isCounted && isRemembered && hasLayers;
    }

    /// <summary>
    /// The stretches that a checkpoint holds, all of the parameters' layout: what the names of their tensors begin with, and whether they
    /// are optimizer state, of which there is only that of trained tensors. Parameters, state, the best epoch's parameters.
    /// </summary>
    private static (string Prefix, bool IsState)[] Parts(RunIdentity identity) =>
    [
        ("", false), .. Enumerable.Range(0, identity.StateCount).Select(static part => (StatePrefix(part), true)),
        .. identity.KeepsBest ? [(BestPrefix, false)] : Array.Empty<(string, bool)>(),
    ];

    /// <summary>The tensors of a stretch, in the order of the table.</summary>
    private static IEnumerable<ParameterSlot> SlotsOf(TensorTable table, bool isState)
        => ParameterSlot.Of(table).Where((_, i) => !isState || table.Slots[i].IsTrained);

    /// <summary>Every stretch, packed, one behind the other.</summary>
    private static float[] ReadTensors(string path, TensorTable table, SafetensorsTensor[] tensors, (string Prefix, bool IsState)[] parts)
    {
        int count = parts.Sum(part => SlotsOf(table, part.IsState).Count()), next = 0;
        if (tensors.Length != count)
            throw Foreign($"it has {tensors.Length} tensors, not {count}");

        float[] packed = new float[parts.Length * table.Length];
        float[] rowMajor = new float[table.ParameterCount];
        for (int part = 0; part < parts.Length; part++)
        {
            (string prefix, bool isState) = parts[part];
            Array.Clear(rowMajor);
            foreach (ParameterSlot slot in SlotsOf(table, isState))
            {
                SafetensorsTensor tensor = tensors[next++];
                if (tensor.Name != prefix + slot.Name || !tensor.Shape.SequenceEqual(slot.Shape))
                    throw Foreign($"tensor '{tensor.Name}' stands in the place of '{prefix}{slot.Name}' or has another shape");
                tensor.Values.Span.CopyTo(rowMajor.AsSpan(slot.Start));
            }

            ParameterPacking.Pack(table, rowMajor, packed.AsSpan(part * table.Length, table.Length));
        }

        return packed;

        StorageFormatException Foreign(FormattableString problem)
            => new($"{path}: {problem.ToString(CultureInfo.InvariantCulture)}; it was not written by this library");
    }

    private static ImmutableArray<SafetensorsTensor> Tensors(TensorTable table, ReadOnlySpan<float> packed, string prefix, bool isState)
    {
        float[] rowMajor = new float[table.ParameterCount];
        ParameterPacking.Unpack(table, packed, rowMajor);
        return [.. SlotsOf(table, isState).Select(slot => slot with { Name = prefix + slot.Name }).Select(slot => slot.Of(rowMajor))];
    }

    private static string WeightsText(NetworkSession session) => session.ClassWeights.IsEmpty
        ? RunIdentity.None
        : string.Join(' ', session.ClassWeights.Select(static weight => CheckpointFields.Of(weight)));

    private static string StatePrefix(int part) => string.Create(CultureInfo.InvariantCulture, $"optimizer.{part}.");
}
