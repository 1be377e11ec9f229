using System.Globalization;
using System.Text;
using NativeNet.Program.CommandLine;

namespace NativeNet.Program.Bench;

/// <summary>Writes figures as one JSON object in UTF-8, for programs.</summary>
/// <remarks>By hand: the base library's serializer would double the binary, and no name needs escaping.</remarks>
internal static class BenchJson
{
    /// <summary>The object, in SI units: seconds, bytes, operations a second; shares are 1 for all of it.</summary>
    public static byte[] Write(BenchResult result) => Encoding.UTF8.GetBytes($$"""
        {
          "version": "{{Application.Version}}",
          "vectorBits": {{Number(InstructionSet.VectorBits)}},
          "threads": {{Number(result.Threads)}},
          "fmaLoopFlops": {{Number(2 * result.FmaLoop.Rate)}},
          "memory": [
            {{Lines(4, result.Memory.Select(Memory))}}
          ],
          "networks": [
            {{Lines(4, result.Networks.Select(network => Network(network, result.FmaLoop)))}}
          ]
        }

        """);

    private static string Memory(Measurement measurement)
        => Object(("name", Text(measurement.Workload.Name)), ("bytesPerSecond", Number(measurement.Rate)));

    private static string Network(NetworkResult network, Measurement fmaLoop) => $$"""
        {
              "name": "{{network.Name}}",
              "shape": "{{network.Shape}}",
              "batchSize": {{Number(network.BatchSize)}},
              "measurements": [
                {{Lines(8, network.Measurements.Select(measurement => Row(measurement, fmaLoop)))}}
              ]
            }
        """;

    private static string Row(Measurement measurement, Measurement fmaLoop) => Object(
        ("name", Text(measurement.Workload.Name)),
        ("threads", Number(measurement.Workload.Threads)),
        ("samples", Number(measurement.Workload.Samples)),
        ("multiplyAdds", Number(measurement.Workload.Work)),
        ("seconds", Number(measurement.Seconds)),
        ("samplesPerSecond", Number(measurement.SamplesPerSecond)),
        ("shareOfFmaLoop", Number(measurement.ShareOf(fmaLoop))),
        ("allocatedBytes", Number(measurement.AllocatedBytes)));

    private static string Object(params IEnumerable<(string Name, string Value)> fields)
        => $"{{ {string.Join(", ", fields.Select(static field => $"\"{field.Name}\": {field.Value}"))} }}";

    private static string Lines(int indentation, IEnumerable<string> elements)
        => string.Join(",\n" + new string(' ', indentation), elements);

    private static string Text(string value) => $"\"{value}\"";

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);
}
