namespace NativeNet.PackageTests;

/// <summary>
/// A fresh project, outside this repository, that knows nothing but the package. The package comes from a feed of its own
/// and goes to a packages folder of its own: an equal version in the user's cache would hide what was just packed, and
/// no other source is asked, so no network is needed.
/// </summary>
public sealed class Consumer : IDisposable
{
    /// <summary>y = weight · x + bias: small enough to know what training must find.</summary>
    public const string Model = """
        {
          "input": [1],
          "layers": [{ "type": "dense", "units": 1 }],
          "loss": "meanSquaredError",
          "batchSize": 4
        }
        """;

    private readonly string _root = Directory.CreateTempSubdirectory("nativenet-").FullName;

    public Consumer()
    {
        string feed = Path.Combine(_root, "feed");
        Directory.CreateDirectory(Folder);
        PackagePath = Repository.Pack("NativeNet", feed);

        Write("nuget.config", """
            <configuration>
              <config>
                <add key="globalPackagesFolder" value="../packages" />
              </config>
              <packageSources>
                <clear />
                <add key="packed" value="../feed" />
              </packageSources>
            </configuration>
            """);
        Write("Consumer.csproj", $$"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <AnalysisLevel>latest-all</AnalysisLevel>
                <EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild>
                <InvariantGlobalization>true</InvariantGlobalization>
                <GenerateFullPaths>false</GenerateFullPaths>
                <NoWarn>$(NoWarn);CA1303</NoWarn>
                <IlcInstructionSet>$(OwnInstructionSet)</IlcInstructionSet>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="NativeNet" Version="{{Repository.Version}}" />
              </ItemGroup>
            </Project>
            """);
        Write("models/line.nn.json", Model);
        Write("Program.cs", """
            using NativeNet;
            using NativeNet.Training;

            float[] score = new float[1];
            if (args is ["inside"])
            {
                try
                {
                    TrainedLine.Predict(TrainedLine.Weights, [3], score, new float[TrainedLine.PredictWorkspaceLength]);
                    Console.WriteLine($"inside {score[0]:F3}");
                }
                catch (ArgumentException exception)
                {
                    Console.WriteLine(exception.Message);
                }

                return;
            }

            float[] parameters = new float[Line.ParametersLength];
            float[] workspace = new float[Line.TrainingWorkspaceLength];

            Line.Predict(parameters, [3], score, workspace);
            Console.WriteLine($"before {score[0]:F3}");

            Line.Initialize(parameters, seed: 1);
            for (int step = 1; step <= 500; step++)
                Line.TrainStep(parameters, [], [-1, 0, 1, 2], [-1, 1, 3, 5], new Sgd(0.1f), step, workspace);

            Line.Predict(parameters, [3], score, workspace);
            Console.WriteLine($"after {score[0]:F3}");
            Console.WriteLine($"batch {Line.BatchSize}");
            if (args is [var path])
                NativeNet.Storage.ParameterFile.Save(path, Line.Tensors, parameters);

            [Network("line.nn.json")]
            internal readonly partial struct Line;

            [Network("line.nn.json", Weights = "line.safetensors")]
            internal readonly partial struct TrainedLine;
            """);
        Dotnet.Expect(Folder, "restore");
    }

    /// <summary>The packed file.</summary>
    public string PackagePath { get; }

    /// <summary>The consumer's project folder.</summary>
    public string Folder => Path.Combine(_root, "consumer");

    /// <summary>Writes a file of the project.</summary>
    public void Write(string name, string text)
    {
        string path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public (int ExitCode, string Output) Build(params string[] options)
        => Dotnet.Run(Folder, ["build", "--no-restore", "--tl:off", .. options]);

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
