"""Writes state dicts as PyTorch names, shapes and orders them, and what its modules compute from them.

The modules' definitions, channels first, are computed here in double precision and plain loops: nothing of NativeNet
and nothing of PyTorch is needed. Run it in this folder: python3 make.py
"""
import json
import math
import random
import struct


def tensor(random_numbers, *shape):
    if not shape:
        return random_numbers.uniform(-1, 1)
    return [tensor(random_numbers, *shape[1:]) for _ in range(shape[0])]


def flat(value):
    return [value] if isinstance(value, float) else [element for part in value for element in flat(part)]


def shape_of(value):
    return [] if isinstance(value, float) else [len(value)] + shape_of(value[0])


def single(value):
    """Rounded to 32 bits, as the file holds it."""
    return struct.unpack("<f", struct.pack("<f", value))[0]


def rounded(value, to):
    return to(value) if isinstance(value, float) else [rounded(part, to) for part in value]


def half(value):
    return struct.unpack("<e", struct.pack("<e", value))[0]


def conv2d(image, weight, bias, groups=1, padding=0, stride=1):
    channels, rows, columns = len(image), len(image[0]), len(image[0][0])
    filters, depth, side = len(weight), len(weight[0]), len(weight[0][0])
    at = lambda c, y, x: image[c][y][x] if 0 <= y < rows and 0 <= x < columns else 0.0
    out = []
    for f in range(filters):
        first = f // (filters // groups) * depth
        out.append([[(bias[f] if bias else 0.0) + sum(
            weight[f][c][i][j] * at(first + c, y * stride + i - padding, x * stride + j - padding)
            for c in range(depth) for i in range(side) for j in range(side))
            for x in range((columns + 2 * padding - side) // stride + 1)] for y in range((rows + 2 * padding - side) // stride + 1)])
    return out


def conv1d(signal, weight, bias):
    length, side = len(signal[0]), len(weight[0][0])
    return [[bias[f] + sum(weight[f][c][i] * signal[c][t + i] for c in range(len(signal)) for i in range(side))
             for t in range(length - side + 1)] for f in range(len(weight))]


def batch_norm(channels, weight, bias, mean, variance, epsilon=1e-5):
    scale = lambda value, c: (value - mean[c]) / math.sqrt(variance[c] + epsilon) * weight[c] + bias[c]
    each = lambda value, c: scale(value, c) if isinstance(value, float) else [each(part, c) for part in value]
    return [each(channel, c) for c, channel in enumerate(channels)]


def relu(value):
    return max(value, 0.0) if isinstance(value, float) else [relu(part) for part in value]


def max_pool(image):
    return [[[max(channel[2 * y][2 * x], channel[2 * y][2 * x + 1], channel[2 * y + 1][2 * x], channel[2 * y + 1][2 * x + 1])
              for x in range(len(channel[0]) // 2)] for y in range(len(channel) // 2)] for channel in image]


def linear(values, weight, bias):
    return [(bias[n] if bias else 0.0) + sum(w * v for w, v in zip(row, values)) for n, row in enumerate(weight)]


def channels_last(value):
    """(C, …) as the values of (…, C): how NativeNet takes inputs."""
    return [element for position in zip(*[flat(channel) for channel in value]) for element in position]


def save(name, tensors, types={}):
    header, data = {}, b""
    for key, value in sorted(tensors.items()):
        kind = types.get(key, "F32")
        elements = flat(value)
        if kind == "BF16":
            packed = b"".join(struct.pack("<f", element)[2:] for element in elements)
        elif kind == "I64":
            packed = struct.pack("<q", int(value))
        else:
            packed = struct.pack("<%d%s" % (len(elements), {"F32": "f", "F16": "e", "F64": "d"}[kind]), *elements)
        header[key] = {"dtype": kind, "shape": [] if kind == "I64" else shape_of(value), "data_offsets": [len(data), len(data) + len(packed)]}
        data += packed
    text = json.dumps(header).encode()
    with open(name + ".safetensors", "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def expect(name, inputs, scores):
    with open(name + ".csv", "w") as file:
        for values, result in zip(inputs, scores):
            file.write(",".join(repr(value) for value in values + result) + "\n")


def mlp(r):
    weights = {"fc1.weight": tensor(r, 6, 4), "fc1.bias": tensor(r, 6), "fc2.weight": tensor(r, 6, 6), "fc2.bias": tensor(r, 6), "head.weight": tensor(r, 3, 6)}
    weights = {key: rounded(value, half if key == "fc1.weight" else single) for key, value in weights.items()}
    save("mlp", weights, {"fc1.weight": "F16", "fc2.bias": "F64"})
    inputs = [rounded(tensor(r, 4), single) for _ in range(3)]
    expect("mlp", inputs, [linear(relu(linear(relu(linear(x, weights["fc1.weight"], weights["fc1.bias"])), weights["fc2.weight"], weights["fc2.bias"])), weights["head.weight"], None) for x in inputs])


def convolutional(r):
    weights = {
        "features.0.weight": tensor(r, 3, 3, 3, 3), "features.0.bias": tensor(r, 3),
        "features.1.weight": tensor(r, 3), "features.1.bias": tensor(r, 3), "features.1.running_mean": tensor(r, 3), "features.1.running_var": [abs(v) + 0.5 for v in tensor(r, 3)],
        "features.4.weight": tensor(r, 6, 1, 3, 3), "features.4.bias": tensor(r, 6),
        "classifier.2.weight": tensor(r, 5, 24), "classifier.2.bias": tensor(r, 5),
        "classifier.10.weight": tensor(r, 5, 5), "classifier.10.bias": tensor(r, 5)}
    weights = {key: rounded(value, single) for key, value in weights.items()}
    save("convolutional", {**weights, "features.1.num_batches_tracked": 7.0}, {"features.1.num_batches_tracked": "I64"})
    g = weights.__getitem__
    images = [rounded(tensor(r, 3, 4, 4), single) for _ in range(3)]
    scores = []
    for image in images:
        x = conv2d(image, g("features.0.weight"), g("features.0.bias"), padding=1)
        x = relu(batch_norm(x, g("features.1.weight"), g("features.1.bias"), g("features.1.running_mean"), g("features.1.running_var")))
        x = max_pool(conv2d(x, g("features.4.weight"), g("features.4.bias"), groups=3, padding=1))
        x = relu(linear(flat(x), g("classifier.2.weight"), g("classifier.2.bias")))
        scores.append(linear(x, g("classifier.10.weight"), g("classifier.10.bias")))
    expect("convolutional", [channels_last(image) for image in images], scores)


def signal(r):
    weights = {
        "conv.weight": tensor(r, 3, 3, 3), "conv.bias": tensor(r, 3),
        "norm.weight": tensor(r, 12), "norm.bias": tensor(r, 12), "norm.running_mean": tensor(r, 12), "norm.running_var": [abs(v) + 0.5 for v in tensor(r, 12)],
        "out.weight": tensor(r, 2, 12), "out.bias": tensor(r, 2)}
    weights = {key: rounded(value, single) for key, value in weights.items()}
    save("signal", weights)
    g = weights.__getitem__
    signals = [rounded(tensor(r, 3, 6), single) for _ in range(3)]
    scores = []
    for x in signals:
        x = flat(conv1d(x, g("conv.weight"), g("conv.bias")))
        x = batch_norm(x, g("norm.weight"), g("norm.bias"), g("norm.running_mean"), g("norm.running_var"))
        scores.append(linear(x, g("out.weight"), g("out.bias")))
    expect("signal", [channels_last(x) for x in signals], scores)


def add(left, right):
    return left + right if isinstance(left, float) else [add(a, b) for a, b in zip(left, right)]


def lenet(r):
    weights = {
        "conv1.weight": tensor(r, 4, 1, 5, 5), "conv1.bias": tensor(r, 4), "conv2.weight": tensor(r, 6, 4, 3, 3), "conv2.bias": tensor(r, 6),
        "fc1.weight": tensor(r, 9, 24), "fc1.bias": tensor(r, 9), "fc2.weight": tensor(r, 7, 9), "fc2.bias": tensor(r, 7), "fc3.weight": tensor(r, 4, 7), "fc3.bias": tensor(r, 4)}
    weights = {key: rounded(value, single) for key, value in weights.items()}
    save("lenet", weights)
    g = weights.__getitem__
    images = [rounded(tensor(r, 1, 16, 16), single) for _ in range(2)]
    scores = []
    for image in images:
        x = max_pool(relu(conv2d(image, g("conv1.weight"), g("conv1.bias"))))
        x = flat(max_pool(relu(conv2d(x, g("conv2.weight"), g("conv2.bias")))))
        for layer in ("fc1", "fc2"):
            x = relu(linear(x, g(layer + ".weight"), g(layer + ".bias")))
        scores.append(linear(x, g("fc3.weight"), g("fc3.bias")))
    expect("lenet", [channels_last(image) for image in images], scores)


def resnet8(r):
    """Three blocks, the second and third with half the rows and columns and a convolution beside them."""
    weights = {}

    def conv(name, filters, channels, side):
        weights[name + ".weight"] = [[[[v / 2 for v in row] for row in plane] for plane in cube] for cube in tensor(r, filters, channels, side, side)]

    def norm(name, channels):
        weights.update({name + ".weight": tensor(r, channels), name + ".bias": tensor(r, channels), name + ".running_mean": tensor(r, channels), name + ".running_var": [abs(v) + 0.5 for v in tensor(r, channels)]})

    blocks = [("layer1.0", 4, 4), ("layer2.0", 4, 6), ("layer3.0", 6, 8)]
    conv("conv1", 4, 3, 3)
    norm("bn1", 4)
    for name, before, after in blocks:
        conv(name + ".conv1", after, before, 3)
        norm(name + ".bn1", after)
        conv(name + ".conv2", after, after, 3)
        norm(name + ".bn2", after)
        if before != after:
            conv(name + ".downsample.0", after, before, 1)
            norm(name + ".downsample.1", after)
    weights.update({"fc.weight": tensor(r, 5, 8), "fc.bias": tensor(r, 5)})
    weights = {key: rounded(value, single) for key, value in weights.items()}
    counts = {key[:-len("running_var")] + "num_batches_tracked": 3.0 for key in weights if key.endswith("running_var")}
    save("resnet8", {**weights, **counts}, {key: "I64" for key in counts})
    g = weights.__getitem__

    def normalize(name, x):
        return batch_norm(x, *(g(name + "." + part) for part in ("weight", "bias", "running_mean", "running_var")))

    images = [rounded(tensor(r, 3, 8, 8), single) for _ in range(2)]
    scores = []
    for image in images:
        x = relu(normalize("bn1", conv2d(image, g("conv1.weight"), None, padding=1)))
        for name, before, after in blocks:
            stride = 1 if before == after else 2
            y = relu(normalize(name + ".bn1", conv2d(x, g(name + ".conv1.weight"), None, padding=1, stride=stride)))
            y = normalize(name + ".bn2", conv2d(y, g(name + ".conv2.weight"), None, padding=1))
            x = relu(add(y, x if stride == 1 else normalize(name + ".downsample.1", conv2d(x, g(name + ".downsample.0.weight"), None, stride=2))))
        x = [sum(flat(channel)) / len(flat(channel)) for channel in x]
        scores.append(linear(x, g("fc.weight"), g("fc.bias")))
    expect("resnet8", [channels_last(image) for image in images], scores)


def sigmoid(value):
    return 1 / (1 + math.exp(-value))


def recurrent(cell, signal, weights, module, layer, units, has_bias=True):
    """The state behind every frame of a signal, (frames, units): torch.nn.GRU, LSTM and RNN with batch_first."""
    g = lambda tensor: weights[f"{module}.{tensor}_l{layer}"]
    h, c, states = [0.0] * units, [0.0] * units, []
    for x in signal:
        gi = linear(x, g("weight_ih"), g("bias_ih") if has_bias else None)
        gh = linear(h, g("weight_hh"), g("bias_hh") if has_bias else None)
        part = lambda sums, gate: sums[gate * units:(gate + 1) * units]
        both = [a + b for a, b in zip(gi, gh)]
        if cell == "gru":
            r, z = ([sigmoid(v) for v in part(both, gate)] for gate in (0, 1))
            n = [math.tanh(a + reset * b) for a, reset, b in zip(part(gi, 2), r, part(gh, 2))]
            h = [(1 - update) * new + update * old for update, new, old in zip(z, n, h)]
        elif cell == "lstm":
            i, f, o = ([sigmoid(v) for v in part(both, gate)] for gate in (0, 1, 3))
            c = [forget * old + take * math.tanh(new) for forget, old, take, new in zip(f, c, i, part(both, 2))]
            h = [out * math.tanh(cell_state) for out, cell_state in zip(o, c)]
        else:
            h = [math.tanh(v) for v in both]
        states.append(h)
    return states


def recurrent_weights(r, module, gates, inputs, units, layers=1, has_bias=True):
    weights = {}
    for layer in range(layers):
        weights[f"{module}.weight_ih_l{layer}"] = tensor(r, gates * units, inputs if layer == 0 else units)
        weights[f"{module}.weight_hh_l{layer}"] = tensor(r, gates * units, units)
        if has_bias:
            weights.update({f"{module}.bias_ih_l{layer}": tensor(r, gates * units), f"{module}.bias_hh_l{layer}": tensor(r, gates * units)})
    return weights


def gru(r):
    """Two layers in one module, then the state behind the last frame."""
    weights = {**recurrent_weights(r, "gru", 3, 3, 5, layers=2), "head.weight": tensor(r, 4, 5), "head.bias": tensor(r, 4)}
    weights = {key: rounded(value, single) for key, value in weights.items()}
    save("gru", weights)
    signals = [rounded(tensor(r, 7, 3), single) for _ in range(3)]
    states = [recurrent("gru", recurrent("gru", x, weights, "gru", 0, 5), weights, "gru", 1, 5)[-1] for x in signals]
    expect("gru", [flat(x) for x in signals], [linear(h, weights["head.weight"], weights["head.bias"]) for h in states])


def lstm(r):
    """The states behind all frames, flattened as they are: frames first."""
    weights = {**recurrent_weights(r, "lstm", 4, 2, 4), "head.weight": tensor(r, 3, 20), "head.bias": tensor(r, 3)}
    weights = {key: rounded(value, single) for key, value in weights.items()}
    save("lstm", weights)
    signals = [rounded(tensor(r, 5, 2), single) for _ in range(3)]
    expect("lstm", [flat(x) for x in signals], [linear(flat(recurrent("lstm", x, weights, "lstm", 0, 4)), weights["head.weight"], weights["head.bias"]) for x in signals])


def rnn(r):
    """A module without biases."""
    weights = {**recurrent_weights(r, "rnn", 1, 3, 4, has_bias=False), "head.weight": tensor(r, 2, 4), "head.bias": tensor(r, 2)}
    weights = {key: rounded(value, single) for key, value in weights.items()}
    save("rnn", weights)
    signals = [rounded(tensor(r, 6, 3), single) for _ in range(3)]
    states = [recurrent("rnn", x, weights, "rnn", 0, 4, has_bias=False)[-1] for x in signals]
    expect("rnn", [flat(x) for x in signals], [linear(h, weights["head.weight"], weights["head.bias"]) for h in states])


if __name__ == "__main__":
    numbers = random.Random(5)
    mlp(numbers)
    convolutional(numbers)
    signal(numbers)
    lenet(numbers)
    resnet8(numbers)
    gru(numbers)
    lstm(numbers)
    rnn(numbers)
