using System.Globalization;
using System.Text;
using NativeNet.Program.Networks;
using NativeNet.Description;

namespace NativeNet.Program.CommandLine;

/// <summary>What <c>--help</c> and <c>--version</c> print; also the list of commands and options that exist.</summary>
internal static class HelpText
{
    private const string Overview = """
        Trains and runs neural networks: those that are compiled into this binary, and any in a file.

        Usage: nativenet COMMAND [ARGUMENT...] [--OPTION VALUE...]

        Commands:
          train       train a network and say how well it does on data it has not seen
          eval        say how well trained weights do
          predict     say what a network makes of rows of numbers
          sweep       train a network at several learning rates and compare the runs
          amplitudes  show how the weights of each layer grow in training
          plot        draw the logs of training runs over each other
          fold        take out of a trained network what predictions do not need
          export      write a network as C for microcontrollers, for PyTorch or as ONNX
          import      bring over a model of PyTorch or an ONNX file
          info        list the networks, or show how one is computed
          bench       measure speed, and how close it is to what the processor can do
          selftest    compare this binary's kernels with the reference, bit for bit

        NETWORK is the name of a compiled network, or a file: FILE.nn.json.

        nativenet COMMAND --help tells more; nativenet --version tells the version.

        Exit codes: 0 done, 1 a file is missing or wrong or a test failed, 2 wrong command line,
        3 learning broke down, 130 stopped by Ctrl-C or another signal. Files are replaced as a whole,
        and so is a symbolic link in the place of one.
        """;

    private const string Train = """
        Trains a network, then says how well it does on data it has not seen.

        Usage: nativenet train [NETWORK] [--OPTION VALUE...]

        NETWORK is {first} when left out. Epochs, rule, rate, momentum, weight decay, schedule and warm-up are those of the
        training section of its file, each unless you choose another:
        {networks}

        Options:
          --data PATH          a CSV file: a row a sample, numbers as predict takes them and the label, a class number or
                               a name in the network's classes, or the values to learn; plain or gzipped (which may
                               become 256 MiB, or a hundred times its size: beyond, decompress it first). Or a folder
                               with the four IDX files of MNIST or of a set in its form, or with a folder of images for
                               each class, perhaps in folders train and test: PNG, PGM or PPM of the network's size.
                               The built-in digits when left out, for networks made for them
          --label COLUMN       the column of a CSV file with the labels, by name or by position from 0; default the last.
                               Of networks that put out a signal or an image, the columns with a label for each of its
                               positions, named as those of --target; default the last ones
          --target COLUMN,...  of networks that learn values, the columns with the values, by name or by position, those
                               of several side by side as FIRST..LAST, in the order of the outputs: of a signal frame by
                               frame; default the last ones; input for the inputs themselves, which an autoencoder gives
                               back (of any data; a column that --label names is then left out)
          --delimiter C        what stands between its fields: one of , ; | : / tab or space; default the tab, semicolon
                               or comma that its first line has
          --header yes|no      whether its first line names the columns; default yes if none of its fields is a number
          --missing drop|mean  leaves out rows with missing values (empty, ?, NA, NaN, null), or fills in the mean of
                               the column; default an error
          --rows samples|frames
                               what a row is: a sample, the default, or a frame of the one signal that the file holds,
                               with the labels or values of that frame. It is cut into samples of as many frames as the
                               network takes; one that puts out a vector learns the targets of the last
          --test FILE|SHARE    the samples to be judged by: another CSV file, or the share of each class, above 0 and
                               below 1, that is held out at random; default every fifth. Of a stateful network, whose
                               samples are neighbours, the last share, the last fifth
          --weights FILE       the weights to begin with, in place of random ones: to fit a trained network to new data,
                               mostly with layers whose trainable is false in the network's file
          --layout nativenet   takes such weights that do not say in which order they lie for those of an older version
          --epochs N           passes through the training data, 1 to 1000000
          --learning-rate R    above 0; default that of the network's file (above). With another rule than the file's it
                               is 0.001 for adam and adamw, and for momentum and nesterov a tenth of that for sgd
          --rule RULE          sgd, momentum, nesterov, adam or adamw
          --weight-decay D     0 or more; with another rule than the file's 0, for adamw 0.01
          --decay-biases B     true or false: whether biases, and all tensors of one dimension, decay as weights do;
                               default what the file says, else true
          --seed S             decides first weights, order of samples and what is held out, 0 to 18446744073709551615;
                               default 42
          --schedule S         how the learning rate changes from epoch to epoch, see below
          --warmup N           epochs in which the rate rises to the schedule's, 0 to 1000000
          --validation SHARE   holds out this share of the training data, above 0 and below 1, and judges by it after
                               each epoch; the schedules plateau and accuracy then follow it. Held out at random, of a
                               stateful network the last
          --early-stop N       ends training when the loss on the held-out samples has not fallen for N epochs, 1 to
                               1000000, and keeps the weights of the epoch where it was lowest
          --class-weights balanced
                               multiplies the loss of each sample, and so its gradient, in training with samples /
                               (classes * samples of its class): rare classes count as much as common ones; of networks
                               that put out a signal or an image, the loss of each position
          --clip-norm X        brings gradients down to the norm X, above 0, over all parameters
          --accumulate N       takes each step with the mean gradient of N batches, 1 to 65536
          --threads N          threads that share each step, 1 to 256; the result is the same; default 1; not with
                               --clip-norm or --accumulate
          --output FILE        saves the trained weights as safetensors; without --checkpoint also when Ctrl-C ends the run
          --json FILE          saves the result as one JSON object
          --log FILE           writes a CSV file, a row for each epoch, which nativenet plot draws
          --checkpoint FILE    saves what it takes to continue, also when Ctrl-C ends the run
          --every N            epochs between two checkpoints, 1 to 1000000; default 10; the last epoch is always saved
          --resume FILE        continues from a checkpoint, given the same network, data and options as it was made
                               with; only --epochs, --threads and the files may differ

        Several processes, on one machine or on several, share each step too, and the result is the same again:
        mpirun -n N nativenet train ... (Open MPI). Each reads the data, the first prints and saves; a run goes on from its
        checkpoint with any number of them.

        Schedules, as factors on the rate; e counts epochs from 0, behind the warm-up:
          constant             1
          step:N:D             D^(e / N), rounded down: a cut to the share D every N epochs
          exponential:D        D^e
          inverseTime:N        1 / (1 + e / N)
          cosine:N[:F]         half a cosine from 1 to F (0) over N epochs
          plateau[:N[:D]]      D (0.1) once more whenever the loss has not improved for more than N (10) epochs
          accuracy[:S]         1 - S * (best accuracy so far), S 0.75

        Examples:
          nativenet train
          nativenet train digits --epochs 30 --rule adam --output digits.safetensors
          nativenet train mnist --data ~/mnist --json result.json
          nativenet train deep --schedule step:500:0.5 --warmup 10 --log deep.csv
          nativenet train iris.nn.json --data iris.csv --label species --output iris.safetensors
          nativenet train digits --epochs 1000 --validation 0.1 --early-stop 10
          nativenet train house.nn.json --data houses.csv --target price,rent --output house.safetensors
          nativenet train walk.nn.json --data walks.csv --label phase0..phase63 --output walk.safetensors
        """;

    private const string Eval = """
        Says how well trained weights do on the test part of a data set.

        Usage: nativenet eval NETWORK --weights FILE [--OPTION VALUE...]

        Options:
          --weights FILE       the weights that nativenet train --output saved
          --layout nativenet   takes weights that do not say in which order they lie for those of an older version
          --data PATH          as for train: its test files, or the rows of a CSV file that train holds out
          --label COLUMN, --target COLUMN,..., --delimiter C, --header yes|no, --missing drop|mean, --rows samples|frames
                               as for train
          --test FILE|SHARE, --seed S
                               as for train
          --top K              also the share of samples whose class is among the K with the greatest scores, 1 to the
                               number of classes; where a sample has a class for each of its positions, the report, the
                               accuracy and this are those of positions
          --report FOLDER      also, of a network that learns values, a line for each of them: metrics.csv, outputs.csv and
                               worst.csv; of a classifier the calibration error, the confusion matrix, and precision and recall of each class;
                               leaves them as metrics.csv, confusion.csv and classes.csv, and the samples of the highest
                               loss as worst.csv, counted from 0 in the test data; draws confusion.svg and, of images of
                               1 or 3 channels, worst.svg. K is 5 then when left out

        Examples:
          nativenet eval digits --weights digits.safetensors
          nativenet eval digits --weights digits.safetensors --top 3 --report report
        """;

    private const string Predict = """
        Says what a network makes of rows of numbers, or of images: a line for each, the class and its probability, or the
        values. Of a network that puts out a signal or an image, the line has every position's class and probability; in
        JSON they are the objects of an array.

        Usage: nativenet predict NETWORK --weights FILE [FILE | IMAGE...] [--OPTION VALUE...]

        FILE holds one row of numbers for each sample, separated by commas, semicolons or tabs, without labels or targets;
        standard input when left out or -. With --rows frames it holds a signal of any length, a frame a row, and there is a
        line for each as it arrives: of a network none of whose outputs depends on a later frame. Numbers are pixels as the
        data set has them: 0 to 16 for the digits, 0 to 255 for MNIST. Networks with binaryCrossEntropy tell the
        probability of each yes. An IMAGE is a PNG, PGM or PPM file of the size that the network takes.

        Options:
          --weights FILE       the weights that nativenet train --output saved
          --layout nativenet   takes weights that do not say in which order they lie for those of an older version
          --all                also the probability of every class
          --format csv|json    CSV, under a line of names where the rows have one, or a JSON object a line; default words
                               and numbers with blanks between
          --delimiter C, --header yes|no, --rows samples|frames
                               as for train

        Examples:
          nativenet predict digits --weights digits.safetensors < rows.csv
          nativenet predict mnist --weights mnist.safetensors three.png seven.png
          nativenet predict iris.nn.json --weights iris.safetensors --all --format json rows.csv
        """;

    private const string Sweep = """
        Trains a network by plain gradient descent at several learning rates and compares the runs.

        Usage: nativenet sweep [NETWORK] [--OPTION VALUE...]

        Runs as many trainings at a time as there are cores. Leaves a CSV file for each run, a row for each epoch, and
        figure-1.svg with all curves; prints a table: the last and the best accuracy on the training data, or mean
        absolute error, how far it was behind the best before at most, and whether, how and when learning broke down.
        NETWORK is {experimental} when left out. mpirun -n N nativenet sweep ... shares the runs among N processes.

        Options:
          --data PATH          as for train
          --label COLUMN, --target COLUMN,..., --delimiter C, --header yes|no, --missing drop|mean, --rows samples|frames
                               as for train
          --test FILE|SHARE    as for train
          --learning-rates R   rates above 0 with commas between; default 0.0035,0.035,2
          --epochs N           passes through the training data, 1 to 1000000; default the network's own
          --seeds N            tries each rate with seeds 1 to N, at most 1000; default 1
          --out FOLDER         gets the files, created when it is missing; default sweep

        Example:
          nativenet sweep deep --learning-rates 0.01,0.1 --seeds 3
        """;

    private const string Amplitudes = """
        Trains a network by plain gradient descent and shows how the weights of each layer grow.

        Usage: nativenet amplitudes [NETWORK] [--OPTION VALUE...]

        Leaves amplitudes.csv, a row for each epoch, in which layers.I.weights is the mean |w| of the layer at position I
        relative to that at the start, and amplitudes.svg, which draws these columns; says which layer changed most.
        NETWORK is {experimental} when left out.

        Options:
          --data PATH          as for train
          --label COLUMN, --target COLUMN,..., --delimiter C, --header yes|no, --missing drop|mean, --rows samples|frames
                               as for train
          --test FILE|SHARE    as for train
          --learning-rate R    above 0; default the network's own
          --epochs N           passes through the training data, 1 to 1000000; default the network's own
          --seed S             as for train; default 42
          --out FOLDER         gets the files, created when it is missing; default amplitudes

        Example:
          nativenet amplitudes deep --epochs 500
        """;

    private const string Plot = """
        Draws the logs of training runs over each other: a column by epoch, as SVG.

        Usage: nativenet plot RUN.csv... [--column NAME] [--output FILE]

        A log may belong to a run that is still going on.

        Options:
          --column NAME        a column of the logs: step, rate, loss, accuracy, validationLoss, validationAccuracy, of
                               networks that give values error and validationError in place of accuracies, or of the
                               layer at position I layers.I.weights, layers.I.gradients, layers.I.updates,
                               layers.I.dead; without layers.I. that of every layer; default accuracy or error
          --output FILE        the figure; default plot.svg

        Examples:
          nativenet plot slow.csv fast.csv --output both.svg
          nativenet plot deep.csv --column gradients
        """;

    private const string Import = """
        Brings over a model that was trained elsewhere: the weights of a PyTorch model, or a whole ONNX file.

        Usage: nativenet import pytorch NETWORK.nn.json --weights FILE --output FILE
               nativenet import onnx FILE.onnx --output FOLDER [--check PATH]

        From PyTorch a layer takes the weights of the module that has its name, or is called layers.I after its position;
        the others take, in the order of the layers and of the modules' names, the first that have their shapes. Prints
        every match. Channels go behind rows and columns, and the columns of a dense layer behind a flattened image
        follow. The two biases of a recurrent module become one. Floats of 16 bits are taken as they are, those of 64 are
        rounded; num_batches_tracked is left out.

        From ONNX the graph becomes FOLDER/FILE.nn.json and its tensors FOLDER/FILE.safetensors. Images of channels, rows
        and columns become rows, columns and channels, and the weights follow. What has no layer here is named with its
        node and the nearest way out. examples/other-frameworks.md tells which operators there are.

        Options:
          --weights FILE       the model's state dict as safetensors: safetensors.torch.save_file(model.state_dict(), FILE)
          --output PATH        gets the weights of NETWORK.nn.json; from ONNX the folder that gets both files
          --check PATH         predicts samples and compares with what the ONNX file gives for them: a CSV file whose
                               rows hold the numbers of the input and then those of the output, in the graph's order,
                               or a folder with the tensors input_0.pb and output_0.pb

        Examples:
          nativenet import pytorch lenet.nn.json --weights lenet-torch.safetensors --output lenet.safetensors
          nativenet import onnx lenet.onnx --output lenet --check samples.csv
        """;

    private const string Info = """
        Lists the networks, or shows how one is computed: layers, sizes, order of summation, kernels.

        Usage: nativenet info [NETWORK | FILE.nn.json]

        Examples:
          nativenet info digits
          nativenet info iris.nn.json
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

    private const string Fold = """
        Takes out of a trained network what predictions do not need: batchNorm becomes part of the dense or
        convolutional layer before it, dropout goes. Predictions stay the same but for rounding.

        Usage: nativenet fold NETWORK.nn.json --weights FILE --network FILE --output FILE

        Prints what became of each of these layers. A batchNorm stays, with the reason, where another layer,
        an activation or nothing comes before it, or where a second layer reads what comes before it.

        Options:
          --weights FILE       the weights of NETWORK.nn.json
          --layout nativenet   takes weights that do not say in which order they lie for those of an older version
          --network FILE       gets the network without these layers, to compile into a program
          --output FILE        gets its weights

        Example:
          nativenet fold net.nn.json --weights net.safetensors --network folded.nn.json --output folded.safetensors
        """;

    private const string Export = """
        Writes a network for other programs: as C99 for microcontrollers, as a state dict of PyTorch, as an ONNX file.

        Usage: nativenet export c NETWORK|FILE.nn.json --output FOLDER [--OPTION VALUE...]
               nativenet export pytorch NETWORK|FILE.nn.json --weights FILE --output FILE
               nativenet export onnx NETWORK|FILE.nn.json --weights FILE --output FILE.onnx [--images nchw|nhwc]

        As C: leaves NAME.h, NAME.c and, with weights, NAME_weights.c in the folder, to compile with any C99 or C++
        compiler; more than 300,000 weights lie in NAME_weights.bin, which NAME_weights.S includes, for gcc and clang.
        Results have the same bits as here; the self-test in the code tells whether they have on a device.
        For PyTorch: the tensors of each layer under its name, or layers.I after its position, in PyTorch's order of axes;
        nativenet import pytorch is the way back. As ONNX: operators of version 17 that predict, without training.

        Options:
          --output PATH        gets the files, the folder created when it is missing, or the file
          --weights FILE       the weights that nativenet train --output saved; left out, a device finds its own
          --layout nativenet   takes weights that do not say in which order they lie for those of an older version
          --rule RULE          how a device trains: sgd, momentum, nesterov, adam, adamw, or none for predictions
                               alone; default that of the network's file, else sgd
          --batch N            the most samples of a training step, 1 to 65536; default that of the network's file
          --prefix NAME        what names in the code begin with; default the name of the network or its file
          --images nchw|nhwc   the axes of images that enter and leave an ONNX graph; default nchw
          --training none      an ONNX graph holds predictions alone, the default

        Examples:
          nativenet export c digits --weights digits.safetensors --rule none --output firmware
          nativenet export c iris.nn.json --weights iris.safetensors --batch 1 --output firmware
          nativenet export onnx lenet --weights lenet.safetensors --output lenet.onnx
        """;

    private const string SelfTest = """
        Compares this binary's kernels with the scalar reference, bit for bit, and repeats a fixed training run.

        Usage: nativenet selftest

        Prints what fails and last a line "N passed, N failed".
        """;

    /// <summary>The commands.</summary>
    public static string[] Commands => ["train", "eval", "predict", "sweep", "amplitudes", "plot", "fold", "export", "import", "info", "bench", "selftest"];

    /// <summary>What to print instead of running a command; null when the arguments do not ask for it.</summary>
    public static string? Find(string[] arguments)
    {
        string first = arguments.Length == 0 ? "--help" : arguments[0];
        if (first == "--version")
            return $"{Application.Program.Name} {Application.Version}";
        if (first is "--help" or "-h" or "help")
            return (arguments.Length > 1 ? Render(arguments[1]) : null) ?? Named(Overview);

        bool isAsked = arguments.Contains("--help", StringComparer.Ordinal) || arguments.Contains("-h", StringComparer.Ordinal);
        return isAsked ? Render(first) : null;
    }

    /// <summary>The options of a command, as its help text has them; null for an unknown command.</summary>
    public static string[]? Options(string command)
        => Of(command) is { } text ? [.. Usages(text).Select(static option => option.Split(' ')[0])] : null;

    /// <summary>Whether an option of a command takes no value.</summary>
    /// <param name="command">A command.</param>
    /// <param name="option">One of its options.</param>
    public static bool IsSwitch(string command, string option) => Of(command) is { } text && Usages(text).Contains(option);

    /// <summary>The options with their values: a line has one with its explanation behind, or several with commas between.</summary>
    private static IEnumerable<string> Usages(string text)
        => text.Split('\n').Where(static line => line.StartsWith("  --", StringComparison.Ordinal)).SelectMany(static line => line.Trim().Split("  ")[0].Split(", "));

    private static string? Render(string command) => Of(command) is not { } text ? null : Named(text)
        .Replace("{networks}", NetworkTable(), StringComparison.Ordinal)
        .Replace("{first}", NetworkCatalog.Find(null).Name, StringComparison.Ordinal)
        .Replace("{experimental}", NetworkCatalog.FindExperimental(null).Name, StringComparison.Ordinal);

    /// <summary>The texts are those of the <c>nativenet</c> binary; another program says its own name.</summary>
    private static string Named(string text) => text.Replace("nativenet", Application.Program.Name, StringComparison.Ordinal);

    private static string? Of(string command) => command switch
    {
        "train" => Train,
        "eval" => Eval,
        "predict" => Predict,
        "sweep" => Sweep,
        "amplitudes" => Amplitudes,
        "plot" => Plot,
        "fold" => Fold,
        "export" => Export,
        "import" => Import,
        "info" => Info,
        "bench" => Bench,
        "selftest" => SelfTest,
        _ => null,
    };

    private static string NetworkTable()
    {
        var table = new StringBuilder();
        foreach (NamedNetwork network in NetworkCatalog.All)
        {
            table.Append(table.Length == 0 ? "" : "\n").Append(CultureInfo.InvariantCulture,
                $"  {network.Name,-12} {network.Training.Epochs,4} epochs of {Vocabulary.UpdateRules.WordFor(network.Training.Rule.Kind)} at {network.Training.Rule.LearningRate,-6} on {network.Data.Name}");
        }

        return table.ToString();
    }
}
