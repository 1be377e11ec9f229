namespace NativeNet.Description;

/// <summary>Which value of a window a pooling layer takes.</summary>
public enum PoolKind
{
    /// <summary>The greatest; of equal ones the first.</summary>
    Max,

    /// <summary>The mean.</summary>
    Average,
}
