namespace NativeNet.Program.Plots;

/// <summary>Leaves out points that cannot be seen.</summary>
internal static class PixelColumns
{
    /// <summary>Of the points that share a column of pixels keeps the outermost, in their order: the drawing is the same.</summary>
    /// <param name="points">From left to right.</param>
    /// <param name="axis">The horizontal axis.</param>
    public static IEnumerable<(double X, double Y)> Thin(IReadOnlyList<(double X, double Y)> points, Axis axis)
    {
        int start = 0;
        while (start < points.Count)
        {
            int end = start + 1;
            while (end < points.Count && (int)axis.Pixel(points[end].X) == (int)axis.Pixel(points[start].X))
                end++;

            (int lowest, int highest) = (start, start);
            for (int i = start; i < end; i++)
            {
                lowest = points[i].Y < points[lowest].Y ? i : lowest;
                highest = points[i].Y > points[highest].Y ? i : highest;
            }

            foreach (int i in new SortedSet<int> { start, lowest, highest, end - 1 })
                yield return points[i];
            start = end;
        }
    }
}
