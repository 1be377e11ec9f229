namespace NativeNet.Description;

/// <summary>What a network may cost, for the target that code is made for; a build that costs more is refused. 0 sets no bound.</summary>
/// <param name="ParameterBytes">The most bytes of parameters, as a file of weights holds them: four each, without padding.</param>
/// <param name="InferenceBytes">The most bytes of workspace for one prediction, beside the parameters.</param>
/// <param name="TrainingBytes">The most bytes of parameters, state of the rule that the file names, and workspace in training.</param>
/// <param name="MultiplyAdds">The most multiply-adds of one prediction.</param>
/// <param name="FlashBytes">The most bytes of constant data that a program with its weights inside has of them, in the target's layout; code is beside it.</param>
public sealed record BudgetSpec(int ParameterBytes, int InferenceBytes, int TrainingBytes, int MultiplyAdds, int FlashBytes);
