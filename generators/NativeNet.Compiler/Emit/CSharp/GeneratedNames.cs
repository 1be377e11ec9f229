namespace NativeNet.Compiler.Emit.CSharp;

/// <summary>How generated code names things, so that no name of the user's can come between.</summary>
/// <remarks>
/// The face stands in the user's struct, among names of the user's, and takes every name from <c>global::</c>. The rest
/// stands in a namespace of the network's own, whose using directives are inside it: what they find comes before the
/// types of every namespace around, global using directives, and the local functions of a program.
/// </remarks>
internal static class GeneratedNames
{
    /// <summary>The class of a network's lengths and offsets.</summary>
    public const string Layout = "Layout";

    /// <summary>The class of a network's operations.</summary>
    public const string Operations = "Operations";

    /// <summary>
    /// The attributes of generated types and, in the user's struct, of members with bodies. A processor runs the kernels of
    /// one width alone; without the second attribute the others would count as code that no test reaches.
    /// </summary>
    /// <remarks>Not those of the struct itself: its other parts are the user's, who may have put the same attribute there.</remarks>
    public static string Attributes { get; } =
        $"[global::System.CodeDom.Compiler.GeneratedCode(\"NativeNet\", {Literal.Of(Version)}), global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]";

    /// <summary>The version of the compiler, as packages count it.</summary>
    public static string Version => typeof(GeneratedNames).Assembly.GetName().Version!.ToString(3);
}
