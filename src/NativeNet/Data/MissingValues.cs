namespace NativeNet.Data;

/// <summary>What becomes of rows of a CSV file in which an input is empty, <c>?</c>, <c>NA</c>, <c>N/A</c>, <c>NaN</c> or <c>null</c>, in any case.</summary>
public enum MissingValues
{
    /// <summary>They are an error.</summary>
    Refused,

    /// <summary>They are left out.</summary>
    Dropped,

    /// <summary>The input becomes the mean of those of its column that are there, in the file's order, in double precision.</summary>
    Mean,
}
