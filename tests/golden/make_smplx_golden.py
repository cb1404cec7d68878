# SPDX-License-Identifier: Apache-2.0
"""Runs smplx 0.1.28 on a synthetic model that tests/support/synthetic_body.h makes in C++ too.

usage: make_smplx_golden.py   (needs torch and smplx). Writes smplx/poses.txt beside this script.
"""

import pathlib
import tempfile

import numpy as np
import smplx
import torch

import counter_random as cr
import golden_file

VERTICES, JOINTS, FACES, DENSE = 10475, 55, 20908, 64
PARENTS = [2**32 - 1, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 12, 13, 14, 16, 17, 18, 19, 15, 15,
           15, 20, 25, 26, 20, 28, 29, 20, 31, 32, 20, 34, 35, 20, 37, 38, 21, 40, 41, 21, 43, 44,
           21, 46, 47, 21, 49, 50, 21, 52, 53]
# betas, expression, rotation, translation: the range of each
RANGES = [(0, 0, 0, 0), (1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1e-4, 0), (0, 0, 3.1, 0), (0, 0, 0, 3),
          (1, 1, 0.3, 1), (1, 1, 0.5, 1), (2, 2, 0.5, 2), (1, 2, 0.8, 2), (2, 1, 1.2, 3),
          (1, 1, 2.0, 3)]
PICKED = np.concatenate([np.arange(0, DENSE, 8), np.arange(100, VERTICES, 331), [VERTICES - 1]])


def weights():
    result = np.zeros((VERTICES, JOINTS), np.float32)
    joints = cr.integers(5, 4 * VERTICES, JOINTS).reshape(VERTICES, 4)
    for column, weight in enumerate((0.5, 0.25, 0.125, 0.125)):
        np.add.at(result, (np.arange(VERTICES), joints[:, column]), np.float32(weight))
    counts = (1 + cr.integers(6, DENSE * JOINTS, 15)).reshape(DENSE, JOINTS).astype(np.float32)
    result[:DENSE] = counts / counts.sum(axis=1, keepdims=True, dtype=np.float32)
    return result


def regressor():
    result = np.zeros((JOINTS, VERTICES), np.float32)
    picks = cr.integers(2, 32 * JOINTS, VERTICES).reshape(JOINTS, 32)
    for column in range(32):
        np.add.at(result, (np.arange(JOINTS), picks[:, column]), np.float32(1 / 32))
    return result


def model_arrays():
    means = np.float32(0.1) * cr.uniform(7, 2, 45)
    faces = cr.integers(8, 3 * FACES, VERTICES).reshape(FACES, 3).astype(np.uint32)
    return dict(
        v_template=np.float32(0.5) * cr.uniform(1, VERTICES, 3),
        shapedirs=np.float32(0.01) * cr.uniform(3, VERTICES, 3, 400),
        posedirs=np.float32(0.001) * cr.uniform(4, VERTICES, 3, 486),
        weights=weights(), J_regressor=regressor(),
        kintree_table=np.stack([PARENTS, np.arange(JOINTS)]).astype(np.int64), f=faces,
        hands_meanl=means[0], hands_meanr=means[1], hands_componentsl=np.eye(45),
        hands_componentsr=np.eye(45), lmk_faces_idx=np.zeros(51, np.int64),
        lmk_bary_coords=np.full((51, 3), 1 / 3),
        dynamic_lmk_faces_idx=np.zeros((79, 17), np.int64),
        dynamic_lmk_bary_coords=np.full((79, 17, 3), 1 / 3))


def load_model():
    """The synthetic model as the evaluators of the originals create theirs."""
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "smplx").mkdir()
        np.savez(pathlib.Path(folder) / "smplx" / "SMPLX_NEUTRAL_2020.npz", **model_arrays())
        return smplx.create(folder, model_type="smplx", gender="NEUTRAL_2020",
                            use_face_contour=False, num_betas=300, num_expression_coeffs=100,
                            ext="npz", use_pca=False).eval()


def inputs(betas, expression, pose, translation):
    """Keyword arguments of the model's forward; arrays have one row a pose."""
    t = torch.from_numpy
    return dict(betas=t(betas), expression=t(expression), transl=t(translation),
                global_orient=t(pose[:, :3]), body_pose=t(pose[:, 3:66]),
                jaw_pose=t(pose[:, 66:69]), leye_pose=t(pose[:, 69:72]),
                reye_pose=t(pose[:, 72:75]), left_hand_pose=t(pose[:, 75:120]),
                right_hand_pose=t(pose[:, 120:165]), return_verts=True)


def main():
    count = len(RANGES)
    scale = np.array(RANGES, np.float32)
    with torch.no_grad():
        out = load_model()(**inputs(
            scale[:, 0:1] * cr.uniform(11, count, 300), scale[:, 1:2] * cr.uniform(12, count, 100),
            scale[:, 2:3] * cr.uniform(13, count, 165), scale[:, 3:4] * cr.uniform(14, count, 3)))
    golden_file.write(pathlib.Path(__file__).parent / "smplx" / "poses.txt", {
        "ranges": scale, "picked": PICKED, "vertices": out.vertices[:, PICKED],
        "joints": out.joints[:, :JOINTS]})


if __name__ == "__main__":
    main()
