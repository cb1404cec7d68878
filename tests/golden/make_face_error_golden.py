# SPDX-License-Identifier: Apache-2.0
"""MSE and LVD of faces as the evaluators of the originals compute them, with smplx 0.1.28 on the
synthetic body of make_smplx_golden.py.

usage: make_face_error_golden.py   (needs torch and smplx). Writes smplx/face_error.txt beside this.
"""

import pathlib

import numpy as np
import torch

import counter_random as cr
import golden_file
import make_smplx_golden as body

FRAMES, JAW = 70, slice(66, 69)


def clip(stream):
    """Pose and expression as tests/support/synthetic_clip.h makes them."""
    return (np.float32(0.6) * cr.uniform(4 * stream, FRAMES, 165),
            np.float32(2.0) * cr.uniform(4 * stream + 2, FRAMES, 100))


def face_vertices(model, betas, stream):
    pose, expression = clip(stream)
    face = np.zeros_like(pose)
    face[:, JAW] = pose[:, JAW]
    with torch.no_grad():
        out = model(**body.inputs(betas, expression, face, np.zeros((FRAMES, 3), np.float32)))
    return out.vertices.reshape(FRAMES, -1).double().numpy()


def main():
    betas = np.repeat(cr.uniform(11, 1, 300), FRAMES, axis=0)
    model = body.load_model()
    generated = face_vertices(model, betas, 60)
    reference = face_vertices(model, betas, 61)
    paper = np.abs((generated[1:] - reference[:-1]) - (reference[1:] - reference[:-1])).mean()
    steps = np.abs(np.diff(generated, axis=0) - np.diff(reference, axis=0))
    golden_file.write(pathlib.Path(__file__).parent / "smplx" / "face_error.txt", {
        "mean_square": ((generated - reference) ** 2).mean(), "paper": paper,
        "evaltools": steps.sum() / generated.size, "standard": steps.mean()})


if __name__ == "__main__":
    main()
