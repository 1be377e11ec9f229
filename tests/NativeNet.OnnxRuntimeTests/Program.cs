using System.Globalization;
using NativeNet.OnnxRuntimeTests;

// dotnet run --project tests/NativeNet.OnnxRuntimeTests -c Release [SEED [NETWORKS]]
int seed = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 0;
int networks = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 200;
return RandomNetworks.Compare(seed, networks);
