namespace NativeNet.Generators.Tests.Pipeline;

/// <summary>Wherever C# allows a partial struct, a network fits into it. In the cases a § stands for the attribute.</summary>
public sealed class DeclarationTests
{
    private const string Attribute = "[NativeNet.Network(\"small.nn.json\")]";

    private static readonly (string, string) File = ("small.nn.json", Networks.Small);

    [Theory]
    [InlineData("§ partial struct N;", "N")]
    [InlineData("§ readonly partial struct N { }", "N")]
    [InlineData("/** <summary/> */ § public partial record struct N;", "N")]
    [InlineData("§ internal readonly partial record struct N(int Own);", "N")]
    [InlineData("§ partial struct @class;", "class")]
    [InlineData("§ partial struct @N;", "N")]
    [InlineData("§ partial struct \\u004E;", "N")]
    [InlineData("namespace A_B; partial class @int { § partial struct @class; }", "A_B.int+class")]
    [InlineData("§ partial struct Größe;", "Größe")]
    [InlineData("namespace A.B; § partial struct N;", "A.B.N")]
    [InlineData("namespace A.B { § partial struct N; }", "A.B.N")]
    [InlineData("namespace A { namespace B { § partial struct N; } }", "A.B.N")]
    [InlineData("namespace A.@event; § partial struct N;", "A.event.N")]
    [InlineData("partial class Outer { § partial struct N; }", "Outer+N")]
    [InlineData("static partial class Outer { § private partial struct N; }", "Outer+N")]
    [InlineData("partial struct Outer { § private readonly partial struct N; }", "Outer+N")]
    [InlineData("/** <summary/> */ public partial record Outer { /** <summary/> */ § protected partial struct N; }", "Outer+N")]
    [InlineData("partial record class Outer { § protected internal partial struct N; }", "Outer+N")]
    [InlineData("partial record struct Outer { § internal partial record struct N; }", "Outer+N")]
    [InlineData("partial interface IOuter { § partial struct N; }", "IOuter+N")]
    [InlineData("namespace A; partial class Outer { private partial interface IInner { § public partial struct N; } }", "A.Outer+IInner+N")]
    public void A_partial_struct_gets_the_network(string source, string name)
        => Verify.Sources(
            GeneratorRun.Of(source.Replace("§", Attribute, StringComparison.Ordinal), File), Networks.FilesOf(name));

    [Fact]
    public void Two_structs_may_share_a_file()
        => Verify.Sources(
            GeneratorRun.Of($"{Attribute} partial struct A; {Attribute} partial struct B;", File),
            [.. Networks.FilesOf("A"), .. Networks.FilesOf("B")]);

    [Fact]
    public void Names_may_differ_in_letter_case_alone()
        => Verify.Sources(
            GeneratorRun.Of($"{Attribute} partial struct n; {Attribute} partial struct N;", File),
            [.. Networks.FilesOf("n-1"), .. Networks.FilesOf("N")]);

    [Theory]
    [InlineData("models/small.nn.json")]
    [InlineData("./models/small.nn.json")]
    [InlineData("models\\\\small.nn.json")]
    [InlineData("/project/models/small.nn.json")]
    public void A_file_is_found_by_the_end_of_its_path(string name)
        => Verify.Sources(
            GeneratorRun.Of($"[NativeNet.Network(\"{name}\")] partial struct N;", ("models/small.nn.json", Networks.Small), ("models/xsmall.nn.json", Networks.Values)),
            Networks.FilesOf("N"));

    [Fact]
    public void A_file_that_is_in_the_project_twice_is_one()
        => Verify.Sources(GeneratorRun.Of($"{Attribute} partial struct N;", File, File), Networks.FilesOf("N"));

    [Fact]
    public void Without_a_struct_nothing_is_generated()
        => Verify.Sources(GeneratorRun.Of("partial struct N;", File));
}
