# SPDX-License-Identifier: Apache-2.0
"""What SemTalk's data pipeline (dataloaders/beat2_add_hubert.py) makes of made-up words and labels,
and of the real clip.

usage: make_dataset_golden.py path/to/SemTalk path/to/folder/of/2_scott_0_1_1
The loops over frames are those of `cache_generation` and `_sample_from_clip`, line by line; rhythm
and rotations are computed by the repository's own functions. Of the real clip only sums with random
weights are kept. Writes training/ beside this script.
"""

import ast
import importlib.util
import math
import pathlib
import pickle
import sys

import librosa
import numpy as np
import torch

import counter_random as cr
import golden_file

here = pathlib.Path(__file__).parent / "training"
here.mkdir(exist_ok=True)
semtalk = pathlib.Path(sys.argv[1])
shared = pathlib.Path(sys.argv[2])
FPS, LENGTH, STRIDE = 30, 64, 20


def function_of(path, name, scope):
    source = ast.parse(path.read_text(encoding="utf-8"))
    source.body = [n for n in ast.walk(source) if isinstance(n, ast.FunctionDef) and n.name == name]
    exec(compile(source, str(path), "exec"), scope)
    return scope[name]


# Made-up words: blank marks of both kinds, words that are not in the vocabulary, a gap, and an end
# before that of the clip. Times are chosen so that some fall on frames.
INTERVALS = [(0.0, 0.3, ""), (0.3, 0.7, "hello"), (0.7, 1.0, " "), (1.0, 1.5, "big"),
             (1.5, 1.55, "strange"), (1.55, 2.1, "house"), (2.4, 2.9, "hello"), (2.9, 3.3, "")]
VOCABULARY = {"": 4, "hello": 5, "big": 6, "house": 7}
LABELS = [("01_beat_align", 0.2, 0.9, 0.1), ("05_iconic_l", 0.9, 1.4, 0.5), ("02_deictic_l", 1.2, 2.0, 0.2),
          ("00_nogesture", 2.0, 2.2, 0.0), ("10_metaphoric_h", 2.5, 2.4, 1.0), ("10_metaphoric_h", 2.6, 3.0, 1.0)]


def words_of_frames(frames):
    word_each_file = []
    for i in range(frames):
        found_flag = False
        current_time = i / FPS + 0
        for word_s, word_e, word_n in INTERVALS:
            if word_s <= current_time and current_time <= word_e:
                word_each_file.append(0 if word_n == " " else VOCABULARY.get(word_n, 3))
                found_flag = True
                break
        if not found_flag:
            word_each_file.append(3)
    return word_each_file


def scores_of_frames(frames):
    sem_each_file = []
    for i in range(frames):
        found_flag = False
        for _, start, end, score in LABELS:
            current_time = i / FPS + 0
            if start <= current_time and current_time <= end:
                sem_each_file.append(0.0 if score <= 0.1 else score)
                found_flag = True
                break
        if not found_flag:
            sem_each_file.append(0.0)
    return sem_each_file


def text_grid():
    lines = ['File type = "ooTextFile"', 'Object class = "TextGrid"', "", "xmin = 0", "xmax = 4", "tiers? <exists>",
             "size = 1", "item []:", "    item [1]:", '        class = "IntervalTier"', '        name = "words"',
             "        xmin = 0", "        xmax = 4", f"        intervals: size = {len(INTERVALS)}"]
    for i, (begin, end, mark) in enumerate(INTERVALS):
        lines += [f"        intervals [{i + 1}]:", f"            xmin = {begin}", f"            xmax = {end}",
                  f'            text = "{mark}"']
    (here / "words.TextGrid").write_text("\n".join(lines) + "\n", encoding="utf-8")


def labels_file():
    rows = [f"{n}\t{b}\t{e}\t{round(e - b, 3)}\t{s}" for n, b, e, s in LABELS]
    (here / "labels.txt").write_text("\n".join(rows) + "\n", encoding="utf-8")


def weighted(rows, stream):
    """One number a window: the sum of its numbers, each times a random weight."""
    sums = []
    count = math.floor((len(rows) - LENGTH) / STRIDE) + 1
    weights = cr.uniform(stream, LENGTH, rows.shape[1]).astype(np.float64)
    for i in range(count):
        sums.append((rows[i * STRIDE:i * STRIDE + LENGTH].astype(np.float64) * weights).sum())
    return sums


def real_clip():
    name = "2_scott_0_1_1"
    data = np.load(shared / f"{name}.npz")
    wave = shared / f"{name}_test.wav"
    scope = {"librosa": librosa, "np": np, "stride_tricks": np.lib.stride_tricks}
    rhythm = function_of(semtalk / "dataloaders/beat2_add_hubert.py", "extract_rhythm_pause_features", scope)
    beat = rhythm(None, str(wave))
    spec = importlib.util.spec_from_file_location("rc", semtalk / "dataloaders/utils/rotation_conversions.py")
    rc = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(rc)
    loaded, rate = librosa.load(wave)
    audio = librosa.resample(loaded, orig_sr=rate, target_sr=16000)
    pose = data["poses"]
    seconds = min(len(audio) // 16000, len(pose) // FPS, len(data["expressions"]) // FPS,
                  (len(audio) // 533) // FPS, len(beat) // 30)
    end = seconds * FPS
    matrices = rc.axis_angle_to_matrix(torch.from_numpy(pose[:end]).float().reshape(end, 55, 3))
    rotations = rc.matrix_to_rotation_6d(matrices).reshape(end, 330).numpy()
    return {"real_frames": [end],
            "real_rotations": weighted(rotations, 900),
            "real_translations": weighted(data["trans"][:end].astype(np.float32), 901),
            "real_expressions": weighted(data["expressions"][:end].astype(np.float32), 902),
            "real_beat": weighted(np.asarray(beat, dtype=np.float32)[:end], 903)}


def show():
    """A pickle as the SHOW data set has them, and TalkSHOW's reading of it (mesh_dataset.to3d)."""
    frames = 5

    def array(stream, *shape):
        return cr.uniform(stream, *shape).astype(np.float64)

    data = {"betas": array(910, 1, 300).astype(np.float32), "jaw_pose": array(911, frames, 3),
            "leye_pose": array(912, frames, 3).astype(np.float32), "reye_pose": array(913, frames, 3),
            "global_orient": array(914, frames, 1, 3), "body_pose_axis": array(915, frames, 63).astype(np.float32),
            "left_hand_pose": array(916, frames, 12).astype(np.float32), "right_hand_pose": array(917, frames, 12),
            "expression": array(918, frames, 100), "transl": array(919, frames, 3), "width": 1280}
    (here / "show.pkl").write_bytes(pickle.dumps(data, protocol=4))
    (here / "show_2.pkl").write_bytes(pickle.dumps(data, protocol=2))
    left, right = array(920, 12, 45), array(921, 12, 45)
    poses = np.concatenate([data["global_orient"].squeeze(), data["body_pose_axis"], data["jaw_pose"],
                            data["leye_pose"], data["reye_pose"],
                            np.einsum("bi,ij->bj", data["left_hand_pose"], left),
                            np.einsum("bi,ij->bj", data["right_hand_pose"], right)], axis=1)
    return {"show_poses": poses, "show_expressions": data["expression"], "show_translations": data["transl"]}


text_grid()
labels_file()
golden_file.write(here / "dataset.txt", {"words": words_of_frames(120), "scores": scores_of_frames(120),
                                         **real_clip(), **show()})
