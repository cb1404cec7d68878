# SPDX-License-Identifier: Apache-2.0
"""Writes tests/golden/weights with PyTorch: what core/io/weights must be able to read, and what it
must find in it (expected.json, values as text with all their digits).

Run by hand: python3 tests/golden/make_weight_files.py   (PyTorch 2.11.0, NumPy 2.4.6, safetensors
made the files in the tree)
"""
import collections
import io
import json
import pathlib
import pickle
import zipfile

import numpy as np
import torch

FOLDER = pathlib.Path(__file__).parent / "weights"
NAMES = {torch.float64: "F64", torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16",
         torch.int64: "I64", torch.int32: "I32", torch.int16: "I16", torch.int8: "I8",
         torch.uint8: "U8", torch.bool: "BOOL"}


def ramp(count, dtype=torch.float32, start=11):
    """Element i is (37 i + start) mod 101 - 50, a quarter of it if floating, odd if bool."""
    values = (37 * torch.arange(count) + start) % 101
    if dtype == torch.bool:
        return values % 2 == 1
    if dtype == torch.uint8:
        return values.to(dtype)
    return (values - 50).to(dtype) if not dtype.is_floating_point else ((values - 50) / 4).to(dtype)


def types():
    state = collections.OrderedDict()
    for dtype, name in NAMES.items():
        state["type." + name] = ramp(6, dtype).reshape(2, 3)
    state["scalar"] = torch.tensor(42, dtype=torch.int64)
    state["empty"] = torch.zeros(0, 4)
    return state


def views():
    base = ramp(24).reshape(4, 6)
    storage = ramp(64 * 64, start=5).reshape(64, 64)
    return {"base": base, "transposed": base.t(), "row": base[2], "column": base[:, 1],
            "part": base[1:3, 2:5], "tied": base, "rop": storage.t()[:, :16],
            "parameter": torch.nn.Parameter(ramp(5, start=3)),
            "frozen": torch.nn.Parameter(ramp(2), requires_grad=False)}


def network(seed=1):
    torch.manual_seed(seed)
    return torch.nn.Sequential(torch.nn.Conv1d(3, 4, 3), torch.nn.BatchNorm1d(4),
                               torch.nn.Linear(4, 2))


def trained():
    """A checkpoint with all that a trainer adds."""
    net = network()
    optimiser = torch.optim.Adam(net.parameters(), lr=1e-3)
    net(torch.ones(2, 3, 6)).sum().backward()
    optimiser.step()
    wrapped = collections.OrderedDict(("module." + k, v) for k, v in net.state_dict().items())
    wrapped._metadata = net.state_dict()._metadata
    return {"model_state": wrapped, "opt_state": optimiser.state_dict(), "epoch": 7,
            "lrs": [np.float64(0.5)], "note": "a text"}


def cuda_tagged(path, state):
    """Renames the device of all storages, as files look that were saved on a GPU."""
    buffer = io.BytesIO()
    torch.save(state, buffer)
    source = zipfile.ZipFile(buffer)
    with zipfile.ZipFile(path, "w") as archive:
        for info in source.infolist():
            data = source.read(info)
            if info.filename.endswith("data.pkl"):
                data = data.replace(b"X\x03\x00\x00\x00cpu", b"X\x06\x00\x00\x00cuda:0")
            archive.writestr(zipfile.ZipInfo(info.filename), data)


class Vocab:
    def __init__(self, words):
        self.name = "vocab"
        self.trimmed = False
        self.word2index = {word: index for index, word in enumerate(words)}
        self.word2count = {word: 1 for word in words}
        self.index2word = dict(enumerate(words))
        self.n_words = len(words)
        self.word_embedding_weights = np.arange(2 * len(words), dtype=np.float32).reshape(-1, 2)


def describe(tensors):
    table = {}
    for name, tensor in tensors.items():
        tensor = tensor.detach()
        values = tensor.contiguous().flatten().to(torch.float64).tolist()
        table[name] = {"dtype": NAMES[tensor.dtype], "shape": list(tensor.shape),
                       "values": values}
    return table


def write_safetensors(path, tensors, metadata):
    import safetensors.torch
    safetensors.torch.save_file({k: v.detach().contiguous().clone() for k, v in tensors.items()},
                                path, metadata=metadata)


def main():
    FOLDER.mkdir(exist_ok=True)
    expected = {}

    def save(name, content, tensors, **options):
        torch.save(content, FOLDER / name, **options)
        expected[name] = describe(tensors)

    legacy = {"_use_new_zipfile_serialization": False}
    net = network().state_dict()
    checkpoint = trained()
    bare = {k[len("module."):]: v for k, v in checkpoint["model_state"].items()}
    save("types.pt", types(), types())
    save("types_legacy.pt", types(), types(), **legacy)
    save("views.pt", views(), views())
    save("views_legacy.pt", views(), views(), **legacy)
    save("network.bin", net, net)
    save("checkpoint.bin", checkpoint, bare)
    save("checkpoint_legacy.bin", checkpoint, bare, **legacy)
    save("state_dict.pth", {"state_dict": net, "epoch": np.int64(3)}, net)
    save("protocol4.pt", net, net, pickle_protocol=4)
    rop = ramp(64 * 64, start=5).reshape(64, 64).t()[:, :16]
    save("rop.pt", rop, {"tensor": rop})
    save("rop_legacy.pt", rop, {"tensor": rop}, **legacy)
    cuda_tagged(FOLDER / "cuda.bin", {"model_state": net})
    expected["cuda.bin"] = describe(net)
    write_safetensors(FOLDER / "types.safetensors", types(), {"format": "pt", "note": "grün"})
    expected["types.safetensors"] = describe(types())

    words = ["PAD", "SOS", "EOS", "UNK", "", "hello", "grün", "it's"]
    for protocol in (2, 4):
        with open(FOLDER / f"vocab{protocol}.pkl", "wb") as file:
            pickle.dump(Vocab(words), file, protocol=protocol)
    expected["vocabulary"] = {word: index for index, word in enumerate(words)}
    (FOLDER / "expected.json").write_text(json.dumps(expected, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
