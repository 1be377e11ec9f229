using NativeNet;
using NativeNet.ModelBenchmarks;

return new NativeNetProgram("models")
    .Add<DenseRelu>()
    .Add<DenseLeakyRelu>()
    .Add<DenseTanh>()
    .Add<DenseSigmoid>()
    .Add<DenseElu>()
    .Add<DenseGelu>()
    .Add<DenseSilu>()
    .Add<DenseHardSwish>()
    .Add<DenseSoftplus>()
    .Add<Convolutions>()
    .Add<Autoencoder>()
    .Add<Keywords>()
    .Add<MobileNet>()
    .Add<ResNet8>()
    .Run(args);
