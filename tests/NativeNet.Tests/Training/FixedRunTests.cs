using NativeNet.SelfTest;

namespace NativeNet.Tests.Training;

public sealed class FixedRunTests
{
    [Fact]
    public void A_fixed_run_gives_the_same_parameters_as_everywhere()
        => Assert.Equal(FixedRun.Expected, FixedRun.Sha256());

    [Fact]
    public void A_fixed_run_of_images_gives_the_same_parameters_as_everywhere()
        => Assert.Equal(FixedRun.ExpectedOfImages, FixedRun.Sha256OfImages());
}
