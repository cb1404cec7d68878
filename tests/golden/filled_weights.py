# SPDX-License-Identifier: Apache-2.0
"""Weights and inputs that follow from their names alone; tests/core/models/filled_source.cpp makes
the same numbers. FNV-1a of the name seeds splitmix64, the upper 24 bits give a value in [-1, 1)."""

import numpy as np
import torch

GOLDEN = np.uint64(0x9E3779B97F4A7C15)


def uniform(name, shape):
    seed = 0xCBF29CE484222325
    for byte in name.encode():
        seed = ((seed ^ byte) * 0x100000001B3) % 2**64
    count = int(np.prod(shape)) if len(shape) else 1
    with np.errstate(over="ignore"):
        z = np.uint64(seed) + np.arange(1, count + 1, dtype=np.uint64) * GOLDEN
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z ^= z >> np.uint64(31)
    u = (z >> np.uint64(40)).astype(np.float32) * np.float32(2**-24)
    return torch.from_numpy((np.float32(2) * u - np.float32(1)).reshape(shape))


def value(name, shape):
    v = uniform(name, shape)
    if name.endswith("running_var"):
        return 1 + 0.5 * ((v + 1) * 0.5)
    if name.endswith("running_mean"):
        return 0.1 * v
    if "moau_query" in name or name == "mask_embeddings":
        return 0.5 * v
    if len(shape) < 2:
        return 1 + 0.1 * v if name.endswith(".weight") else 0.1 * v
    fan_in = float(np.prod(shape[1:]))
    return v * np.float32(np.sqrt(3.0 / fan_in))


def fill(module, rename=lambda key: key, keep=("num_batches_tracked", ".pe", "position_ids")):
    """Overwrites all parameters and buffers of a module, by its keys as `rename` spells them."""
    with torch.no_grad():
        for key, tensor in module.state_dict().items():
            if not key.endswith(tuple(keep)):
                tensor.copy_(value(rename(key), tuple(tensor.shape)))
    return module.eval()
