namespace NativeNet.Compiler.Planning;

/// <summary>How the memory of one buffer may stand to that of another, strictest first.</summary>
internal enum Sharing
{
    /// <summary>They are needed at once.</summary>
    None,

    /// <summary>The one may take exactly the place of the other, so that each of its elements follows the element that was there.</summary>
    SamePlace,

    /// <summary>They are never needed at once.</summary>
    Any,
}
