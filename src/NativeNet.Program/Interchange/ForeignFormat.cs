using System.Globalization;
using NativeNet.Storage;

namespace NativeNet.Program.Interchange;

/// <summary>Files of other programs, told by their first bytes, and how their content comes here.</summary>
internal static class ForeignFormat
{
    private const int Longest = 64;

    private const string ByPyTorch = "in PyTorch: safetensors.torch.save_file(model.state_dict(), 'model.safetensors'), then import pytorch; or torch.onnx.export(model, example, 'model.onnx'), then import onnx";
    private const string ByKeras = "in Keras: model.export('model.onnx', format='onnx'), then import onnx";

    /// <summary>The formats: what each is called, where its mark stands, the mark, and the way to convert it.</summary>
    private static readonly (string Name, int Offset, byte[] Mark, string Way)[] Formats =
    [
        ("an HDF5 file, as Keras saves them as .h5", 0, [0x89, .. "HDF\r\n"u8, 0x1a, (byte)'\n'], ByKeras),
        ("a TensorFlow Lite file", 4, [.. "TFL3"u8], "convert the model that it was made of, with tf2onnx: python -m tf2onnx.convert --tflite model.tflite --output model.onnx, then import onnx"),
        ("a Core ML or ExecuTorch program", 4, [.. "ET12"u8], ByPyTorch),
        ("a file of GGUF", 0, [.. "GGUF"u8], "networks of this format are no language models"),
        ("an array of NumPy", 0, [0x93, .. "NUMPY"u8], "safetensors.numpy.save_file({'layers.0.weight': array, ...}, 'model.safetensors') saves several by name"),
        ("a pickle, as older versions of PyTorch save it", 0, [0x80, 0x02], ByPyTorch),
        ("a pickle, as Python saves it", 0, [0x80, 0x03], ByPyTorch),
        ("a pickle, as Python saves it", 0, [0x80, 0x04], ByPyTorch),
        ("a pickle, as Python saves it", 0, [0x80, 0x05], ByPyTorch),
        ("a zip archive, as PyTorch saves models (.pt, .pth) and Keras (.keras), or NumPy arrays (.npz)", 0, [.. "PK"u8, 3, 4], ByPyTorch + "; " + ByKeras),
        ("compressed by gzip", 0, [0x1f, 0x8b], "decompress it first"),
        ("JSON", 0, [.. "{"u8], "a network's description (.nn.json) stands on the command line before the weights"),
    ];

    /// <summary>The archives that hold a name near their begin.</summary>
    private static readonly (string Entry, string Name, string Way)[] Archives =
    [
        ("/data.pkl", "an archive of PyTorch (.pt or .pth)", ByPyTorch),
        ("/byteorder", "an archive of PyTorch (.pt or .pth)", ByPyTorch),
        ("metadata.json", "an archive of Keras (.keras)", ByKeras),
        ("config.json", "an archive of Keras (.keras)", ByKeras),
        (".npy", "an archive of NumPy arrays (.npz)", "safetensors.numpy.save_file(dict(numpy.load('model.npz')), 'model.safetensors')"),
    ];

    /// <summary>Fails where a file is of one of these formats.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wanted">What it should be, for example <c>safetensors</c>.</param>
    /// <exception cref="StorageFormatException">It is; the message says how to convert it.</exception>
    /// <exception cref="IOException">It is missing or cannot be read.</exception>
    public static void Refuse(string path, string wanted)
    {
        byte[] first = new byte[Longest];
        using FileStream file = InputFile.Open(path, static problem => new StorageFormatException(problem));
        int length = file.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        if (Find(first.AsSpan(0, length)) is (var name, var way) && !name.EndsWith($" {wanted} file", StringComparison.Ordinal))
            throw new StorageFormatException(string.Create(CultureInfo.InvariantCulture, $"{path}: is {name}, not {wanted}; {way}"));
    }

    /// <summary>What first bytes tell.</summary>
    /// <param name="first">The first bytes of a file, 64 where it has as many.</param>
    /// <returns>What the file is and how to convert it; null where they tell nothing.</returns>
    internal static (string Name, string Way)? Find(ReadOnlySpan<byte> first)
    {
        // What the other of two readers takes: a header's length and an object, or a version and the name of a producer.
        if (first is [_, _, _, _, 0, 0, 0, 0, (byte)'{', ..])
            return ("a safetensors file", "weights alone come with import pytorch and the network's description");
        if (first is [0x08, < 0x20, 0x12, > 0, ..])
            return ("an ONNX file", "import onnx takes it");

        foreach ((string name, int offset, byte[] mark, string way) in Formats)
        {
            if (first.Length < offset + mark.Length || !first.Slice(offset, mark.Length).SequenceEqual(mark))
                continue;

            string entry = mark is [(byte)'P', (byte)'K', ..] ? System.Text.Encoding.Latin1.GetString(first) : "";
            (string Entry, string Name, string Way) archive = Array.Find(Archives, archive => entry.Contains(archive.Entry, StringComparison.Ordinal));
            return archive.Entry is null ? (name, way) : (archive.Name, archive.Way);
        }

        return null;
    }
}
