using System.Globalization;
using Learning;
using NativeNet.Training;

// A sorting machine that learns on: it tells what a piece of fruit is, hears what it was, and takes one step. All memory
// that this takes is here, in sizes that are constants; the weights begin as those inside and end with the process.
const int Together = 45;
float[] parameters = Fruit.Weights.ToArray(), state = new float[Fruit.MomentumStateLength], workspace = new float[Fruit.TrainingWorkspaceLength];
float[] piece = new float[Fruit.InputLength], scores = new float[Fruit.OutputLength];
int[] kind = new int[Fruit.TargetLength];
var rule = new Momentum(0.01f);

int seen = 0, right = 0;
while (Console.ReadLine() is { } line)
{
    string[] fields = line.Split(',');
    kind[0] = Kind(fields[0]);
    if (kind[0] < 0)
        continue;

    for (int i = 0; i < piece.Length; i++)
        piece[i] = float.Parse(fields[i + 1], CultureInfo.InvariantCulture);
    Fruit.Predict(parameters, piece, scores, workspace);
    right += Classification.ArgMax(scores) == kind[0] ? 1 : 0;

    seen++;
    Fruit.TrainStep(parameters, state, piece, kind, rule, seen, workspace);
    if (seen % Together == 0)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"pieces {seen - Together + 1} to {seen}: {right} of {Together} right"));
        right = 0;
    }
}

// Classes in the order of their numbers; −1 for the header.
static int Kind(string name)
{
    int number = Fruit.Classes.Count - 1;
    while (number >= 0 && Fruit.Classes[number] != name)
        number--;
    return number;
}
