namespace NativeNet;

/// <summary>Work in parts that have nothing to do with each other.</summary>
internal interface IParts
{
    /// <summary>Does a part, while other threads do others.</summary>
    /// <param name="part">Which one, from 0.</param>
    /// <param name="thread">The thread, from 0, the caller's.</param>
    void Run(int part, int thread);
}
