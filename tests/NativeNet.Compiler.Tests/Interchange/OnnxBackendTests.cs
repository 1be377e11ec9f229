extern alias runner;

using NativeNet.Storage;
using runner::NativeNet.Program.Interchange.Onnx;

namespace NativeNet.Compiler.Tests.Interchange;

/// <summary>
/// ONNX's own tests of operators and models: what is imported gives their results, all else is named. They come with ONNX, in
/// Debian's package <c>libonnx-testdata</c>:
/// <c>NATIVENET_ONNX=/usr/share/libonnx-testdata/data dotnet test --project tests/NativeNet.Compiler.Tests --filter-class '*.OnnxBackendTests' --show-live-output on</c>.
/// </summary>
public sealed class OnnxBackendTests
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("NATIVENET_ONNX");

    /// <param name="part">A folder of tests.</param>
    /// <param name="least">How many of them have been imported before.</param>
    [Theory]
    [InlineData("node", 170)]
    [InlineData("pytorch-converted", 55)]
    [InlineData("pytorch-operator", 13)]
    [InlineData("simple", 1)]
    public void Every_test_is_imported_and_agrees_or_its_obstacle_is_named(string part, int least)
    {
        Assert.SkipWhen(Folder is null, "NATIVENET_ONNX does not say where the tests are");
        var reasons = new Dictionary<string, int>(StringComparer.Ordinal);
        (int imported, double worst) = (0, 0);
        string[] tests = [.. Directory.GetDirectories(Path.Combine(Folder, part)).Where(static test => File.Exists(Path.Combine(test, "model.onnx"))).Order(StringComparer.Ordinal)];
        foreach (string test in tests)
        {
            try
            {
                OnnxCheck check = new(Import(test));
                (_, double difference) = check.Run(Path.Combine(test, "test_data_set_0"));
                Assert.True(difference <= check.Tolerance, $"{test}: {difference:G3}, {check.Tolerance:G3} allowed");
                imported++;
                worst = Math.Max(worst, difference);
            }
            catch (StorageFormatException exception)
            {
                string reason = exception.Message[(exception.Message.IndexOf(": ", StringComparison.Ordinal) + 2)..];
                reason = reason.StartsWith("node '", StringComparison.Ordinal) ? reason[(reason.IndexOf("' (", StringComparison.Ordinal) + 2)..] : reason;
                reasons[reason] = reasons.GetValueOrDefault(reason) + 1;
            }
        }

        foreach (IGrouping<string, (string Reason, int Count)> kind in reasons.Select(static reason => (Reason: reason.Key, Count: reason.Value)).GroupBy(static reason => KindOf(reason.Reason)).OrderByDescending(static kind => kind.Sum(static reason => reason.Count)))
        {
            TestContext.Current.TestOutputHelper!.WriteLine($"{kind.Sum(static reason => reason.Count),5} {kind.Key}");
            foreach ((string reason, int count) in kind.OrderByDescending(static reason => reason.Count))
                TestContext.Current.TestOutputHelper!.WriteLine($"      {count,5} {reason}");
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{part}: {imported} of {tests.Length} imported, the largest difference is {worst:G3} of the largest value; the others are named above");
        Assert.Equal(tests.Length, imported + reasons.Values.Sum());
        Assert.True(imported >= least, $"{imported} of {tests.Length} were imported, {least} before");
    }

    /// <summary>What kind of obstacle a reason is, for a table of them.</summary>
    private static string KindOf(string reason) => reason switch
    {
        _ when reason.Contains("has elements of type", StringComparison.Ordinal) => "the input is of integers, truths, texts or floats of another size",
        _ when reason.StartsWith("the graph has the outputs", StringComparison.Ordinal) => "there are several outputs",
        _ when reason.Contains("has no layer that computes it", StringComparison.Ordinal) => "no layer computes the operator",
        _ when reason.Contains("has no shape", StringComparison.Ordinal) || reason.Contains(" axes; a sample has at most", StringComparison.Ordinal) || reason.Contains("is longer than", StringComparison.Ordinal)
            => "the input has no shape, more than four axes, or an axis beyond the limit",
        _ when reason.Contains("does not depend on", StringComparison.Ordinal) || reason.Contains("is its input", StringComparison.Ordinal) => "nothing is computed of the input",
        _ when reason.Contains("samples", StringComparison.Ordinal) || reason.Contains("sample to sample", StringComparison.Ordinal) => "samples are joined, cut, moved or treated differently",
        _ when reason.Contains("is a constant", StringComparison.Ordinal) || reason.Contains("depends on the sample", StringComparison.Ordinal) => "a constant stands where a value would, or the other way round",
        _ => "the operator has a form that no layer has",
    };

    /// <summary>The network of a test, whose inputs but for the first are constants of the graph.</summary>
    private static OnnxImport Import(string test)
    {
        OnnxModel model = OnnxReader.ReadModel(Path.Combine(test, "model.onnx"));
        HashSet<string> initializers = [.. model.Initializers.Select(static tensor => tensor.Name)];
        string[] inputs = [.. model.Inputs.Select(static input => input.Name).Where(name => !initializers.Contains(name))];
        model = model with
        {
            Initializers = [.. model.Initializers, .. inputs.Skip(1).Select((name, i) => OnnxReader.ReadTensor(Path.Combine(test, "test_data_set_0", $"input_{i + 1}.pb")) with { Name = name })],
        };
        try
        {
            return OnnxImport.Of(test, model);
        }
        catch (StorageFormatException exception) when (exception.Message.Contains("no network of this format", StringComparison.Ordinal) || exception.Message.Contains("there is no layer in between", StringComparison.Ordinal))
        {
            // A network has parameters; slopes of 1 change no bit.
            OnnxValueInfo input = model.Inputs.First(value => value.Name == inputs[0]);
            var slopes = new OnnxNode("", "PRelu", "", ["before", "slope 1"], [input.Name], []);
            return OnnxImport.Of(test, model with
            {
                Nodes = model.Nodes.Insert(0, slopes),
                Initializers = model.Initializers.Add(OnnxWriter.Floats("slope 1", [], [1])),
                Inputs = model.Inputs.Replace(input, input with { Name = "before" }),
            });
        }
    }
}
