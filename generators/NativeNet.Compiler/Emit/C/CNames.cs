using System.Text;
using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.C;

/// <summary>Names as C spells them.</summary>
internal static class CNames
{
    /// <summary><c>BatchNorm3Outputs</c> becomes <c>batch_norm3_outputs</c>.</summary>
    public static string Snake(string name)
    {
        var text = new StringBuilder();
        for (int i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]))
                text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }

    /// <summary>The member of a tensor: <c>dense1_weight</c>.</summary>
    public static string Member(LayerPlan layer, string tensor) => $"{Snake(layer.Name)}_{tensor}";
}
