using NativeNet.Description;
using NativeNet.Description.Layers;
using NativeNet.Description.Syntax;

namespace NativeNet.Generators.Tests.Description;

public sealed class SpellingTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("", "abc", 3)]
    [InlineData("relu", "relu", 0)]
    [InlineData("rleu", "relu", 1)]
    [InlineData("rel", "relu", 1)]
    [InlineData("relus", "relu", 1)]
    [InlineData("rolu", "relu", 1)]
    [InlineData("ca", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    public void The_distance_counts_edits_and_swaps(string left, string right, int expected)
    {
        Assert.Equal(expected, Spelling.Distance(left, right));
        Assert.Equal(expected, Spelling.Distance(right, left));
    }

    [Theory]
    [InlineData("rleu", "relu")]
    [InlineData("ReLU", "relu")]
    [InlineData("leaky_relu", "leakyRelu")]
    [InlineData("LeakyReLu", "leakyRelu")]
    [InlineData("tan", "tanh")]
    [InlineData("sigmoidal", "sigmoid")]
    [InlineData("crelu", "relu")]
    [InlineData("softmax", null)]
    [InlineData("no", null)]
    [InlineData("", null)]
    public void A_word_is_suggested_only_when_it_is_near(string word, string? expected)
        => Assert.Equal(expected, Spelling.FindNearest(word, Vocabulary.Activations.Words));

    [Fact]
    public void Nothing_is_suggested_when_two_words_are_equally_near()
        => Assert.Null(Spelling.FindNearest("heFormal", ["heNormal", "heSormal"]));

    [Fact]
    public void A_nearer_word_wins_over_two_that_tie()
        => Assert.Equal("heFormal", Spelling.FindNearest("heformal", ["heNormal", "heSormal", "heFormal"]));

    [Fact]
    public void No_key_is_taken_for_another_misspelled()
        => Assert.All(
            [NetworkSyntax.Form, .. LayerTable.Forms.Meanings.Select(static layer => layer.Form)],
            static form =>
            {
                foreach (Key key in form.Keys)
                    Assert.Null(Spelling.FindNearest(key.Name, form.Keys.Where(other => other != key).Select(static other => other.Name)));
            });

    [Fact]
    public void Without_a_suggestion_the_choices_are_listed()
        => Assert.Equal("use 'a', 'b' or 'c'", Spelling.Suggest("something else", ["a", "b", "c"]));
}
