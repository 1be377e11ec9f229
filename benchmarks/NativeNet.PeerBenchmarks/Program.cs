using BenchmarkDotNet.Running;
using NativeNet.PeerBenchmarks;

List<Type> benchmarks = [typeof(OnnxRuntimeBenchmarks<>)];
if (TorchLibrary.WhyNotLoaded() is { } reason)
    await Console.Error.WriteLineAsync($"TorchSharpBenchmarks are left out: {reason}").ConfigureAwait(false);
else
    benchmarks.Add(typeof(TorchSharpBenchmarks<>));

BenchmarkSwitcher.FromTypes([.. benchmarks]).Run(args);
