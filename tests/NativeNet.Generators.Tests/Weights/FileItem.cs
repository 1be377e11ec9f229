using System.Collections;
using Microsoft.Build.Framework;

namespace NativeNet.Generators.Tests.Weights;

/// <summary>A file as MSBuild hands it to a task.</summary>
internal sealed class FileItem(string path) : ITaskItem
{
    public string ItemSpec { get; set; } = Path.GetFileName(path);

    public ICollection MetadataNames => Array.Empty<string>();

    public int MetadataCount => 0;

    public string GetMetadata(string metadataName) => metadataName == "FullPath" ? path : "";

    public void SetMetadata(string metadataName, string metadataValue) => throw new NotSupportedException();

    public void RemoveMetadata(string metadataName) => throw new NotSupportedException();

    public void CopyMetadataTo(ITaskItem destinationItem) => throw new NotSupportedException();

    public IDictionary CloneCustomMetadata() => throw new NotSupportedException();
}
