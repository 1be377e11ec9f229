using System.Globalization;
using System.Net;
using System.Text;
using NativeNet.Storage;

namespace NativeNet.Program.Plots;

/// <summary>An SVG picture in the making: white, sizes in pixels, numbers the same in every culture.</summary>
internal sealed class SvgCanvas
{
    private readonly StringBuilder _svg = new();

    /// <summary>Begins a picture.</summary>
    /// <param name="width">Its width.</param>
    /// <param name="height">Its height.</param>
    public SvgCanvas(int width, int height)
    {
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" font-size=\"13\">");
        Add($"<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>");
    }

    /// <summary>Adds an element.</summary>
    /// <param name="element">Its text; what comes from outside must not be in it.</param>
    public void Add(FormattableString element) => _svg.Append(element.ToString(CultureInfo.InvariantCulture)).Append('\n');

    /// <summary>Adds a line of text.</summary>
    /// <param name="x">Where it is held.</param>
    /// <param name="y">Its base line.</param>
    /// <param name="anchor">What is held at x: <c>start</c>, <c>middle</c> or <c>end</c>.</param>
    /// <param name="text">Any text.</param>
    /// <param name="attributes">More attributes, each with a blank before it.</param>
    public void Text(double x, double y, string anchor, string text, string attributes = "")
        => Add($"<text x=\"{x:F1}\" y=\"{y:F1}\" text-anchor=\"{anchor}\"{attributes}>{WebUtility.HtmlEncode(text)}</text>");

    /// <summary>Adds the title of the picture.</summary>
    /// <param name="x">The middle.</param>
    /// <param name="text">Any text.</param>
    public void Title(double x, string text) => Text(x, 28, "middle", text, " font-size=\"16\"");

    /// <summary>Adds a line of text that runs upwards.</summary>
    /// <param name="x">Its base line.</param>
    /// <param name="y">Its middle.</param>
    /// <param name="text">Any text.</param>
    public void TextUpwards(double x, double y, string text)
        => Text(x, y, "middle", text, string.Create(CultureInfo.InvariantCulture, $" transform=\"rotate(-90 {x} {y:F1})\""));

    /// <summary>Ends the picture and puts it into a file.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => AtomicFile.Write(path, Encoding.UTF8.GetBytes(_svg + "</svg>\n"));
}
