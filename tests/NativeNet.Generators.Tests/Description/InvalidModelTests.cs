using NativeNet.Description;

namespace NativeNet.Generators.Tests.Description;

public sealed class InvalidModelTests
{
    /// <summary>The file, where its mistake is, what is underlined and what is said.</summary>
    public static TheoryData<string, int, int, string, string> Expectations => new()
    {
        { "NNET0001-invalid-json", 5, 36, ",", "Invalid JSON: a comma may not stand before ']'; remove it" },
        { "NNET0002-trailing-text", 10, 1, "}", "Unexpected '}' after the end of the network; a file holds one JSON object" },
        { "NNET0004-nested-too-deeply", 3, 43, "[", "Objects and arrays may be nested 32 levels deep" },
        { "NNET0005-duplicate-key", 5, 36, "\"units\"", "The key 'units' appears more than once in a dense layer; remove one" },
        { "NNET0006-unknown-key", 5, 36, "\"activaton\"", "Unknown key 'activaton' in a dense layer; did you mean 'activation'?" },
        { "NNET0007-unknown-value", 5, 50, "\"rleu\"", "Unknown activation 'rleu'; did you mean 'relu'?" },
        { "NNET0008-missing-key", 5, 5, "{", "The key 'units' is missing from a dense layer" },
        { "NNET0009-wrong-type", 8, 16, "\"8\"", "'batchSize' must be an integer, not a string" },
        { "NNET0010-not-an-integer", 5, 33, "2.5", "'units' must be an integer written in digits alone, not 2.5" },
        { "NNET0011-out-of-range", 8, 16, "0", "'batchSize' must be from 1 to 65536, not 0" },
        { "NNET0012-wrong-count", 3, 12, "[", "'input' must have 1 to 3 elements, not 4" },
        { "NNET0013-no-parameters", 4, 3, "\"layers\"", "No layer has parameters, so there is nothing to train; add a dense layer" },
        { "NNET0014-last-layer", 6, 15, "\"dropout\"", "The last layer must not be 'dropout', which would drop scores; remove it" },
        { "NNET0015-shape-mismatch", 5, 15, "\"dense\"", "A layer of type 'dense' needs a vector or a signal, but 2×2×1 enters it; put { \"type\": \"flatten\" } before it" },
        { "NNET0016-key-not-allowed", 5, 58, "\"negativeSlope\"", "The key 'negativeSlope' applies only with the activation 'leakyRelu'; remove it" },
        { "NNET0017-key-needed", 5, 51, "\"normal\"", "The initializer 'normal' needs the key 'gain', its standard deviation" },
        { "NNET0018-too-few-scores", 5, 33, "1", "The loss 'softmaxCrossEntropy' needs at least 2 scores, but the last layer has 1; use 'binaryCrossEntropy' for a single score" },
        { "NNET0019-activation-before-loss", 5, 50, "\"sigmoid\"", "The loss 'binaryCrossEntropy' takes raw scores because it includes the sigmoid; remove the activation 'sigmoid' of the last layer" },
        { "NNET0020-too-many-parameters", 6, 15, "\"dense\"", "The layers up to this one have 4295360512 parameters; a network may have 67108864" },
        { "NNET0021-too-many-activations", 9, 16, "65536", "A batch needs 4295360512 floats of activations; a network may need 268435456" },
        { "NNET0022-image-needed", 4, 15, "\"maxPool2d\"", "A layer of type 'maxPool2d' needs an image of height, width and channels, but 8 enters it" },
        { "NNET0023-window-too-large", 4, 53, "[3, 5]", "A window of 3×5 does not fit into 4×4×1; make it smaller, or pad by less than its size" },
        { "NNET0024-groups-do-not-divide", 4, 66, "2", "2 groups do not divide 6 channels and 9 filters" },
        { "NNET0025-elements-differ", 5, 35, "[2, 2]", "The shape 2×2 holds 4 elements, but 6 enters, which has 6" },
        { "NNET0026-duplicate-name", 6, 44, "\"first\"", "The name 'first' is that of an earlier layer; give each layer its own" },
        { "NNET0027-unknown-layer", 7, 30, "\"frist\"", "No layer is named 'frist'; did you mean 'first'?" },
        { "NNET0028-later-layer", 6, 30, "\"second\"", "The layer 'second' does not come before this one; name an earlier layer" },
        { "NNET0029-shapes-differ", 7, 30, "\"first\"", "6 enters, but 'first' puts out 8; only equal shapes can be added" },
        { "NNET0030-unread-layer", 5, 15, "\"dense\"", "No layer reads what this layer of type 'dense' puts out; name it in the 'from' of a later one, or remove it" },
        { "NNET0031-reserved-name", 4, 44, "\"input\"", "The name 'input' is that of the network's input; give the layer another" },
        { "NNET0032-too-much-workspace", 10, 16, "1", "A batch of 4 samples, whole vectors of them, may need 8457047304 floats of workspace; a network may need 2146435071" },
        { "NNET0033-wrong-classes", 8, 14, "[\"setosa\", \"versicolor\"]", "'classes' has 2 names, but the network has 3 scores; name each" },
        { "NNET0034-batch-of-one", 5, 15, "\"batchNorm\"", "In batches of one sample a layer of type 'batchNorm' sees one value a channel, which is its own mean: nothing is left to learn from; make 'batchSize' at least 2, or use 'layerNorm'" },
        { "NNET0035-input-needed", 5, 15, "\"normalization\"", "A layer of type 'normalization' is fitted to the training data and reads the network's input, as it is, flattened or reshaped; put it first, or use 'batchNorm' here" },
        { "NNET0036-softmax-before-loss", 5, 15, "\"softmax\"", "The loss 'softmaxCrossEntropy' takes raw scores because it includes the softmax; remove this softmax" },
        { "NNET0037-nothing-left", 4, 39, "3", "'before' and 'behind' leave nothing of 5×2; leave out less" },
        { "NNET0038-no-biases", 4, 64, "\"bias\"", "A layer of type 'dense' has no biases that could be trained alone; set 'trainable' to true or false" },
        { "NNET0039-nothing-learns", 3, 3, "\"layers\"", "No layer learns, so there is nothing to train; set 'trainable' to true in the layers that are to learn, the last ones at least, or remove the key 'loss'" },
    };

    [Theory]
    [MemberData(nameof(Expectations))]
    public void Each_file_has_exactly_the_mistake_it_is_named_for(
        string name, int line, int column, string underlined, string message)
    {
        string text = File.ReadAllText(Path.Combine(ModelFiles.Models, "invalid", name + ".nn.json"));

        NetworkDiagnostic found = Assert.Single(NetworkParser.Parse(text).Diagnostics);

        Assert.Equal(name[..8], found.Id);
        Assert.Equal((line, column), (found.Line, found.Column));
        Assert.Equal(underlined, text.Substring(found.Span.Start, found.Span.Length));
        Assert.Equal(message, found.Message);
    }

    [Fact]
    public void Every_file_is_expected()
        => Assert.Equal(
            ModelFiles.Invalid.Select(static path => Path.GetFileName(path)),
            Expectations.Select(static row => row.Data.Item1 + ".nn.json"));

    [Fact]
    public void Every_kind_of_mistake_has_one_file()
    {
        // A file that is too large would be a quarter of a megabyte of blanks; JsonReaderTests makes one in memory.
        IEnumerable<string> expected = DiagnosticTable.All.Select(static rule => rule.Id).Where(static id => id != "NNET0003");

        Assert.Equal(expected, ModelFiles.Invalid.Select(static path => Path.GetFileName(path)[..8]));
    }
}
