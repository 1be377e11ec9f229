using System.Text;

namespace NativeNet.Compiler.Emit;

/// <summary>Writes code and owns its indentation: every line of every text is indented to the current depth, directives of C not at all.</summary>
/// <param name="hasBracesBehind">Whether an open brace stands behind its header, as C has it, and not below.</param>
internal sealed class SourceWriter(bool hasBracesBehind = false)
{
    private readonly StringBuilder _text = new();
    private int _depth;
    private bool _blankPending;

    /// <summary>Writes one or more lines.</summary>
    public void Write(Code code) => Write(code.ToString());

    /// <inheritdoc cref="Write(Code)"/>
    public void Write(string lines)
    {
        foreach (string line in lines.Replace("\r", "").Split('\n'))
        {
            if (line.Length == 0)
            {
                Blank();
                continue;
            }

            if (_blankPending)
                _text.Append('\n');
            _blankPending = false;
            bool isDirective = hasBracesBehind && line[0] == '#';
            _text.Append(' ', isDirective ? 0 : 4 * _depth).Append(line).Append('\n');
        }
    }

    /// <summary>Asks for one blank line before the next text; several in a row, or one before a brace, are one or none.</summary>
    public void Blank() => _blankPending = true;

    /// <summary>Writes a header and an open brace; the closing brace comes when the result is disposed.</summary>
    public Block BeginBlock(Code header) => BeginBlock(header.ToString());

    /// <summary>Indents what follows until the result is disposed.</summary>
    public Indentation Indent()
    {
        _depth++;
        return new Indentation(this);
    }

    /// <summary>Opens a bare scope.</summary>
    public Block BeginBlock()
    {
        Write("{");
        _depth++;
        return new Block(this);
    }

    /// <inheritdoc cref="BeginBlock(Code)"/>
    public Block BeginBlock(string header)
    {
        if (!hasBracesBehind)
        {
            Write(header);
            return BeginBlock();
        }

        Write(header + " {");
        _depth++;
        return new Block(this);
    }

    public override string ToString() => _text.ToString();

    /// <summary>One more step to the right.</summary>
    internal readonly struct Indentation(SourceWriter writer) : IDisposable
    {
        public void Dispose() => writer._depth--;
    }

    /// <summary>An open brace; nesting in the emitter mirrors nesting in the output.</summary>
    internal readonly struct Block(SourceWriter writer) : IDisposable
    {
        public void Dispose()
        {
            writer._depth--;
            writer._blankPending = false;
            writer.Write("}");
        }
    }
}
