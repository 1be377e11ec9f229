using System.ComponentModel;

namespace NativeNet.Kernels;

/// <summary>The taps of a window over frames that lie in the signal: all but those before its first frame.</summary>
/// <param name="First">The first of them.</param>
/// <param name="Count">How many there are, at least 1.</param>
/// <param name="Slot">
/// Where the first one's frame would be in the ring, if the window's were the first of its stretch: as far behind it as the
/// window's frame is in the stretch, it is in memory.
/// </param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct FrameTaps(int First, int Count, int Slot);
