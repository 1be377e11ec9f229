extern alias Build;

using Build::NativeNet.Build;

namespace NativeNet.Generators.Tests.Weights;

/// <summary>Which attributes the build finds before there is a compilation.</summary>
public sealed class AttributeScanTests
{
    [Theory]
    [InlineData("[Network(\"a.nn.json\", Weights = \"a.safetensors\")] partial struct A;")]
    [InlineData("[NativeNet.NetworkAttribute ( path: \"a.nn.json\" ,\r\n    Weights=\"a.safetensors\" )]")]
    [InlineData("// \"\n/* ' */ char c = '\"'; string s = \"\\\"\"; [Other, Network(\"a.nn.json\", Weights = \"a.safetensors\")]")]
    [InlineData("string v = @\"C:\\\"; string r = \"\"\"a \"\" b\"\"\"; [Network(\"a.nn.json\", Weights = \"a.safetensors\")]")]
    public void An_attribute_is_found(string code)
        => Assert.Equal([("a.nn.json", "a.safetensors")], AttributeScan.Find(code).Select(static pair => (pair.Network, pair.Weights)));

    [Theory]
    [InlineData("// [Network(\"a.nn.json\", Weights = \"a.safetensors\")]")]
    [InlineData("/* [Network(\"a.nn.json\", Weights = \"a.safetensors\")] */")]
    [InlineData("string s = \"\"\"[Network(\"a.nn.json\", Weights = \"a.safetensors\")]\"\"\";")]
    [InlineData("string s = @\"[Network(\"\"a.nn.json\"\", Weights = \"\"a.safetensors\"\")]\";")]
    [InlineData("[Network(\"a.nn.json\")] [Weights(Weights = \"a.safetensors\")]")]
    [InlineData("[MyNetwork(\"a.nn.json\", Weights = \"a.safetensors\")]")]
    public void What_is_none_is_not(string code) => Assert.Empty(AttributeScan.Find(code));
}
