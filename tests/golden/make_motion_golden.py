# SPDX-License-Identifier: Apache-2.0
"""Runs the velocity helpers of the originals and the foot-contact rule of BEAT2's preparation.

usage: make_motion_golden.py path/to/utils/other_tools.py
(PantoMatrix at 6ca70b9: scripts/EMAGE_2024/utils/other_tools.py; only the two functions are
executed, because the module imports much that is not needed). Writes motion/velocity.txt and
motion/foot_contact.txt beside this script; the contacts follow datasets/foot_contact.py.
"""

import ast
import pathlib
import sys

import numpy as np
import torch

import counter_random as cr
import golden_file

source = ast.parse(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
wanted = {"estimate_linear_velocity", "velocity2position"}
source.body = [node for node in source.body
               if isinstance(node, ast.FunctionDef) and node.name in wanted]
originals = {"torch": torch}
exec(compile(source, sys.argv[1], "exec"), originals)
here = pathlib.Path(__file__).parent / "motion"

positions = torch.from_numpy(np.cumsum(0.02 * cr.uniform(200, 1, 12, 3), axis=1, dtype=np.float32))
velocity = originals["estimate_linear_velocity"](positions, 1 / 30)
back = originals["velocity2position"](velocity, 1 / 30, positions[:, 0])
golden_file.write(here / "velocity.txt",
                  {"positions": positions, "velocity": velocity, "integrated": back})

joints = torch.from_numpy(np.cumsum(0.012 * cr.uniform(201, 40, 4, 3), axis=0, dtype=np.float32))
feetv = torch.zeros(joints.shape[1], joints.shape[0])
joints_first = joints.permute(1, 0, 2)
feetv[:, :-1] = (joints_first[:, 1:] - joints_first[:, :-1]).norm(dim=-1)
contacts = (feetv < 0.01).numpy().astype(float).transpose(1, 0)
golden_file.write(here / "foot_contact.txt", {"joints": joints, "contacts": contacts})
