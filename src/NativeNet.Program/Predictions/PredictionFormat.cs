namespace NativeNet.Program.Predictions;

/// <summary>How predictions are written.</summary>
internal enum PredictionFormat
{
    /// <summary>For people: words and numbers with blanks between.</summary>
    Text,

    /// <summary>Fields with commas between, under names where the rows read have names.</summary>
    Csv,

    /// <summary>A JSON object a line.</summary>
    Json,
}
