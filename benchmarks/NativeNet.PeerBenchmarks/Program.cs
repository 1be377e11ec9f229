using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativeNet.Benchmarks;
using NativeNet.ModelBenchmarks;
using NativeNet.PeerBenchmarks;
using NativeNet.Program;

// NativeNet.PeerBenchmarks [SECONDS [NETWORK...]]: 12 seconds for each of all networks, unless it is said.
double seconds = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 12;
string? reason = TorchLibrary.WhyNotLoaded();
bool hasTorch = reason is null;
if (!hasTorch)
    await Console.Error.WriteLineAsync($"libtorch is left out: {reason}").ConfigureAwait(false);

(string Name, Func<string, PeerComparison> Create)[] networks =
[
    ("DS-CNN", name => new PeerComparison<Keywords, FoldedKeywords, int>(name, hasTorch)),
    ("MobileNetV1 0.25", name => new PeerComparison<MobileNet, FoldedMobileNet, int>(name, hasTorch)),
    ("ResNet-8", name => new PeerComparison<ResNet8, FoldedResNet8, int>(name, hasTorch)),
    ("ResNet-8 without projections", name => new PeerComparison<PlainResNet8, FoldedPlainResNet8, int>(name, hasTorch)),
    ("wake word", name => new PeerComparison<WakeWord, FoldedWakeWord, int>(name, hasTorch)),
    ("autoencoder", name => new PeerComparison<Autoencoder, FoldedAutoencoder, float>(name, hasTorch)),
    ("digits", name => new PeerComparison<Digits, Digits, int>(name, hasTorch)),
    ("mnist", name => new PeerComparison<Mnist, Mnist, int>(name, hasTorch)),
    ("mnist-wide", name => new PeerComparison<MnistWide, MnistWide, int>(name, hasTorch)),
];

string compiled = RuntimeFeature.IsDynamicCodeCompiled ? "just in time" : "ahead of time";
Console.WriteLine($"{InstructionSet.Describe()}, {RuntimeInformation.FrameworkDescription}, compiled {compiled}");
Console.WriteLine();
PeerTable.WriteHead(Console.Out);
foreach ((string name, Func<string, PeerComparison> create) in networks)
{
    if (args.Length > 1 && !args.Skip(1).Contains(name, StringComparer.Ordinal))
        continue;

    using PeerComparison comparison = create(name);
    PeerTable.WriteRow(Console.Out, comparison.Measure(TimeSpan.FromSeconds(seconds)));
}
