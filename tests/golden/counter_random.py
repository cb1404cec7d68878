# SPDX-License-Identifier: Apache-2.0
"""Numbers that depend on a stream and a position only; tests/support/counter_random.h makes the same."""

import numpy as np

GOLDEN_GAMMA = 0x9E3779B97F4A7C15
MASK = (1 << 64) - 1


def bits(stream, count):
    """splitmix64 of stream * 2^40 + position, for the positions 0 … count - 1."""
    with np.errstate(over="ignore"):
        z = np.arange(count, dtype=np.uint64) + np.uint64(stream << 40)
        z = (z + np.uint64(1)) * np.uint64(GOLDEN_GAMMA)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))


def uniform(stream, *shape):
    """float32 in [-1, 1)."""
    high = (bits(stream, int(np.prod(shape))) >> np.uint64(40)).astype(np.float32)
    return (high * np.float32(2.0**-23) - np.float32(1.0)).reshape(shape)


def integers(stream, count, below):
    return (bits(stream, count) % np.uint64(below)).astype(np.int64)
