namespace NativeNet.Storage;

/// <summary>What a path can name.</summary>
internal enum FileKind
{
    /// <summary>A file of bytes.</summary>
    Regular,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A symbolic link.</summary>
    Link,

    /// <summary>A pipe, a socket or a device.</summary>
    Other,
}
