using NativeNet.Compiler.Planning;
using NativeNet.Description;

namespace NativeNet.Generators.Tests.Description;

public sealed class NetworkValidatorTests
{
    private const string Scores = """{ "type": "dense", "units": 2 }""";

    [Theory]
    [InlineData("«[]»", "A network must be an object, not an array")]
    [InlineData("«null»", "A network must be an object, not null")]
    [InlineData("«12»", "A network must be an object, not a number")]
    public void A_file_holds_one_object(string marked, string message)
        => Marked.VerifyMessage(marked, "NNET0009", message);

    /// <summary>The largest numbers that each key allows, together: no length is worked out in 32 bits before it is known to fit.</summary>
    [Theory]
    [InlineData("16384, 16384, 1", """{ "type": "conv2d", "filters": 65536, "kernelSize": 1 }""", "NNET0021")]
    [InlineData("1, 1, 65536", """{ "type": "conv2d", "filters": 65536, "kernelSize": 256, "padding": "same" }""", "NNET0020")]
    [InlineData("1, 1, 65536", """{ "type": "conv2d", "filters": 65536, "kernelSize": 256, "dilation": 256, "strides": 256, "padding": "same" }""", "NNET0020")]
    [InlineData("1, 1, 65536", """{ "type": "depthwiseConv2d", "kernelSize": 1, "depthMultiplier": 65536 }""", "NNET0020")]
    [InlineData("1, 1, 1", """{ "type": "maxPool2d", "poolSize": 256, "padding": 255, "strides": 1 }""", null)]
    [InlineData("16384, 16384, 1", """{ "type": "maxPool2d", "poolSize": 256, "padding": 255, "strides": 1 }""", "NNET0021")]
    public void Sizes_of_images_never_overflow(string input, string layer, string? id)
    {
        string text = $$"""{ "input": [{{input}}], "layers": [{{layer}}, { "type": "globalAveragePool" }, { "type": "dense", "units": 1 }], "loss": "meanSquaredError", "batchSize": 1 }""";

        NetworkParseResult result = NetworkParser.Parse(text);

        Assert.Equal(id is null, result.Spec is not null);
        Assert.Equal(id, result.Diagnostics.Select(static mistake => mistake.Id).FirstOrDefault());
    }

    [Fact]
    public void Every_missing_key_is_reported()
        => Assert.Equal(
            [
                "(2,1): error NNET0008: The key 'input' is missing from the network",
                "(2,1): error NNET0008: The key 'layers' is missing from the network",
                "(2,1): error NNET0008: The key 'batchSize' is missing from the network",
            ],
            NetworkParser.Parse("\n{}").Diagnostics.Select(static diagnostic => diagnostic.ToString()));

    [Theory]
    [InlineData("«[]»", "NNET0009", "'description' must be a string, not an array")]
    [InlineData("«{}»", "NNET0009", "'description' must be a string, not an object")]
    [InlineData("«false»", "NNET0009", "'description' must be a string, not false")]
    public void The_description_is_text(string value, string id, string message)
        => Marked.VerifyMessage(Network(extra: $"\"description\": {value}, "), id, message);

    [Theory]
    [InlineData("«4»", "NNET0009", "'input' must be an array of integers, not a number")]
    [InlineData("«[»]", "NNET0012", "'input' must have 1 to 3 elements, not 0")]
    [InlineData("[4, «\"4\"»]", "NNET0009", "'input[1]' must be an integer, not a string")]
    [InlineData("[«0»]", "NNET0011", "'input[0]' must be from 1 to 65536, not 0")]
    [InlineData("[«-0»]", "NNET0011", "'input[0]' must be from 1 to 65536, not -0")]
    [InlineData("[«65537»]", "NNET0011", "'input[0]' must be from 1 to 65536, not 65537")]
    [InlineData("[«99999999999999999999»]", "NNET0011", "'input[0]' must be from 1 to 65536, not 99999999999999999999")]
    [InlineData("[«4.0»]", "NNET0010", "'input[0]' must be an integer written in digits alone, not 4.0")]
    [InlineData("[«4e0»]", "NNET0010", "'input[0]' must be an integer written in digits alone, not 4e0")]
    [InlineData("«[65536, 65536, 65536]»", "NNET0021", "One sample needs 281474976710656 floats of activations; a network may need 268435456")]
    public void The_input_is_a_shape(string input, string id, string message)
        => Marked.VerifyMessage(Network(input: input), id, message);

    [Theory]
    [InlineData("«{}»", "NNET0009", "'layers' must be an array of objects, not an object")]
    [InlineData("«[»]", "NNET0012", "'layers' must have 1 to 256 elements, not 0")]
    [InlineData("[«\"dense\"»]", "NNET0009", "'layers[0]' must be an object, not a string")]
    [InlineData("[«{» \"units\": 2 }]", "NNET0008", "The key 'type' is missing from 'layers[0]'")]
    [InlineData("[{ \"type\": «7» }]", "NNET0009", "'type' must be a string, not a number")]
    [InlineData("[{ \"type\": «\"Dense\"», \"units\": 2 }]", "NNET0007", "Unknown layer type 'Dense'; did you mean 'dense'?")]
    [InlineData("[{ \"type\": «\"conv2\"» }]", "NNET0007", "Unknown layer type 'conv2'; did you mean 'conv2d'?")]
    public void Layers_are_objects_of_known_types(string layers, string id, string message)
        => Marked.VerifyMessage(Network(layers: layers), id, message);

    [Theory]
    [InlineData("[{ \"type\": \"scale\", \"factor\": «0» }, { \"type\": \"dense\", \"units\": 2 }]", "NNET0011", "'factor' must be finite and other than 0, not 0")]
    [InlineData("[{ \"type\": \"scale\", \"factor\": [1, «1e-50»] }, { \"type\": \"dense\", \"units\": 2 }]", "NNET0011", "'factor[1]' must be finite and other than 0, not 1e-50")]
    [InlineData("[{ \"type\": \"scale\", \"factor\": [1, «true»] }, { \"type\": \"dense\", \"units\": 2 }]", "NNET0009", "'factor[1]' must be a number, not true")]
    [InlineData("[{ \"type\": \"layerNorm\", \"epsilon\": «0» }, { \"type\": \"dense\", \"units\": 2 }]", "NNET0011", "'epsilon' must be greater than 0 and finite, not 0")]
    [InlineData("[«{» \"type\": \"dropout\" }, { \"type\": \"dense\", \"units\": 2 }]", "NNET0008", "The key 'rate' is missing from a dropout layer")]
    [InlineData("[{ \"type\": \"dropout\", \"rate\": «1» }, { \"type\": \"dense\", \"units\": 2 }]", "NNET0011", "'rate' must be greater than 0 and less than 1, not 1")]
    [InlineData("[{ \"type\": \"batchNorm\", \"momentum\": «1» }, { \"type\": \"dense\", \"units\": 2 }]", "NNET0011", "'momentum' must be greater than 0 and less than 1, not 1")]
    [InlineData("[{ \"type\": \"batchNorm\", «\"axis\"»: 1 }, { \"type\": \"dense\", \"units\": 2 }]", "NNET0006", "Unknown key 'axis' in a batchNorm layer; use 'type', 'momentum', 'epsilon', 'trainable', 'from' or 'name'")]
    [InlineData("[{ \"type\": \"dense\", \"units\": 2 }, { \"type\": «\"dropout\"», \"rate\": 0.5 }]", "NNET0014", "The last layer must not be 'dropout', which would drop scores; remove it")]
    public void Normalizations_and_dropout_have_their_keys(string layers, string id, string message)
        => Marked.VerifyMessage(Network(layers: layers), id, message);

    [Fact]
    public void There_may_be_256_layers_and_no_more()
    {
        Marked.Verify(Network(layers: "[" + string.Join(", ", Enumerable.Repeat(Scores, 256)) + "]"));
        Marked.VerifyMessage(
            Network(layers: "«[»" + string.Join(", ", Enumerable.Repeat(Scores, 257)) + "]"),
            "NNET0012",
            "'layers' must have 1 to 256 elements, not 257");
    }

    [Theory]
    [InlineData("\"activation\": «1»", "NNET0009", "'activation' must be a string, not a number")]
    [InlineData("\"activation\": «\"swish\"»", "NNET0007", "Unknown activation 'swish'; use 'none', 'relu', 'leakyRelu', 'tanh', 'sigmoid', 'elu', 'gelu', 'silu', 'hardSwish', 'softplus', 'relu6' or 'clip'")]
    [InlineData("\"activation\": «\"tanh\\n\"»", "NNET0007", "Unknown activation 'tanh\\u000A'; did you mean 'tanh'?")]
    [InlineData("\"activation\": \"leakyRelu\", \"negativeSlope\": «0»", "NNET0011", "'negativeSlope' must be greater than 0 and less than 1, not 0")]
    [InlineData("\"activation\": \"leakyRelu\", \"negativeSlope\": «-0.1»", "NNET0011", "'negativeSlope' must be greater than 0 and less than 1, not -0.1")]
    [InlineData("\"activation\": \"leakyRelu\", \"negativeSlope\": «1»", "NNET0011", "'negativeSlope' must be greater than 0 and less than 1, not 1")]
    [InlineData("\"activation\": \"leakyRelu\", \"negativeSlope\": «0.99999999»", "NNET0011", "'negativeSlope' must be greater than 0 and less than 1, not 0.99999999")]
    [InlineData("\"activation\": \"leakyRelu\", \"negativeSlope\": «1e-60»", "NNET0011", "'negativeSlope' must be greater than 0 and less than 1, not 1e-60")]
    [InlineData("\"activation\": \"elu\", \"alpha\": «-1»", "NNET0011", "'alpha' must be greater than 0 and finite, not -1")]
    [InlineData("\"activation\": \"relu\", «\"alpha\"»: 1", "NNET0016", "The key 'alpha' applies only with the activation 'elu'; remove it")]
    [InlineData("\"activation\": \"relu6\", «\"max\"»: 1", "NNET0016", "The key 'max' applies only with the activation 'clip'; remove it")]
    [InlineData("\"activation\": «\"clip\"», \"max\": 1", "NNET0017", "The activation 'clip' needs the key 'min', its least output")]
    [InlineData("\"activation\": «\"clip\"», \"min\": 0", "NNET0017", "The activation 'clip' needs the key 'max', its greatest output")]
    [InlineData("\"activation\": \"clip\", \"min\": 0.5, \"max\": «0.5»", "NNET0011", "'max' must be greater than 'min', 0.5, not 0.5")]
    [InlineData("\"activation\": \"clip\", \"min\": «-1e60», \"max\": 1", "NNET0011", "'min' must be finite, not -1e60")]
    [InlineData("\"bias\": «0»", "NNET0009", "'bias' must be true or false, not a number")]
    [InlineData("«\"negativeSlope\"»: 0.1", "NNET0016", "The key 'negativeSlope' applies only with the activation 'leakyRelu'; remove it")]
    [InlineData("\"gain\": «1e39»", "NNET0011", "'gain' must be greater than 0 and less than 1E+37, not 1e39")]
    [InlineData("\"gain\": «3e38»", "NNET0011", "'gain' must be greater than 0 and less than 1E+37, not 3e38")]
    [InlineData("\"gain\": «1e999»", "NNET0011", "'gain' must be greater than 0 and less than 1E+37, not 1e999")]
    [InlineData("\"gain\": «true»", "NNET0009", "'gain' must be a number, not true")]
    [InlineData("«\"filters\"»: 3", "NNET0006", "Unknown key 'filters' in a dense layer; use 'type', 'units', 'bias', 'activation', 'negativeSlope', 'alpha', 'min', 'max', 'initializer', 'gain', 'trainable', 'from' or 'name'")]
    [InlineData("\"trainable\": «\"biases\"»", "NNET0007", "Unknown value of 'trainable' 'biases'; use true, false or 'bias'")]
    [InlineData("\"trainable\": «0»", "NNET0009", "'trainable' must be true, false or 'bias', not a number")]
    [InlineData("\"gain\": 1, «\"gain\"»: 2", "NNET0005", "The key 'gain' appears more than once in a dense layer; remove one")]
    public void A_dense_layer_has_these_keys(string keys, string id, string message)
        => Marked.VerifyMessage(
            Network(layers: $"[{{ \"type\": \"dense\", \"units\": 3, {keys} }}]", loss: "\"meanSquaredError\""), id, message);

    [Fact]
    public void A_flatten_layer_has_no_other_keys()
        => Marked.VerifyMessage(
            Network(layers: $"[{{ \"type\": \"flatten\", «\"units\"»: 3 }}, {Scores}]"),
            "NNET0006",
            "Unknown key 'units' in a flatten layer; use 'type', 'from' or 'name'");

    [Theory]
    [InlineData("[«[»]", "NNET0012", "'shape' must have 1 to 3 elements, not 0")]
    [InlineData("[«[2, 3]»", "NNET0025", "The shape 2×3 holds 6 elements, but 4 enters, which has 4")]
    [InlineData("[«[65536, 65536, 65536]»", "NNET0025", "The shape 65536×65536×65536 holds 281474976710656 elements, but 4 enters, which has 4")]
    public void A_reshape_layer_keeps_the_elements(string shape, string id, string message)
        => Marked.VerifyMessage(Network(layers: $"[{{ \"type\": \"reshape\", \"shape\": {shape[1..]} }}, {Scores}]"), id, message);

    [Theory]
    [InlineData("\"from\": «\"self\"», \"name\": \"self\"", "NNET0028", "The layer 'self' does not come before this one; name an earlier layer")]
    [InlineData("\"from\": «\"later\"»", "NNET0028", "The layer 'later' does not come before this one; name an earlier layer")]
    [InlineData("\"from\": «\"other\"»", "NNET0027", "No layer is named 'other'; use 'input' or 'first'")]
    [InlineData("\"from\": «\"First\"»", "NNET0027", "No layer is named 'First'; did you mean 'first'?")]
    [InlineData("\"from\": «0»", "NNET0009", "'from' must be a string or an array of strings, not a number")]
    [InlineData("\"from\": \"first\", \"name\": «\"first\"»", "NNET0026", "The name 'first' is that of an earlier layer; give each layer its own")]
    [InlineData("\"from\": \"first\", \"name\": «[]»", "NNET0009", "'name' must be a string, not an array")]
    public void An_add_layer_reads_an_earlier_layer(string keys, string id, string message)
        => Marked.VerifyMessage(
            Network(layers: $$"""[{ "type": "dense", "units": 3, "name": "first" }, { "type": "add", {{keys}} }, { "type": "dense", "units": 2, "name": "later" }]"""),
            id,
            message);

    [Fact]
    public void Without_any_name_an_unknown_layer_is_told_how_to_get_one()
        => Marked.VerifyMessage(
            Network(layers: $$"""[{ "type": "flatten" }, { "type": "add", "from": «"flatten"» }, {{Scores}}]"""),
            "NNET0027",
            "No layer is named 'flatten'; give the layer that is meant the key 'name'");

    [Theory]
    [InlineData("add", "\"from\": «[»\"first\"]", "NNET0012", "'from' must have 2 to 256 elements, not 1")]
    [InlineData("add", "\"from\": [«3», \"first\"]", "NNET0009", "'from[0]' must be a string, not a number")]
    [InlineData("add", "\"from\": [\"first\", «\"last\"»]", "NNET0028", "The layer 'last' does not come before this one; name an earlier layer")]
    [InlineData("add", "\"from\": [\"first\", «\"frist\"»]", "NNET0027", "No layer is named 'frist'; did you mean 'first'?")]
    [InlineData("add", "\"from\": [\"first\", «\"inptu\"»]", "NNET0027", "No layer is named 'inptu'; did you mean 'input'?")]
    [InlineData("add", "\"from\": [\"first\", «\"second\"», \"first\"]", "NNET0029", "'first' puts out 3, but 'second' puts out 2×2; only equal shapes can be added")]
    [InlineData("add", "\"from\": «\"first\"»", "NNET0029", "2×2 enters, but 'first' puts out 3; only equal shapes can be added")]
    [InlineData("concat", "\"from\": «\"first\"»", "NNET0029", "2×2 enters, but 'first' puts out 3; only the last dimension may differ")]
    [InlineData("concat", "\"from\": [\"second\", «\"first\"»]", "NNET0029", "'second' puts out 2×2, but 'first' puts out 3; only the last dimension may differ")]
    public void A_join_reads_layers_that_fit(string type, string from, string id, string message)
        => Marked.VerifyMessage(
            Network(layers: $$"""[{ "type": "dense", "units": 3, "name": "first" }, { "type": "reshape", "shape": [2, 2], "from": "input", "name": "second" }, { "type": "{{type}}", {{from}} }, { "type": "flatten", "name": "last" }, {{Scores}}]"""),
            id,
            message);

    [Fact]
    public void A_message_lists_the_nearest_names()
    {
        string layers = string.Join(", ", Enumerable.Range(0, 200).Select(static i => $$"""{ "type": "flatten", "name": "number {{i}}" }"""));

        Marked.VerifyMessage(
            Network(layers: $$"""[{{layers}}, { "type": "flatten", "from": «"other"» }, {{Scores}}]"""),
            "NNET0027",
            "No layer is named 'other'; use 'input', 'number 195', 'number 196', 'number 197', 'number 198' or 'number 199'");
    }

    /// <summary>Memory stands for work here, which is the same on every machine: guesses for all 33,000 names take a gigabyte.</summary>
    [Fact]
    public void Many_unknown_names_are_refused_in_a_moment()
    {
        string names = string.Join(",", Enumerable.Range(0, 165).Select(static i => $"\"{i + 1000}\""));
        string layers = string.Join(",", Enumerable.Range(0, 200).Select(i => $$"""{"type":"add","from":[{{names}}],"name":"{{i + 10000}}"}"""));
        string text = Network(layers: $"[{layers}, {Scores}]");
        long before = GC.GetAllocatedBytesForCurrentThread();

        EquatableArray<NetworkDiagnostic> found = NetworkParser.Parse(text).Diagnostics;

        Assert.Equal(Enumerable.Repeat("NNET0027", 100), found.Select(static mistake => mistake.Id));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 50_000_000);
    }

    [Fact]
    public void A_join_needs_the_layers_that_it_joins()
        => Marked.VerifyMessage(
            Network(layers: $$"""[«{» "type": "concat" }, {{Scores}}]"""), "NNET0008", "The key 'from' is missing from a concat layer");

    [Fact]
    public void Every_source_that_does_not_fit_is_reported()
        => Marked.Verify(
            Network(layers: $$"""[{ "type": "dense", "units": 3, "name": "x" }, { "type": "dense", "units": 5, "name": "y" }, { "type": "add", "from": ["x", «"y"», "x", «"y"»] }, {{Scores}}]"""),
            "NNET0029", "NNET0029");

    [Fact]
    public void What_is_joined_may_be_too_large()
        => Marked.VerifyMessage(
            Network(input: "[65536, 2048]", layers: $$"""[{ "type": «"concat"», "from": ["input", "input", "input"] }, { "type": "flatten" }, {{Scores}}]""", batchSize: "1"),
            "NNET0021",
            "One sample needs 402653184 floats of activations; a network may need 268435456");

    [Theory]
    [InlineData("""{ "type": "flatten", "from": «"later"» }, { "type": "flatten", "name": "later" }""", "NNET0028")]
    [InlineData("""{ "type": "flatten", "from": «3» }""", "NNET0009")]
    [InlineData("""{ "type": "flatten", "from": «["input", "input"]» }""", "NNET0009")]
    [InlineData("""{ "type": "prelu", "from": «"inputs"» }""", "NNET0027")]
    [InlineData("""{ "type": "dense", "units": 3, "name": "x" }, { "type": "reshape", "shape": «[2, 2]», "from": "x" }, { "type": "flatten" }""", "NNET0025")]
    [InlineData("""{ "type": «"dropout"», "rate": 0.5 }, { "type": «"prelu"», "from": "input" }, { "type": "flatten", "from": "input" }""", "NNET0030", "NNET0030")]
    public void Any_layer_may_name_what_it_reads(string layers, params string[] ids)
        => Marked.Verify(Network(layers: $"[{layers}, {Scores}]"), ids);

    /// <summary>Who reads a layer cannot be told where a name is wrong or a type is unknown.</summary>
    [Theory]
    [InlineData("""{ "type": "flatten", "name": "x" }, { "type": "flatten", "from": «"y"» }""", "NNET0027")]
    [InlineData("""{ "type": "flatten", "name": «"input"» }, { "type": "flatten", "from": "input" }, { "type": «"flaten"», "from": "x" }""", "NNET0031", "NNET0007")]
    public void A_layer_that_a_mistake_may_read_is_not_reported(string layers, params string[] ids)
        => Marked.Verify(Network(layers: $"[{layers}, {Scores}]"), ids);

    [Theory]
    [InlineData("\"softmaxCrossEntropy\"", 2, "none")]
    [InlineData("\"binaryCrossEntropy\"", 1, "none")]
    [InlineData("\"meanSquaredError\"", 1, "tanh")]
    public void Every_loss_has_scores_that_fit(string loss, int units, string activation)
        => Marked.Verify(Network(
            layers: $"[{{ \"type\": \"dense\", \"units\": {units}, \"activation\": \"{activation}\" }}]", loss: loss));

    [Theory]
    [InlineData("«3»", "NNET0009", "'loss' must be a string, not a number")]
    [InlineData("«\"mse\"»", "NNET0007", "Unknown loss 'mse'; use 'softmaxCrossEntropy', 'binaryCrossEntropy' or 'meanSquaredError'")]
    [InlineData("«\"softmax_cross_entropy\"»", "NNET0007", "Unknown loss 'softmax_cross_entropy'; did you mean 'softmaxCrossEntropy'?")]
    public void The_loss_is_a_word(string loss, string id, string message)
        => Marked.VerifyMessage(Network(loss: loss), id, message);

    [Fact]
    public void Only_the_last_layer_meets_the_loss()
        => Marked.Verify(Network(layers: $"[{{ \"type\": \"dense\", \"units\": 1, \"activation\": \"tanh\" }}, {Scores}]"));

    [Fact]
    public void The_limits_on_size_can_be_reached()
    {
        // 2^26 parameters: 2^10 · (65535 + 1).
        const string Large = """{ "type": "dense", "units": 1024 }""";
        Marked.Verify(Network(input: "[65535]", layers: $"[{Large}]", batchSize: "1"));
        Marked.Verify(Network(input: "[65535]", layers: $"[{Large}, {{ \"type\": «\"dense\"», \"units\": 2 }}]", batchSize: "1"), "NNET0020");

        // 2^28 activations: 2^16 · (4094 + 2).
        Marked.Verify(Network(input: "[4094]", batchSize: "65536"));
        Marked.Verify(Network(input: "[4095]", batchSize: "«65536»"), "NNET0021");
    }

    [Fact]
    public void The_padded_parameters_of_the_largest_networks_fit_an_int()
    {
        const string Single = """{ "type": "dense", "units": 1 }""";
        string text = Network(
            input: "[65536, 1023]", layers: $"[{{ \"type\": \"flatten\" }}, {Single}]", loss: "\"meanSquaredError\"", batchSize: "1");

        // One column is padded to four, the worst there is: 4 · 65536 · 1023 weights and 16 biases.
        Assert.Equal((4 * 65536 * 1023) + 16, ParameterLayout.Create(NetworkSpec.Parse(text), Target.Simd).Length);
    }

    [Fact]
    public void Independent_mistakes_are_reported_together_in_the_order_of_the_text()
        => Marked.Verify(
            """
            {
              "batchSize": «0»,
              "loss": «"mae"»,
              «"seed"»: 42,
              "layers": [
                { "type": "dense", "units": «0.5», "activation": «"rleu"» },
                { "type": "flatten", «"typ"»: 1 },
                { "type": «"conv"» },
                { "type": "dense", «"unts"»: 3, "initializer": «"normal"» }
              ],
              "input": [8, «-8», 1]
            }
            """,
            "NNET0011", "NNET0007", "NNET0006", "NNET0010", "NNET0007", "NNET0006", "NNET0007", "NNET0006", "NNET0017", "NNET0011");

    [Theory]
    [InlineData("[{ \"type\": \"dense\", «\"unit\"»: 2 }]", "NNET0006")]
    [InlineData("[{ \"type\": \"dense\", \"units\": 2, \"initializer\": \"normal\", «\"gian\"»: 0.1 }]", "NNET0006")]
    [InlineData("[{ \"type\": \"dense\", \"units\": 2, \"activation\": «\"leakyReluu\"», \"negativeSlope\": 0.1 }]", "NNET0007")]
    [InlineData("[{ \"type\": \"dense\", \"units\": 2, «\"activaton\"»: \"leakyRelu\", \"negativeSlope\": 0.1 }]", "NNET0006")]
    [InlineData("[{ \"type\": «\"flaten\"» }]", "NNET0007")]
    [InlineData("[{ \"type\": «\"flaten\"» }, { \"type\": \"dense\", \"units\": 2 }]", "NNET0007")]
    [InlineData("[{ \"type\": \"dense\", \"units\": «1.5» }, { \"type\": \"dense\", \"units\": 2 }]", "NNET0010")]
    [InlineData("[{ \"type\": «\"dense\"», \"units\": 3 }, { \"type\": \"dense\", \"units\": 2 }]", "NNET0015", "[2, 2, 1]")]
    public void No_mistake_is_reported_for_the_sake_of_another(string layers, string id, string input = "[4]")
        => Marked.Verify(Network(input: input, layers: layers), id);

    [Theory]
    [InlineData("""{ "type": "conv2d", "filters": 2, "kernelSize": 2 }""")]
    [InlineData("""{ "type": "conv2d", "filters": 2, "kernelSize": 2 }, { "type": "activation", "activation": "relu" }""")]
    [InlineData("""{ "type": "conv2d", "filters": 2, "kernelSize": 2 }, { "type": "globalAveragePool" }""")]
    public void Without_a_loss_any_layer_is_the_last(string layers)
    {
        var spec = NetworkSpec.Parse($$"""{ "input": [4, 4, 1], "layers": [{{layers}}], "batchSize": 3 }""");

        Assert.Null(spec.Loss);
        Assert.Equal(spec, NetworkSpec.Parse(NetworkJson.Write(spec)));
        Assert.Equal(spec, NetworkSpec.Parse(NetworkJson.WriteFile(spec)));
    }

    [Fact]
    public void Training_needs_a_loss()
        => Marked.VerifyMessage(
            $$"""{ "input": [4], "layers": [{{Scores}}], "batchSize": 8, «"training"»: { "epochs": 1, "rule": "sgd", "learningRate": 1 } }""",
            "NNET0016",
            "The key 'training' applies only with the key 'loss'; remove it");

    [Fact]
    public void A_misspelled_key_of_the_network_is_reported_once()
        => Marked.VerifyMessage(
            Network().Replace("\"batchSize\"", "«\"batch_size\"»", StringComparison.Ordinal),
            "NNET0006",
            "Unknown key 'batch_size' in the network; did you mean 'batchSize'?");

    [Fact]
    public void Long_texts_are_cut_in_messages()
        => Marked.VerifyMessage(
            Network(loss: "«\"" + new string('x', 200_000) + "\"»"),
            "NNET0007",
            "Unknown loss '" + new string('x', 40) + "…'; use 'softmaxCrossEntropy', 'binaryCrossEntropy' or 'meanSquaredError'");

    [Fact]
    public void At_most_a_hundred_mistakes_are_reported()
        => Assert.Equal(
            100,
            NetworkParser.Parse(
                "{" + string.Join(',', Enumerable.Repeat("\"zzz\":0", 20_000)) + "}").Diagnostics.Count);

    [Theory]
    [InlineData("{\n\n }}", 3, 3)]
    [InlineData("{\r\n\r\n }}", 3, 3)]
    [InlineData("{\r\r }}", 3, 3)]
    [InlineData("{\n\r }}", 3, 3)]
    [InlineData("{}\r", 1, 1)]
    [InlineData("\uFEFF{ }}", 1, 5)]
    public void Lines_and_columns_count_from_one_as_compilers_do(string text, int line, int column)
    {
        NetworkDiagnostic found = NetworkParser.Parse(text).Diagnostics[0];

        Assert.Equal((line, column), (found.Line, found.Column));
    }

    [Fact]
    public void The_exception_lists_every_mistake_with_its_line_and_column()
    {
        NetworkFormatException exception = Assert.Throws<NetworkFormatException>(
            static () => NetworkSpec.Parse(Network(loss: "\"mae\"", batchSize: "\n0")));

        Assert.Equal(
            "(1,70): error NNET0007: Unknown loss 'mae'; use 'softmaxCrossEntropy', 'binaryCrossEntropy' or 'meanSquaredError'\n"
            + "(2,1): error NNET0011: 'batchSize' must be from 1 to 65536, not 0",
            exception.Message);
        Assert.Equal(2, exception.Diagnostics.Count);
    }

    private static string Network(
        string input = "[4]",
        string layers = $"[{Scores}]",
        string loss = "\"softmaxCrossEntropy\"",
        string batchSize = "8",
        string extra = "")
        => $$"""{ {{extra}}"input": {{input}}, "layers": {{layers}}, "loss": {{loss}}, "batchSize": {{batchSize}} }""";
}
