# SPDX-License-Identifier: Apache-2.0
"""Golden values as text: one line an array, "name v0 v1 …", float32 with all its digits."""

import numpy as np


def write(path, arrays):
    with open(path, "w", encoding="ascii") as file:
        for name, values in arrays.items():
            flat = np.asarray(values, dtype=np.float32).ravel()
            file.write(" ".join([name] + [f"{v:.9g}" for v in flat]) + "\n")
