namespace System.Runtime.CompilerServices;

/// <summary>Lets <see cref="NativeNet.Compiler.Emit.CSharp.Code"/> receive interpolated strings; netstandard2.0 lacks it.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
internal sealed class InterpolatedStringHandlerAttribute : Attribute;
