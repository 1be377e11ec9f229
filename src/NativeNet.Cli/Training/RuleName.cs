namespace NativeNet.Cli.Training;

/// <summary>The update rules, in the order in which the command line names them.</summary>
internal enum RuleName
{
    /// <summary>Gradient descent.</summary>
    Sgd,

    /// <summary>Gradient descent with a velocity.</summary>
    Momentum,

    /// <summary>Gradient descent with a velocity that looks ahead.</summary>
    Nesterov,

    /// <summary>Adam.</summary>
    Adam,

    /// <summary>Adam with decay apart from the gradient.</summary>
    AdamW,
}
