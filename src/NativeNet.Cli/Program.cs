using NativeNet.Cli.CommandLine;

return await Application.RunAsync(args).ConfigureAwait(false);
