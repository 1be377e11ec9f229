using NativeNet.Description;
using NativeNet.Compiler.Emit.CSharp;
using NativeNet.Compiler.Planning;

namespace NativeNet.Generators.Tests.Contributing;

/// <summary>Every kind that exists can be written in a file and is emitted.</summary>
public sealed class CompletenessTests
{
    public static TheoryData<ActivationKind> Activations => [.. Enum.GetValues<ActivationKind>()];

    [Fact]
    public void Every_kind_has_one_word()
    {
        Assert.Equal(Enum.GetValues<ActivationKind>().Order(), Vocabulary.Activations.Meanings.Order());
        Assert.Equal(Enum.GetValues<InitializerKind>().Order(), Vocabulary.Initializers.Meanings.Order());
        Assert.Equal(Enum.GetValues<LossKind>().Order(), Vocabulary.Losses.Meanings.Select(static form => form.Kind).Order());
    }

    /// <summary>What no case names would be emitted as no activation at all.</summary>
    [Theory]
    [MemberData(nameof(Activations))]
    public void Every_activation_but_none_is_emitted_in_both_directions(ActivationKind kind)
    {
        var activation = new ActivationSpec(kind, kind == ActivationKind.LeakyRelu ? 0.5f : 0);
        bool isIdentity = kind == ActivationKind.None;

        Assert.Equal(isIdentity, ActivationCode.Forward(activation, new Tile(8, 1, 1, 1), "sum") == "new Lanes256(sum)");
        Assert.Equal(isIdentity, ActivationCode.Backward(activation, "Lanes256", "y", "dy") == "dy");
    }
}
