using System.Xml.Linq;

namespace NativeNet.Tests.Cli;

/// <summary>Reads pictures, and checks that no text begins, ends or is held outside of them.</summary>
internal static class SvgFile
{
    /// <summary>The namespace of its elements.</summary>
    public static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>At most so many pixels a letter takes on average, relative to the size of the font.</summary>
    private const double LetterWidth = 0.6;

    /// <summary>All texts, in the order of drawing.</summary>
    public static string[] Texts(string path) => [.. Read(path).Select(static text => text.Value)];

    /// <summary>The texts of the legend.</summary>
    public static string[] Legend(string path)
        => [.. Read(path).Where(static text => (string?)text.Attribute("text-anchor") == "start").Select(static text => text.Value)];

    private static XElement[] Read(string path)
    {
        XElement root = XDocument.Load(path).Root!;
        (double width, double height) = ((double)root.Attribute("width")!, (double)root.Attribute("height")!);
        XElement[] texts = [.. root.Descendants(Svg + "text")];
        foreach (XElement text in texts)
        {
            (double x, double y) = ((double)text.Attribute("x")!, (double)text.Attribute("y")!);
            double length = text.Value.Length * LetterWidth * ((double?)text.Attribute("font-size") ?? 13);
            double before = (string?)text.Attribute("text-anchor") switch { "start" => 0, "end" => length, _ => length / 2 };
            if (text.Attribute("transform") is null)
                Assert.True(x - before >= 0 && x - before + length <= width && y >= 0 && y <= height, $"'{text.Value}' at {x}, {y} leaves {width} x {height}");
            else
                Assert.True(y - before >= 0 && y + before <= height && x >= 13 && x <= width, $"'{text.Value}', upwards at {x}, {y}, leaves {width} x {height}");
        }

        return texts;
    }
}
