namespace NativeNet.Compiler.Planning.Budgets;

/// <summary>One bound of a network's budget.</summary>
/// <param name="Key">The key of files.</param>
/// <param name="Allowed">What the file allows; 0 for no bound.</param>
/// <param name="Needed">What the program costs.</param>
/// <param name="Heaviest">The layers that cost most of it, for messages; empty where no layer does.</param>
internal sealed record BudgetLine(string Key, long Allowed, long Needed, string Heaviest)
{
    /// <summary>Whether it costs more than it may.</summary>
    public bool IsExceeded => Allowed > 0 && Needed > Allowed;
}
