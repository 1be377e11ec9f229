using System.Text;

namespace NativeNet.Compiler.Emit.C;

/// <summary>A file of a network in C.</summary>
/// <param name="Name">Its name, without a folder.</param>
/// <param name="Content">Its bytes.</param>
internal readonly record struct CFile(string Name, byte[] Content)
{
    /// <summary>A file of text.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="text">The text.</param>
    public CFile(string name, string text)
        : this(name, Encoding.UTF8.GetBytes(text))
    {
    }
}
