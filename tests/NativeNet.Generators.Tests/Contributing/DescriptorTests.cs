using NativeNet.Generators.Diagnostics;
using NativeNet.Generators.Tests.Description;

namespace NativeNet.Generators.Tests.Contributing;

public sealed class DescriptorTests
{
    [Fact]
    public void The_release_file_lists_every_descriptor_in_order()
    {
        string release = File.ReadAllText(
            Path.Combine(ModelFiles.Root, "generators", "NativeNet.Generators", "AnalyzerReleases.Unshipped.md"));

        Assert.Equal(
            Descriptors.All().Select(static rule => $"{rule.Id} | {rule.Category} | {rule.DefaultSeverity} | {rule.Title}"),
            release.Split('\n').Where(static line => line.StartsWith("NNET", StringComparison.Ordinal)));
        Assert.Equal(Descriptors.All().Select(static rule => rule.Id).Order(StringComparer.Ordinal).Distinct(), Descriptors.All().Select(static rule => rule.Id));
    }
}
