namespace NativeNet.Program.CommandLine;

/// <summary>In which order the axes of images enter and leave a graph.</summary>
internal enum ImageOrder
{
    /// <summary>Samples, channels, rows, columns.</summary>
    Nchw,

    /// <summary>Samples, rows, columns, channels: the order in which they lie here.</summary>
    Nhwc,
}
