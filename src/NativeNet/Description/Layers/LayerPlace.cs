using NativeNet.Description.Validation;

namespace NativeNet.Description.Layers;

/// <summary>What a layer must know of the network around it.</summary>
/// <param name="Index">Its position in the file's <c>layers</c>, from 0.</param>
/// <param name="Input">The shape of a sample that enters, or null where an earlier mistake hides it.</param>
/// <param name="Names">The layers that can be spoken of.</param>
/// <param name="Loss">For the last layer the loss that measures its output, or null where it is not known; else null.</param>
internal readonly record struct LayerPlace(int Index, Shape? Input, LayerNames Names, LossForm? Loss);
