# SPDX-License-Identifier: Apache-2.0
"""Runs the rotation conversions that SemTalk, EchoMask and EMAGE ship on seeded rotations.

usage: make_rotation_golden.py path/to/utils/rotation_conversions.py
(SemTalk at 12589ef; PantoMatrix at 6ca70b9 gives the same bytes). Writes
rotation/conversions.txt beside this script.
"""

import importlib.util
import pathlib
import sys

import numpy as np
import torch

import counter_random
import golden_file

spec = importlib.util.spec_from_file_location("rc", sys.argv[1])
rc = importlib.util.module_from_spec(spec)
spec.loader.exec_module(rc)

ANGLES = [0, 1e-8, 5e-7, 9.9e-7, 1.1e-6, 1e-5, 1.7e-4, 1e-3, 0.01, 0.1, 0.5, 1, 1.5, 2, 2.5, 3,
          3.14, 3.1415, 3.14159, np.pi, 3.1417, 3.5, 5, 6.28]
axes = counter_random.uniform(100, len(ANGLES), 3)
axes[-3:] = np.eye(3)
axes /= np.linalg.norm(axes, axis=1, keepdims=True)
vectors = (axes * np.array(ANGLES, np.float32)[:, None]).astype(np.float32)
vectors = np.concatenate([vectors, 1.5 * counter_random.uniform(101, 40, 3)]).astype(np.float32)

rotation = torch.from_numpy(vectors)
quaternion = rc.axis_angle_to_quaternion(rotation)
matrix = rc.quaternion_to_matrix(quaternion)
loose = torch.from_numpy(counter_random.uniform(102, 40, 6))
loose[0] = 0
loose[1, 3:] = loose[1, :3]
loose[2] = 1e-20
golden_file.write(pathlib.Path(__file__).parent / "rotation" / "conversions.txt", {
    "axis_angle": vectors,
    "quaternion": quaternion,
    "matrix": matrix,
    "quaternion_of_matrix": rc.matrix_to_quaternion(matrix),
    "axis_angle_of_matrix": rc.matrix_to_axis_angle(matrix),
    "axis_angle_of_quaternion": rc.quaternion_to_axis_angle(quaternion),
    "rotation6d": rc.matrix_to_rotation_6d(matrix),
    "loose6d": loose,
    "matrix_of_loose6d": rc.rotation_6d_to_matrix(loose),
})
