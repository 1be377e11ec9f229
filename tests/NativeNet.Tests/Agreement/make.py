"""Computes what PyTorch makes of the networks in this folder: scores, loss and gradients, into safetensors files.

Run once with PyTorch 1.13 (Debian 12: python3-torch); the files are kept, so that the tests need no PyTorch:

    python3 make.py

This is an interpreter of the network format that shares nothing with the library but the format's description. Parameters,
inputs and targets are drawn here and stored beside the results. Shapes in the files are the library's: images are (height,
width, channels), the weights of convolutions (filters, kernel height, kernel width, channels of a group).
"""

import json
import pathlib
import struct

import torch
import torch.nn.functional as F

COUNT = 5  # samples


def pair(value):
    return tuple(value) if isinstance(value, list) else (value, value)


def around(layer, size, kernel, stride, dilation):
    """The padding of each side as F.pad takes it: left, right, top, bottom."""
    padding = layer.get("padding", "valid")
    sides = []
    for axis in (1, 0):
        if padding == "valid":
            sides += [0, 0]
        elif padding == "same":
            reach = dilation[axis] * (kernel[axis] - 1) + 1
            windows = -(-size[axis] // stride[axis])
            total = max(0, (windows - 1) * stride[axis] + reach - size[axis])
            sides += [total // 2, total - total // 2]
        else:
            sides += [pair(padding)[axis]] * 2
    return sides


def activate(layer, z):
    kind = layer.get("activation", "none")
    return {
        "none": lambda: z,
        "relu": lambda: F.relu(z),
        "leakyRelu": lambda: F.leaky_relu(z, layer.get("negativeSlope", 0.01)),
        "tanh": lambda: torch.tanh(z),
        "sigmoid": lambda: torch.sigmoid(z),
        "elu": lambda: F.elu(z, layer.get("alpha", 1.0)),
        "gelu": lambda: F.gelu(z, approximate="tanh"),
        "silu": lambda: F.silu(z),
        "hardSwish": lambda: F.hardswish(z),
        "softplus": lambda: F.softplus(z),
        "relu6": lambda: F.relu6(z),
        "clip": lambda: F.hardtanh(z, layer["min"], layer["max"]),
    }[kind]()


class Network:
    """One network file; values between layers are (count, channels, height, width), (count, channels, length) or (count, elements)."""

    def __init__(self, spec):
        self.spec = spec
        self.parameters = {}  # by name, in the library's shapes
        self.training = False

    def tensor(self, index, name, make):
        key = f"layers.{index}.{name}"
        if key not in self.parameters:
            self.parameters[key] = make()
        return self.parameters[key]

    def weight(self, index, *shape, name="weight"):
        fan = 1
        for side in shape[1:]:
            fan *= side
        return self.tensor(index, name, lambda: torch.randn(shape) / fan ** 0.5)

    def vector(self, index, name, length, first=0.0, spread=0.3):
        return self.tensor(index, name, lambda: first + spread * (2 * torch.rand(length) - 1))

    def __call__(self, inputs):
        shape = self.spec["input"]
        x = inputs.reshape(COUNT, *shape)
        x = x.movedim(-1, 1) if len(shape) > 1 else x
        named = {}
        for index, layer in enumerate(self.spec["layers"]):
            x = getattr(self, layer["type"])(index, layer, x, named)
            if "name" in layer:
                named[layer["name"]] = x
        return x

    def flatten(self, index, layer, x, named):
        return x.movedim(1, -1).reshape(COUNT, -1) if x.dim() > 2 else x

    def reshape(self, index, layer, x, named):
        flat = self.flatten(index, layer, x, named).reshape(COUNT, *layer["shape"])
        return flat.movedim(-1, 1) if flat.dim() > 2 else flat

    def dense(self, index, layer, x, named):
        weight = self.weight(index, layer["units"], x.shape[1])
        bias = self.vector(index, "bias", layer["units"]) if layer.get("bias", True) else None
        return activate(layer, F.linear(x, weight, bias))

    def conv2d(self, index, layer, x, named, groups=None, filters=None):
        kernel, stride, dilation = (pair(layer.get(key, 1)) for key in ("kernelSize", "strides", "dilation"))
        groups, filters = groups or layer.get("groups", 1), filters or layer["filters"]
        weight = self.weight(index, filters, *kernel, x.shape[1] // groups)
        bias = self.vector(index, "bias", filters) if layer.get("bias", True) else None
        x = F.pad(x, around(layer, x.shape[2:], kernel, stride, dilation))
        return activate(layer, F.conv2d(x, weight.permute(0, 3, 1, 2), bias, stride, 0, dilation, groups))

    def depthwiseConv2d(self, index, layer, x, named):
        channels = x.shape[1]
        return self.conv2d(index, layer, x, named, channels, channels * layer.get("depthMultiplier", 1))

    def conv1d(self, index, layer, x, named):
        kernel, stride, dilation = (layer.get(key, 1) for key in ("kernelSize", "strides", "dilation"))
        groups = layer.get("groups", 1)
        weight = self.weight(index, layer["filters"], kernel, x.shape[1] // groups)
        bias = self.vector(index, "bias", layer["filters"]) if layer.get("bias", True) else None
        sides = around(layer, (1, x.shape[2]), (1, kernel), (1, stride), (1, dilation))[:2]
        return activate(layer, F.conv1d(F.pad(x, sides), weight.permute(0, 2, 1), bias, stride, 0, dilation, groups))

    def convTranspose(self, index, layer, x, sides, run):
        """Numbers for padding and outputPadding are PyTorch's; "same" leaves the middle of size * stride positions."""
        kernel, stride, dilation, more = (
            pair(layer.get(key, default))[-sides:] for key, default in (("kernelSize", 1), ("strides", 1), ("dilation", 1), ("outputPadding", 0)))
        weight = self.weight(index, layer["filters"], *kernel, x.shape[1])
        bias = self.vector(index, "bias", layer["filters"]) if layer.get("bias", True) else None
        padding = layer.get("padding", "valid")
        same = padding == "same"
        removed = (0,) * sides if padding in ("valid", "same") else pair(padding)[-sides:]
        y = run(x, weight.permute(sides + 1, 0, *range(1, sides + 1)), bias, stride, removed, (0,) * sides if same else more, 1, dilation)
        for axis in range(sides if same else 0):
            size = x.shape[axis + 2] * stride[axis]
            y = y.narrow(axis + 2, (y.shape[axis + 2] - size) // 2, size)
        return activate(layer, y)

    def conv2dTranspose(self, index, layer, x, named):
        return self.convTranspose(index, layer, x, 2, F.conv_transpose2d)

    def conv1dTranspose(self, index, layer, x, named):
        return self.convTranspose(index, layer, x, 1, F.conv_transpose1d)

    def recurrent(self, index, layer, x, gates, run):
        units, rows = layer["units"], gates * layer["units"]
        tensors = [
            self.weight(index, rows, x.shape[1], name="weight_ih"), self.weight(index, rows, units, name="weight_hh"),
            self.vector(index, "bias", rows),
        ]
        second = [torch.zeros(rows)]  # the library has one bias where PyTorch adds two, but for n of a gru
        if layer["type"] == "gru":
            second = [torch.zeros(2 * units), self.vector(index, "bias_n", units)]
        states = run(x.permute(2, 0, 1), [*tensors, torch.cat(second)]).permute(1, 2, 0)
        return states if layer.get("returnSequences", False) else states[:, :, -1]

    def gru(self, index, layer, x, named):
        start = torch.zeros(1, COUNT, layer["units"])
        return self.recurrent(index, layer, x, 3, lambda x, tensors: torch.gru(x, start, tensors, True, 1, 0.0, False, False, False)[0])

    def lstm(self, index, layer, x, named):
        start = torch.zeros(1, COUNT, layer["units"])
        return self.recurrent(index, layer, x, 4, lambda x, tensors: torch.lstm(x, (start, start), tensors, True, 1, 0.0, False, False, False)[0])

    def rnn(self, index, layer, x, named):
        start = torch.zeros(1, COUNT, layer["units"])
        return self.recurrent(index, layer, x, 1, lambda x, tensors: torch.rnn_tanh(x, start, tensors, True, 1, 0.0, False, False, False)[0])

    def pool(self, layer, x, fill):
        size = pair(layer.get("poolSize", 2))
        stride = pair(layer.get("strides", list(size)))
        return F.pad(x, around(layer, x.shape[2:], size, stride, (1, 1)), value=fill), size, stride

    def maxPool2d(self, index, layer, x, named):
        return F.max_pool2d(*self.pool(layer, x, float("-inf")))

    def averagePool2d(self, index, layer, x, named):
        if layer.get("countPadding", False):
            padding = pair(layer["padding"])  # numbers, so that PyTorch pads by itself
            return F.avg_pool2d(x, pair(layer["poolSize"]), pair(layer.get("strides", layer["poolSize"])), padding, count_include_pad=True)
        total = F.avg_pool2d(*self.pool(layer, x, 0.0))
        return total / F.avg_pool2d(*self.pool(layer, torch.ones_like(x), 0.0))

    def maxPool1d(self, index, layer, x, named):
        return F.max_pool1d(x, layer["poolSize"], layer.get("strides", layer["poolSize"]), layer.get("padding", 0))

    def averagePool1d(self, index, layer, x, named):
        counts = layer.get("countPadding", False)
        return F.avg_pool1d(x, layer["poolSize"], layer.get("strides", layer["poolSize"]), layer.get("padding", 0), count_include_pad=counts)

    def globalAveragePool(self, index, layer, x, named):
        return x.flatten(2).mean(dim=2)

    def globalMaxPool(self, index, layer, x, named):
        return x.flatten(2).amax(dim=2)

    def add(self, index, layer, x, named):
        return x + named[layer["from"]]

    def activation(self, index, layer, x, named):
        return activate(layer, x)

    def prelu(self, index, layer, x, named):
        return F.prelu(x, self.vector(index, "slope", x.shape[1], 0.25, 0.2))

    def dropout(self, index, layer, x, named):
        return x

    def layerNorm(self, index, layer, x, named):
        channels = x.shape[1]
        weight, bias = self.vector(index, "weight", channels, 1.0), self.vector(index, "bias", channels)
        return F.layer_norm(x.movedim(1, -1), (channels,), weight, bias, layer.get("epsilon", 1e-5)).movedim(-1, 1)

    def upsample2d(self, index, layer, x, named):
        return F.interpolate(x, scale_factor=tuple(float(side) for side in pair(layer.get("size", 2))), mode="nearest")

    def cropping2d(self, index, layer, x, named):
        top, bottom, left, right = (layer.get(key, 0) for key in ("top", "bottom", "left", "right"))
        return x[:, :, top:x.shape[2] - bottom, left:x.shape[3] - right]

    def softmax(self, index, layer, x, named):
        return x.softmax(dim=1)

    def batchNorm(self, index, layer, x, named):
        channels = x.shape[1]
        weight, bias = self.vector(index, "weight", channels, 1.0), self.vector(index, "bias", channels)
        mean, variance = self.vector(index, "running_mean", channels), self.vector(index, "running_var", channels, 1.0)
        return F.batch_norm(x, mean.detach().clone(), variance.detach().clone(), weight, bias, self.training, 0.1, layer.get("epsilon", 1e-5))


def write(path, tensors):
    """A safetensors file of 32-bit floats in the library's order."""
    header, data = {"__metadata__": {"nativenet.layout": "1"}}, b""
    for name, tensor in tensors.items():
        values = tensor.detach().contiguous().float()
        body = struct.pack(f"<{values.numel()}f", *values.flatten().tolist())
        header[name] = {"dtype": "F32", "shape": list(values.shape), "data_offsets": [len(data), len(data) + len(body)]}
        data += body
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def main():
    torch.set_num_threads(1)
    for path in sorted(pathlib.Path(__file__).parent.glob("*.nn.json")):
        torch.manual_seed(1)
        network = Network(json.loads(path.read_text()))
        inputs = torch.randn(COUNT, *network.spec["input"])
        network(inputs)
        for parameter in network.parameters.values():
            parameter.requires_grad_()

        scores = network(inputs)
        labels = torch.randint(scores.shape[1], (COUNT,))
        network.training = True
        loss = F.cross_entropy(network(inputs), labels)
        loss.backward()

        tensors = {"inputs": inputs, "labels": labels, "scores": scores, "loss": loss.reshape(1)}
        tensors.update(network.parameters)
        for name, parameter in network.parameters.items():
            if parameter.grad is not None:
                tensors["gradient." + name] = parameter.grad
        write(path.with_name(path.name.replace(".nn.json", ".safetensors")), tensors)


main()
