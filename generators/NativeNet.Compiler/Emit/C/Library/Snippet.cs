namespace NativeNet.Compiler.Emit.C.Library;

/// <summary>A function of the numeric contract in C, which is written into a network's file where something calls it.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Needs">The names of those that it calls.</param>
/// <param name="Text">The C code.</param>
internal sealed record Snippet(string Name, string[] Needs, string Text);
