using System.Collections.Immutable;

namespace NativeNet.Description;

/// <summary>Every kind of mistake that a network file can have, shared by the library and the generator.</summary>
/// <remarks>Numbers are never reused. Kinds that need C# around them, such as a type that is not partial, are the generator's own.</remarks>
internal static class DiagnosticTable
{
    /// <summary>The category under which build logs and rule sets list the kinds.</summary>
    public const string Category = "NativeNet";

    public static readonly DiagnosticRule InvalidJson = new(
        "NNET0001", "The file is not valid JSON", "Invalid JSON: {0}");

    public static readonly DiagnosticRule TrailingText = new(
        "NNET0002", "Text follows the network", "Unexpected {0} after the end of the network; a file holds one JSON object");

    public static readonly DiagnosticRule FileTooLarge = new(
        "NNET0003", "The file is too large", "{0} has {1} characters; a network description may have {2}");

    public static readonly DiagnosticRule NestedTooDeeply = new(
        "NNET0004", "Brackets are nested too deeply", "Objects and arrays may be nested {0} levels deep");

    public static readonly DiagnosticRule DuplicateKey = new(
        "NNET0005", "A key appears twice", "The key '{0}' appears more than once in {1}; remove one");

    public static readonly DiagnosticRule UnknownKey = new(
        "NNET0006", "Unknown key", "Unknown key '{0}' in {1}; {2}");

    public static readonly DiagnosticRule UnknownValue = new(
        "NNET0007", "Unknown value", "Unknown {0} '{1}'; {2}");

    public static readonly DiagnosticRule MissingKey = new(
        "NNET0008", "A key is missing", "The key '{0}' is missing from {1}");

    public static readonly DiagnosticRule WrongType = new(
        "NNET0009", "A value has the wrong type", "{0} must be {1}, not {2}");

    public static readonly DiagnosticRule NotAnInteger = new(
        "NNET0010", "A number is not an integer", "'{0}' must be an integer written in digits alone, not {1}");

    public static readonly DiagnosticRule OutOfRange = new(
        "NNET0011", "A number is out of range", "'{0}' must be {1}, not {2}");

    public static readonly DiagnosticRule WrongCount = new(
        "NNET0012", "A list has too few or too many elements", "'{0}' must have {1} to {2} elements, not {3}");

    public static readonly DiagnosticRule NoParameters = new(
        "NNET0013", "No layer has parameters", "No layer has parameters, so there is nothing to train; add a dense layer");

    public static readonly DiagnosticRule LastLayer = new(
        "NNET0014", "The last layer gives no scores", "The last layer must not be '{0}', which would drop scores; remove it");

    public static readonly DiagnosticRule ShapeMismatch = new(
        "NNET0015", "A layer cannot take the shape that enters it", "A layer of type '{0}' needs a vector or a signal, but {1} enters it; put {{ \"type\": \"flatten\" }} before it");

    public static readonly DiagnosticRule KeyNotAllowed = new(
        "NNET0016", "A key has no effect here", "The key '{0}' applies only with {1}; remove it");

    public static readonly DiagnosticRule KeyNeeded = new(
        "NNET0017", "A value needs another key", "The {0} '{1}' needs the key '{2}', {3}");

    public static readonly DiagnosticRule TooFewScores = new(
        "NNET0018", "The loss needs more scores", "The loss '{0}' needs at least {1} scores, but the last layer has {2}; use 'binaryCrossEntropy' for a single score");

    public static readonly DiagnosticRule ActivationBeforeLoss = new(
        "NNET0019", "The loss needs raw scores", "The loss '{0}' takes raw scores because it includes {1}; remove the activation '{2}' of the last layer");

    public static readonly DiagnosticRule TooManyParameters = new(
        "NNET0020", "The network has too many parameters", "The layers up to this one have {0} parameters; a network may have {1}");

    public static readonly DiagnosticRule TooManyActivations = new(
        "NNET0021", "The network needs too much memory", "{0} needs {1} floats of activations; a network may need {2}");

    public static readonly DiagnosticRule ImageNeeded = new(
        "NNET0022", "A layer needs an image or a signal", "A layer of type '{0}' needs {1}, but {2} enters it");

    public static readonly DiagnosticRule KernelTooLarge = new(
        "NNET0023", "A window does not fit its input", "A window of {0} does not fit into {1}; make it smaller, or pad by less than its size");

    public static readonly DiagnosticRule GroupsDoNotDivide = new(
        "NNET0024", "Groups do not divide channels and filters", "{0} groups do not divide {1} channels and {2} filters");

    public static readonly DiagnosticRule ElementsDiffer = new(
        "NNET0025", "A shape holds another number of elements", "The shape {0} holds {1} elements, but {2} enters, which has {3}");

    public static readonly DiagnosticRule DuplicateName = new(
        "NNET0026", "Two layers have one name", "The name '{0}' is that of an earlier layer; give each layer its own");

    public static readonly DiagnosticRule UnknownLayer = new(
        "NNET0027", "No layer has this name", "No layer is named '{0}'; {1}");

    public static readonly DiagnosticRule LaterLayer = new(
        "NNET0028", "A layer is read before it is computed", "The layer '{0}' does not come before this one; name an earlier layer");

    public static readonly DiagnosticRule ShapesDiffer = new(
        "NNET0029", "Two shapes to be joined differ", "{0}, but '{1}' puts out {2}; {3}");

    public static readonly DiagnosticRule UnreadLayer = new(
        "NNET0030", "No layer reads a layer's output", "No layer reads what this layer of type '{0}' puts out; name it in the 'from' of a later one, or remove it");

    public static readonly DiagnosticRule ReservedName = new(
        "NNET0031", "A layer has the name of the network's input", "The name '{0}' is that of the network's input; give the layer another");

    public static readonly DiagnosticRule TooMuchWorkspace = new(
        "NNET0032", "The network needs too much workspace", "A batch of {0} samples, whole vectors of them, may need {1} floats of workspace; a network may need {2}");

    public static readonly DiagnosticRule WrongClasses = new(
        "NNET0033", "The class names do not fit", "'classes' {0}");

    public static readonly DiagnosticRule BatchOfOne = new(
        "NNET0034", "A layer needs a larger batch", "In batches of one sample a layer of type '{0}' sees one value a channel, which is its own mean: nothing is left to learn from; make 'batchSize' at least {1}, or use 'layerNorm'");

    public static readonly DiagnosticRule InputNeeded = new(
        "NNET0035", "A layer does not read the network's input", "A layer of type '{0}' is fitted to the training data and reads the network's input, as it is, flattened or reshaped; put it first, or use 'batchNorm' here");

    public static readonly DiagnosticRule SoftmaxBeforeLoss = new(
        "NNET0036", "A softmax stands before a loss that takes raw scores", "The loss '{0}' takes raw scores because it includes {1}; remove this softmax");

    public static readonly DiagnosticRule NothingLeft = new(
        "NNET0037", "Nothing is left of a layer's input", "'{0}' and '{1}' leave nothing of {2}; leave out less");

    public static readonly DiagnosticRule NoBiases = new(
        "NNET0038", "A layer has no biases to train", "A layer of type '{0}' has no biases that could be trained alone; set 'trainable' to true or false");

    public static readonly DiagnosticRule NothingLearns = new(
        "NNET0039", "No layer learns", "No layer learns, so there is nothing to train; set 'trainable' to true in the layers that are to learn, the last ones at least, or remove the key 'loss'");

    /// <summary>All of them, by number.</summary>
    public static readonly ImmutableArray<DiagnosticRule> All =
    [
        InvalidJson, TrailingText, FileTooLarge, NestedTooDeeply, DuplicateKey, UnknownKey, UnknownValue, MissingKey,
        WrongType, NotAnInteger, OutOfRange, WrongCount, NoParameters, LastLayer, ShapeMismatch, KeyNotAllowed,
        KeyNeeded, TooFewScores, ActivationBeforeLoss, TooManyParameters, TooManyActivations,
        ImageNeeded, KernelTooLarge, GroupsDoNotDivide,
        ElementsDiffer, DuplicateName, UnknownLayer, LaterLayer, ShapesDiffer, UnreadLayer, ReservedName, TooMuchWorkspace,
        WrongClasses, BatchOfOne, InputNeeded, SoftmaxBeforeLoss, NothingLeft, NoBiases, NothingLearns,
    ];

    /// <summary>The kind with the number <paramref name="id"/>.</summary>
    /// <param name="id">A number in the table.</param>
    /// <exception cref="ArgumentException">There is no such kind.</exception>
    public static DiagnosticRule Find(string id)
        => All.FirstOrDefault(rule => rule.Id == id)
            ?? throw new ArgumentException($"There is no diagnostic '{id}'.", nameof(id));
}
