using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NativeNet.Description;

namespace NativeNet.Compiler;

/// <summary>One number for what a network computes.</summary>
internal static class NetworkFingerprint
{
    /// <summary>The SHA-256 of the network's JSON; advice on its training, the names of classes and budgets may change between checkpoints.</summary>
    /// <param name="spec">A network that passed validation.</param>
    /// <returns>64 lowercase hexadecimal digits.</returns>
    [SuppressMessage("Performance", "CA1850", Justification = "The generator's framework has no static method.")]
    public static string Of(NetworkSpec spec)
    {
        using var hash = SHA256.Create();
        byte[] digest = hash.ComputeHash(Encoding.UTF8.GetBytes(NetworkJson.Write(spec with { Training = null, Classes = default, Budget = null })));
        return string.Concat(digest.Select(static part => part.ToString("x2", CultureInfo.InvariantCulture)));
    }
}
