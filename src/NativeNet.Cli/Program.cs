using NativeNet.Cli.CommandLine;

return Application.Run(args);
