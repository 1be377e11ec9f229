namespace NativeNet.Tests.Reference;

/// <summary>Compares gradients in double with the differences of the loss around every parameter.</summary>
internal static class CentralDifferences
{
    private const double Step = 1e-5;

    /// <summary>Central differences with this step agree to about 2e-8; a wrong derivative is off by far more.</summary>
    private const double Tolerance = 1e-6;

    /// <summary>Fails where a gradient is not the derivative.</summary>
    /// <param name="parameters">The point; the same afterwards.</param>
    /// <param name="evaluate">The loss and its gradients at a point.</param>
    public static void Check(double[] parameters, Func<double[], (double Loss, double[] Gradients)> evaluate)
    {
        double[] gradients = evaluate(parameters).Gradients;
        for (int i = 0; i < parameters.Length; i++)
        {
            double old = parameters[i];
            parameters[i] = old + Step;
            double above = evaluate(parameters).Loss;
            parameters[i] = old - Step;
            double below = evaluate(parameters).Loss;
            parameters[i] = old;

            double difference = (above - below) / (2 * Step);
            Assert.True(Math.Abs(difference - gradients[i]) < Tolerance, $"parameter {i}: {gradients[i]} against {difference}");
        }

        // A tolerance would also pass for a network whose gradients all vanish.
        Assert.True(gradients.Count(static g => Math.Abs(g) > 100 * Tolerance) > gradients.Length / 2);
    }
}
