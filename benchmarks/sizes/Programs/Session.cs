using Microsoft.Win32.SafeHandles;
using NativeNet.Data;
using NativeNet.Sizes;
using NativeNet.Training;

// Trains on the digits that the library brings along, and measures.
TrainTest data = DigitsDataSet.Load();
using var session = new TrainingSession<Digits>(seed: 42);
for (int epoch = 0; epoch < 30; epoch++)
    session.TrainEpoch(data.Train, new Sgd(0.1f));

using var handle = new SafeFileHandle(1, ownsHandle: false);
using var output = new FileStream(handle, FileAccess.Write, bufferSize: 0);
output.Write(session.Evaluate(data.Test).Accuracy > 0.9 ? "learned\n"u8 : "not learned\n"u8);
