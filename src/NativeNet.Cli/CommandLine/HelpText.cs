using System.Globalization;
using System.Text;
using NativeNet.Cli.Networks;

namespace NativeNet.Cli.CommandLine;

/// <summary>What <c>--help</c> and <c>--version</c> print; also the list of commands and options that exist.</summary>
internal static class HelpText
{
    private const string Overview = """
        Trains and runs the neural networks that are compiled into this binary.

        Usage: nativenet COMMAND [ARGUMENT...] [--OPTION VALUE...]

        Commands:
          train     train a network and say how well it does on data it has not seen
          eval      say how well trained weights do
          predict   classify rows of numbers
          info      list the networks, or show how one is computed
          bench     measure speed, and how close it is to what the processor can do
          selftest  compare this binary's kernels with the reference, bit for bit

        nativenet COMMAND --help tells more; nativenet --version tells the version.

        Exit codes: 0 done, 1 a file is missing or wrong or a test failed, 2 wrong command line,
        3 learning broke down, 130 stopped by Ctrl-C.
        """;

    private const string Train = """
        Trains a network, then says how well it does on data it has not seen.

        Usage: nativenet train [NETWORK] [--OPTION VALUE...]

        NETWORK is digits when left out. Its epochs and learning rate unless you choose others:
        {networks}

        Options:
          --data PATH          a folder with the four IDX files of MNIST, or a CSV file: pixels as predict takes
                               them, then the label; every fifth row is held out for the test; plain or gzipped;
                               the built-in digits when left out, for networks of 64 inputs
          --epochs N           passes through the training data, 1 to 1000000
          --learning-rate R    above 0; for sgd the network's own (above), for momentum and nesterov a tenth of it,
                               for adam and adamw 0.001
          --rule RULE          sgd, momentum, nesterov, adam or adamw; default sgd
          --weight-decay D     0 or more; default 0, for adamw 0.01
          --seed S             decides first weights and order of samples, 0 to 18446744073709551615; default 42
          --output FILE        saves the trained weights as safetensors
          --json FILE          saves the result as one JSON object

        Examples:
          nativenet train
          nativenet train digits --epochs 30 --rule adam --output digits.safetensors
          nativenet train mnist --data ~/mnist --json result.json
        """;

    private const string Eval = """
        Says how well trained weights do on the test part of a data set.

        Usage: nativenet eval NETWORK --weights FILE [--data PATH]

        Options:
          --weights FILE       the weights that nativenet train --output saved
          --data PATH          as for train: its test files, or every fifth row of a CSV file

        Example:
          nativenet eval digits --weights digits.safetensors
        """;

    private const string Predict = """
        Classifies rows of numbers: prints the class and its probability, a line for each row.

        Usage: nativenet predict NETWORK --weights FILE [FILE]

        FILE holds one row of numbers for each sample, separated by commas, semicolons or tabs, without labels;
        standard input when left out or -. Numbers are pixels as the data set has them: 0 to 16 for the digits,
        0 to 255 for MNIST.

        Options:
          --weights FILE       the weights that nativenet train --output saved

        Example:
          nativenet predict digits --weights digits.safetensors < rows.csv
        """;

    private const string Info = """
        Lists the networks, or shows how one is computed: layers, sizes, order of summation, kernels.

        Usage: nativenet info [NETWORK]

        Example:
          nativenet info digits
        """;

    private const string Bench = """
        Measures one sample, forward passes, gradients, training steps and their parts, all in one run of a few seconds.

        Usage: nativenet bench [NETWORK] [--OPTION VALUE...]

        Every network when none is named. A share is that of a loop of fused multiply-adds between registers, measured
        in the same rounds; times are the shortest seen. Other work on the machine disturbs: see benchmarks/README.md.

        Options:
          --threads N          threads that share a training step, 1 to 256; default 1
          --json FILE          saves the figures as one JSON object

        Examples:
          nativenet bench
          nativenet bench mnist --threads 2 --json mnist.json
        """;

    private const string SelfTest = """
        Compares this binary's kernels with the scalar reference, bit for bit, and repeats a fixed training run.

        Usage: nativenet selftest

        Prints what fails and last a line "N passed, N failed".
        """;

    /// <summary>The commands.</summary>
    public static string[] Commands => ["train", "eval", "predict", "info", "bench", "selftest"];

    /// <summary>What to print instead of running a command; null when the arguments do not ask for it.</summary>
    public static string? Find(string[] arguments)
    {
        string first = arguments.Length == 0 ? "--help" : arguments[0];
        if (first == "--version")
            return $"nativenet {Application.Version}";
        if (first is "--help" or "-h" or "help")
            return (arguments.Length > 1 ? Render(arguments[1]) : null) ?? Overview;

        bool isAsked = arguments.Contains("--help", StringComparer.Ordinal) || arguments.Contains("-h", StringComparer.Ordinal);
        return isAsked ? Render(first) : null;
    }

    /// <summary>The options of a command, as its help text has them; null for an unknown command.</summary>
    public static string[]? Options(string command)
        => Of(command) is { } text
            ? [.. text.Split('\n').Where(static line => line.StartsWith("  --", StringComparison.Ordinal)).Select(static line => line.Split(' ')[2])]
            : null;

    private static string? Render(string command)
        => Of(command)?.Replace("{networks}", NetworkTable(), StringComparison.Ordinal);

    private static string? Of(string command) => command switch
    {
        "train" => Train,
        "eval" => Eval,
        "predict" => Predict,
        "info" => Info,
        "bench" => Bench,
        "selftest" => SelfTest,
        _ => null,
    };

    private static string NetworkTable()
    {
        var table = new StringBuilder();
        foreach (CompiledNetwork network in NetworkCatalog.All)
        {
            table.Append(table.Length == 0 ? "" : "\n").Append(CultureInfo.InvariantCulture,
                $"  {network.Name,-12} {network.Defaults.Epochs,4} epochs, rate {network.Defaults.LearningRate,-6} on {network.Defaults.Data.Name}");
        }

        return table.ToString();
    }
}
