using NativeNet.SelfTest;

namespace NativeNet.Tests.Networks;

/// <summary>Generated code equals the reference bit for bit.</summary>
public sealed class ParityTests
{
    private static readonly ParityCase[] All =
    [
        .. Values<Tiny>(), .. Values<LadderUp>(), .. Classes<LadderDown>(), .. Values<Narrow>(), .. Classes<Wide>(), .. Classes<Slender>(),
        .. Classes<Strided>(), .. Classes<SingleLayer>(), .. Values<SingleActivated>(), .. Values<Image>(),
        .. Values<Binary>(), .. Classes<Online>(), .. Values<Straight>(), .. Classes<Digits>(), .. Classes<Pooled>(),
        .. Classes<ConvLenet>(), .. Classes<ConvPadded>(), .. Classes<ConvPacked>(), .. Values<ConvGrouped>(), .. Classes<ConvSignal>(), .. Classes<ConvLadderUp>(),
        .. Values<ConvLadderDown>(),
        .. Classes<LayerNormed>(), .. Values<LayerNormedWide>(), .. Classes<Dropped>(), .. Values<Fitted>(), .. Classes<FittedImage>(),
        .. Classes<BatchNormed>(), .. Values<BatchNormedFirst>(), .. Values<BatchNormedFull>(), .. Classes<BatchNormedConv>(), .. Classes<BatchNormedRelu>(), .. Classes<BatchNormedRows>(),
        .. Classes<Residual>(), .. Classes<Projection>(), .. Values<Branches>(), .. Values<Joined>(), .. Classes<Products>(), .. Classes<SideBySide>(), .. Values<Reshaped>(),
        .. Classes<LearnedSlopes>(), .. Values<SlopesSmall>(), .. Values<SlopesEven>(),
        .. Classes<Resampled>(), .. Values<Shares>(), .. Classes<WithoutBiases>(), .. Values<WithoutBiasesTiny>(), .. Classes<PooledSignal>(), .. Values<PooledPadding>(),
        .. Classes<Gated>(), .. Values<GatedSmall>(), .. Values<GatedTiny>(), .. Classes<GatedConv>(),
        .. Classes<Frames>(), .. Values<Causal>(), .. Classes<Averaged>(),
        .. Classes<GruStack>(), .. Classes<LstmStack>(), .. Values<SimpleRnn>(), .. Values<RecurrentBranches>(), .. Classes<Gru>(), .. Values<Lstm>(),
        .. Classes<Repeated>(), .. Values<RepeatedSignal>(), .. Classes<Frozen>(), .. Values<FrozenRecurrent>(),
        .. Values<FrameCells>(), .. Classes<Stateful>(), .. Values<Transposed>(), .. Classes<TransposedSignal>(),
    ];

    public static TheoryData<string> Names => [.. All.Select(static parity => parity.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Generated_code_equals_the_reference(string name) => All.Single(parity => parity.Name == name).Run();

    private static IEnumerable<ParityCase> Classes<TNetwork>()
        where TNetwork : struct, INetwork<int>
        => new NetworkParity<TNetwork, int>(new ClassTargets()).Cases();

    private static IEnumerable<ParityCase> Values<TNetwork>()
        where TNetwork : struct, INetwork<float>
        => new NetworkParity<TNetwork, float>(new ValueTargets()).Cases();
}
