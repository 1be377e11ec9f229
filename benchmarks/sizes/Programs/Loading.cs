using Microsoft.Win32.SafeHandles;
using NativeNet.Sizes;
using NativeNet.Storage;

// The class of one sample, by weights from a file.
Span<float> input = stackalloc float[Digits.InputLength], scores = stackalloc float[Digits.OutputLength], workspace = stackalloc float[Digits.PredictWorkspaceLength];
input.Fill(0.5f);
float[] parameters = new float[Digits.ParametersLength];
ParameterFile.Load(args[0], Digits.Tensors, parameters);
Digits.Predict(parameters, input, scores, workspace);

int best = 0;
for (int i = 1; i < scores.Length; i++)
    best = scores[i] > scores[best] ? i : best;

using var handle = new SafeFileHandle(1, ownsHandle: false);
using var output = new FileStream(handle, FileAccess.Write, bufferSize: 0);
output.Write([(byte)('0' + best), (byte)'\n']);
