using Embedded;

// Judges one piece of fruit by the weights inside; the memory is the program's own, on its stack.
float[] measurements = Array.ConvertAll(args is [_, _, _, _] ? args : ["180", "6.5", "9.8", "0.5"], float.Parse);
Span<float> scores = stackalloc float[Fruit.OutputLength], workspace = stackalloc float[Fruit.PredictWorkspaceLength];
Fruit.Predict(Fruit.Weights, measurements, scores, workspace);

int best = 0;
for (int i = 1; i < scores.Length; i++)
    best = scores[i] > scores[best] ? i : best;
Console.WriteLine(Fruit.Classes[best]);
