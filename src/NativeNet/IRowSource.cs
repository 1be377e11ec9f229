namespace NativeNet;

/// <summary>What puts the inputs of a batch into place.</summary>
internal interface IRowSource
{
    /// <summary>Gathers the inputs of some samples of the batch; other threads do it for others at the same time.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="count">How many.</param>
    void GatherInputs(int first, int count);
}
