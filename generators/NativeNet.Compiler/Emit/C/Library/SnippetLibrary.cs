namespace NativeNet.Compiler.Emit.C.Library;

/// <summary>The functions that a network's C file carries with it: those that are called, and no others.</summary>
internal sealed class SnippetLibrary
{
    /// <summary>All there are, each behind those that it calls.</summary>
    private static readonly Snippet[] All =
        [.. Arithmetic.Snippets, .. Elementary.Snippets, .. ActivationFunctions.Snippets, .. Sums.Snippets, .. Randomness.Snippets, .. Tiles.Snippets];

    private readonly HashSet<string> _used = [];

    /// <summary>Has a function written.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The name, for the call.</returns>
    public string Use(string name)
    {
        if (_used.Add(name))
        {
            foreach (string needed in All.First(snippet => snippet.Name == name).Needs)
                Use(needed);
        }

        return name;
    }

    /// <summary>Whether a function is written.</summary>
    public bool Has(string name) => _used.Contains(name);

    /// <summary>Writes what was asked for.</summary>
    public void Emit(SourceWriter writer)
    {
        foreach (Snippet snippet in All.Where(snippet => _used.Contains(snippet.Name)))
        {
            writer.Blank();
            writer.Write(snippet.Text);
        }
    }
}
