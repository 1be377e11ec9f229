using ConsoleAppFramework;

namespace NativeNet.Program.CommandLine;

/// <summary>The axes of images: <c>nchw</c> or <c>nhwc</c>.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class ImagesAttribute : Attribute, IArgumentParser<ImageOrder?>
{
    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, out ImageOrder? result)
    {
        result = s switch
        {
            "nchw" => ImageOrder.Nchw,
            "nhwc" => ImageOrder.Nhwc,
            _ => throw new UsageException($"--images must be nchw or nhwc, not '{s}'"),
        };
        return true;
    }
}
