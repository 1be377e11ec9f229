using NativeNet.Description.Syntax;

namespace NativeNet.Program.CommandLine;

/// <summary>Finds unknown commands and options and missing values before the command line is parsed.</summary>
/// <remarks>The help texts are the list of what exists; an option takes one value, unless it stands there without one.</remarks>
internal static class ArgumentCheck
{
    /// <summary>Writes <c>--name=value</c> as two arguments.</summary>
    public static string[] Normalize(string[] arguments)
        => [.. arguments.SelectMany(static argument => argument.StartsWith("--", StringComparison.Ordinal)
            ? argument.Split('=', 2)
            : [argument])];

    /// <summary>Checks a command line that does not ask for help.</summary>
    /// <exception cref="UsageException">A command or an option is unknown, comes twice, or lacks its value.</exception>
    public static void Check(ReadOnlySpan<string> arguments)
    {
        string command = arguments[0];
        string[] options = HelpText.Options(command)
            ?? throw new UsageException($"unknown {(IsOption(command) ? "option" : "command")} '{command}'; {Suggest(command, HelpText.Commands)}");

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 1; i < arguments.Length; i++)
        {
            string argument = arguments[i];
            if (argument.Length == 0)
                throw new UsageException("an argument is empty; leave it out or give it a value");
            if (!IsOption(argument))
                continue;

            if (!options.Contains(argument, StringComparer.Ordinal))
                throw new UsageException($"{command} has no option '{argument}'; {Suggest(argument, options)}");
            if (!seen.Add(argument))
                throw new UsageException($"{argument} is given twice; once is enough");
            if (HelpText.IsSwitch(command, argument))
                continue;
            if (i + 1 == arguments.Length || arguments[i + 1].Length == 0 || options.Contains(arguments[i + 1], StringComparer.Ordinal))
                throw new UsageException($"{argument} needs a value; see {Application.Program.Name} {command} --help");
            i++;
        }
    }

    /// <summary>Puts the options and their values first: arguments that go on to the end would swallow what follows them.</summary>
    /// <param name="arguments">A command line that was checked.</param>
    public static string[] OptionsFirst(ReadOnlySpan<string> arguments)
    {
        List<string> options = [arguments[0]], others = [];
        for (int i = 1; i < arguments.Length; i++)
        {
            if (IsOption(arguments[i]) && HelpText.IsSwitch(arguments[0], arguments[i]))
                options.Add(arguments[i]);
            else if (IsOption(arguments[i]))
                options.AddRange(arguments[i], arguments[++i]);
            else
                others.Add(arguments[i]);
        }

        return [.. options, .. others];
    }

    private static bool IsOption(string argument) => argument.Length > 1 && argument[0] == '-';

    private static string Suggest(string word, string[] known)
        => known.Length == 0 ? "it takes none" : Spelling.Suggest(word, known);
}
