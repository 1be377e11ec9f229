using NativeNet;
using NativeNet.Cli;

return new NativeNetProgram("nativenet") { Experimental = "deep" }
    .Add<Digits>(NetworkData.Digits)
    .Add<Mnist>(NetworkData.Mnist)
    .Add<MnistWide>(NetworkData.Mnist)
    .Add<Deep>(NetworkData.Digits)
    .Add<Lenet>(NetworkData.Mnist)
    .Add<Resnet>(NetworkData.Mnist)
    .Add<Separable>(NetworkData.Mnist)
    .Run(args);
