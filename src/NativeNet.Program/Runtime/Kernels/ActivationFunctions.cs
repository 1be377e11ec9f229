using NativeNet.Numerics;

namespace NativeNet.Runtime.Kernels;

/// <summary>The functions that a layer may apply, forward next to backward.</summary>
internal static class ActivationFunctions
{
    internal readonly struct Identity : IActivation
    {
        public TLanes Forward<TLanes>(TLanes z)
            where TLanes : struct, ILanes<TLanes>
            => z;

        public TLanes Backward<TLanes>(TLanes kept, TLanes dy)
            where TLanes : struct, ILanes<TLanes>
            => dy;
    }

    internal readonly struct Relu : IActivation
    {
        public TLanes Forward<TLanes>(TLanes z)
            where TLanes : struct, ILanes<TLanes>
            => Activations.Relu(z);

        public TLanes Backward<TLanes>(TLanes kept, TLanes dy)
            where TLanes : struct, ILanes<TLanes>
            => Activations.ReluBackward(kept, dy);
    }

    internal readonly struct LeakyRelu(float slope) : IActivation
    {
        public TLanes Forward<TLanes>(TLanes z)
            where TLanes : struct, ILanes<TLanes>
            => Activations.LeakyRelu(z, TLanes.Create(slope));

        public TLanes Backward<TLanes>(TLanes kept, TLanes dy)
            where TLanes : struct, ILanes<TLanes>
            => Activations.LeakyReluBackward(kept, dy, TLanes.Create(slope));
    }

    internal readonly struct Tanh : IActivation
    {
        public TLanes Forward<TLanes>(TLanes z)
            where TLanes : struct, ILanes<TLanes>
            => Elementary.Tanh(z);

        public TLanes Backward<TLanes>(TLanes kept, TLanes dy)
            where TLanes : struct, ILanes<TLanes>
            => Activations.TanhBackward(kept, dy);
    }

    internal readonly struct Sigmoid : IActivation
    {
        public TLanes Forward<TLanes>(TLanes z)
            where TLanes : struct, ILanes<TLanes>
            => Elementary.Sigmoid(z);

        public TLanes Backward<TLanes>(TLanes kept, TLanes dy)
            where TLanes : struct, ILanes<TLanes>
            => Activations.SigmoidBackward(kept, dy);
    }

    internal readonly struct Elu(float alpha) : IActivation
    {
        public TLanes Forward<TLanes>(TLanes z)
            where TLanes : struct, ILanes<TLanes>
            => Activations.Elu(z, TLanes.Create(alpha));

        public TLanes Backward<TLanes>(TLanes kept, TLanes dy)
            where TLanes : struct, ILanes<TLanes>
            => Activations.EluBackward(kept, dy, TLanes.Create(alpha));
    }

    internal readonly struct Clip(float minimum, float maximum) : IActivation
    {
        public TLanes Forward<TLanes>(TLanes z)
            where TLanes : struct, ILanes<TLanes>
            => Activations.Clip(z, TLanes.Create(minimum), TLanes.Create(maximum));

        public TLanes Backward<TLanes>(TLanes kept, TLanes dy)
            where TLanes : struct, ILanes<TLanes>
            => Activations.ClipBackward(kept, dy, TLanes.Create(minimum), TLanes.Create(maximum));
    }

    internal readonly struct Gelu : IActivation
    {
        public TLanes Forward<TLanes>(TLanes z)
            where TLanes : struct, ILanes<TLanes>
            => Activations.Gelu(z);

        public TLanes Backward<TLanes>(TLanes kept, TLanes dy)
            where TLanes : struct, ILanes<TLanes>
            => Activations.GeluBackward(kept, dy);
    }

    internal readonly struct Silu : IActivation
    {
        public TLanes Forward<TLanes>(TLanes z)
            where TLanes : struct, ILanes<TLanes>
            => Activations.Silu(z);

        public TLanes Backward<TLanes>(TLanes kept, TLanes dy)
            where TLanes : struct, ILanes<TLanes>
            => Activations.SiluBackward(kept, dy);
    }

    internal readonly struct HardSwish : IActivation
    {
        public TLanes Forward<TLanes>(TLanes z)
            where TLanes : struct, ILanes<TLanes>
            => Activations.HardSwish(z);

        public TLanes Backward<TLanes>(TLanes kept, TLanes dy)
            where TLanes : struct, ILanes<TLanes>
            => Activations.HardSwishBackward(kept, dy);
    }

    internal readonly struct Softplus : IActivation
    {
        public TLanes Forward<TLanes>(TLanes z)
            where TLanes : struct, ILanes<TLanes>
            => Elementary.Softplus(z);

        public TLanes Backward<TLanes>(TLanes kept, TLanes dy)
            where TLanes : struct, ILanes<TLanes>
            => Activations.SoftplusBackward(kept, dy);
    }
}
