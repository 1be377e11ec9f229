using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace NativeNet.Compiler.Weights;

/// <summary>The two files that an attribute names, as it names them: by them the build and the generator mean the same weights.</summary>
/// <param name="Network">The network file.</param>
/// <param name="Weights">The file of its weights.</param>
internal sealed record WeightsPair(string Network, string Weights)
{
    /// <summary>The namespace of the classes that hold weights.</summary>
    public const string Namespace = "NativeNet.Packed";

    /// <summary>The class that holds the weights, in <see cref="Namespace"/>.</summary>
    [SuppressMessage("Performance", "CA1850", Justification = "The generator's framework has no static method.")]
    public string ClassName
    {
        get
        {
            using var hash = SHA256.Create();
            byte[] digest = hash.ComputeHash(Encoding.UTF8.GetBytes($"{Network}\n{Weights}"));
            return "Weights" + string.Concat(digest.Take(8).Select(static part => part.ToString("x2", CultureInfo.InvariantCulture)));
        }
    }
}
