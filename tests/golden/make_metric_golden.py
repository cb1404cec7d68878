# SPDX-License-Identifier: Apache-2.0
"""Metrics as the scripts of the originals compute them, on seeded numbers and, by way of smplx on the
synthetic body of make_smplx_golden.py, on the real clip.

usage: make_metric_golden.py SEMTALK MERTIC [DATA]
SEMTALK: the repository at 12589ef (executed: `L1div` and `alignment` of utils/metric.py, `FIDCalculator`
of dataloaders/data_tools.py, utils/rotation_conversions.py); MERTIC: emage_evaltools/mertic.py of
PantoMatrix at 0bbb03d (executed: `BC`, `L1div`, `FGD.frechet_distance`); DATA: the folder with
2_scott_0_1_1.npz and its wav. Needs scipy, librosa, and for DATA torch and smplx. Values named
"standard" have no original: they are written down here once more in plain numpy.
Writes metrics/seeded.txt and metrics/real_clip.txt beside this script.
"""

import ast
import math
import pathlib
import sys
import warnings

import librosa
import numpy as np
import scipy.signal
import scipy.stats
from scipy import linalg

import counter_random as cr
import golden_file

HERE = pathlib.Path(__file__).parent / "metrics"
UPPER = [3, 6, 9, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21]
FRAMES, REAL_FRAMES, SHIFT = 600, 1204, 10
warnings.simplefilter("ignore", DeprecationWarning)


def sqrtm(matrix, disp=True):
    """scipy's, whose newest versions have no `disp` any more."""
    root = linalg.sqrtm(matrix)
    return root if disp else (root, None)


def classes(path, names):
    source = ast.parse(pathlib.Path(path).read_text(encoding="utf-8"))
    source.body = [node for node in source.body
                   if isinstance(node, ast.ClassDef) and node.name in names]
    shim = type("linalg", (), {"sqrtm": staticmethod(sqrtm)})
    scope = {"np": np, "math": math, "librosa": librosa, "linalg": shim,
             "argrelextrema": scipy.signal.argrelextrema, "VAESKConv": None, "torch": None}
    exec(compile(source, str(path), "exec"), scope)
    return [scope[name] for name in names]


semtalk, mertic = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
PaperL1div, alignment = classes(semtalk / "utils/metric.py", ["L1div", "alignment"])
(FIDCalculator,) = classes(semtalk / "dataloaders/data_tools.py", ["FIDCalculator"])
ToolsBC, ToolsL1div, ToolsFGD = classes(mertic, ["BC", "L1div", "FGD"])


# --- Fréchet distance ---------------------------------------------------------------------------

def features(stream, rows, width, scale=1.0, offset=0.0):
    """Uniform numbers, each column mixed with the one before."""
    plain = cr.uniform(stream, rows, width)
    mixed = plain + np.float32(0.5) * np.roll(plain, 1, axis=1)
    return np.float32(scale) * mixed + np.float32(offset)


def symmetric_frechet(a, b):
    a, b = a.astype(np.float64), b.astype(np.float64)
    cov = [np.cov(x, rowvar=False) for x in (a, b)]
    values, vectors = np.linalg.eigh(cov[0])
    root = vectors * np.sqrt(np.maximum(values, 0)) @ vectors.T
    inner = np.linalg.eigvalsh(root @ cov[1] @ root)
    mean = a.mean(0) - b.mean(0)
    return mean @ mean + np.trace(cov[0]) + np.trace(cov[1]) - 2 * np.sqrt(np.maximum(inner, 0)).sum()


def frechet():
    cases = {"small": (features(70, 300, 24), features(71, 260, 24, 1.25, 0.125)),
             "wide": (features(72, 700, 240), features(73, 650, 240, 0.75)),
             "few": (features(74, 12, 24), features(75, 400, 24)),
             "same": (features(70, 300, 24), features(70, 300, 24))}
    out = {}
    for name, (a, b) in cases.items():
        out[f"frechet_{name}_paper"] = FIDCalculator.frechet_distance(a.astype(np.float64),
                                                                      b.astype(np.float64))
        out[f"frechet_{name}_evaltools"] = ToolsFGD.frechet_distance(a.astype(np.float64),
                                                                     b.astype(np.float64))
        out[f"frechet_{name}_standard"] = symmetric_frechet(a, b)
    return out


# --- Beats and diversity ------------------------------------------------------------------------

def positions():
    """(frames, 165): noise that comes and goes, each joint at times of its own."""
    frame, column = np.arange(FRAMES)[:, None], np.arange(165)[None]
    loud = (frame + 13 * (column // 3)) % 120 < 60
    return cr.uniform(80, FRAMES, 165) * np.where(loud, np.float32(1), np.float32(1 / 256))


def standard_beats(joints, mean_speeds, onsets):
    velocity = np.gradient(joints, axis=0) * 30
    speed = np.linalg.norm(velocity.reshape(len(joints), 55, 3), axis=2) / mean_speeds
    inner = speed[60:-60]
    total = 0.0
    for joint in UPPER:
        minima = scipy.signal.argrelextrema(inner[:, joint], np.less, order=7)[0]
        beats = np.array([m for m in minima if inner[m, joint] > 0.3]) / 30
        if len(beats):
            near = np.abs(beats[:, None] - onsets[None]).min(0)
            total += np.exp(-near**2 / (2 * 0.3**2)).mean()
    return total / len(UPPER)


def paper_beats(joints, mean_speeds, onsets):
    """BC and the number of beats of each joint, after the DIV that folds."""
    divider = PaperL1div()
    divider.run(joints)
    aligner = alignment(0.3, 7, mean_speeds, upper_body=UPPER)
    beats = aligner.load_pose(joints, 60, len(joints) - 60, 30, True)
    return divider.avg(), aligner.calculate_align(onsets, beats, 30), [len(beats[j]) for j in UPPER]


def tools_beats(joints, mean_speeds, onsets):
    divider, aligner = ToolsL1div(), ToolsBC(None)
    divider.compute(joints)
    aligner.mmae = mean_speeds
    beats = aligner.load_motion(joints, 60, len(joints) - 60, 30, without_file=True)
    aligner.compute(onsets, beats, length=len(joints) - 120)
    return divider.avg(), aligner.avg(), [len(beats[j]) for j in UPPER]


def beats():
    joints = positions()
    mean_speeds = np.float32(12) + np.float32(4) * cr.uniform(81, 55)
    onsets = np.sort((cr.uniform(82, 60).astype(np.float64) + 1) * 8)
    out = {}
    div, score, counts = paper_beats(joints.copy(), mean_speeds, onsets)
    out |= {"div_paper": div, "bc_paper": score, "beats_paper": counts}
    div, score, counts = tools_beats(joints.copy(), mean_speeds, onsets)
    out |= {"div_evaltools": div, "bc_evaltools": score, "beats_evaltools": counts}
    return out | {"bc_standard": standard_beats(joints, mean_speeds, onsets)}


# --- Curves -------------------------------------------------------------------------------------

def speed_curve(stream):
    """(400): noise smoothed by 5 frames, 0 … 3 m/s, in exact thirds of float32."""
    noise = np.abs(cr.uniform(stream, 404))
    return (noise[:-4] + noise[1:-3] + noise[2:-2] + noise[3:-1] + noise[4:]) * np.float32(0.5)


def peaks_of(curve):
    return scipy.signal.find_peaks(curve, height=0.45, distance=7, prominence=0.2)[0]


def match(a, b):
    apart = np.array([np.abs(b - x).min() for x in a])
    return (apart < 0.2).mean(), apart[apart < 0.2]


def curves():
    ours, truth = speed_curve(90), speed_curve(91)
    control = np.roll(truth, 200)
    found, wanted, shifted = (peaks_of(c) / 30 for c in (ours, truth, control))
    precision, apart = match(found, wanted)
    recall, _ = match(wanted, found)
    p0, _ = match(found, shifted)
    r0, _ = match(shifted, found)
    scores = np.round(cr.uniform(92, 500) * 8) / 8
    labels = cr.uniform(93, 500) + 0.4 * scores > 0.2
    area = scipy.stats.mannwhitneyu(scores[labels], scores[~labels]).statistic
    windows = []
    for begin in range(0, 500 - 64 + 1, 60):
        s, t = scores[begin:begin + 64], labels[begin:begin + 64]
        windows.append(scipy.stats.mannwhitneyu(s[t], s[~t]).statistic / (t.sum() * (~t).sum()))
    return {"peaks": peaks_of(ours), "correlation": np.corrcoef(ours, truth)[0, 1],
            "correlation_control": np.corrcoef(ours, control)[0, 1],
            "f1": 2 * precision * recall / (precision + recall), "f1_control": 2 * p0 * r0 / (p0 + r0),
            "timing": np.median(apart), "labels": labels.astype(int),
            "auc": area / (labels.sum() * (~labels).sum()), "auc_windows": np.mean(windows)}


# --- The real clip ------------------------------------------------------------------------------

def real_clip(folder):
    import torch

    import make_smplx_golden as body
    sys.path.insert(0, str(semtalk))
    from utils import rotation_conversions as rc

    model = body.load_model()
    data = np.load(folder / "2_scott_0_1_1.npz")
    wav = folder / "2_scott_0_1_1_test.wav"
    n = REAL_FRAMES
    cut = {key: data[key].astype(np.float32) for key in ("poses", "expressions", "trans")}
    reference = {key: values[:n] for key, values in cut.items()}
    generated = {key: values[SHIFT:SHIFT + n] for key, values in cut.items()}
    betas = data["betas"].astype(np.float32)

    def smplx(pose, expression, translation, what):
        pieces = []
        for begin in range(0, n, 64):
            part = slice(begin, min(begin + 64, n))
            shape = np.repeat(betas[None], part.stop - begin, axis=0)
            with torch.no_grad():
                out = model(**body.inputs(shape, expression[part], pose[part], translation[part]))
            pieces.append(out.joints[:, :55] if what == "joints" else out.vertices)
        return torch.cat(pieces).reshape(n, -1).numpy()

    def rounded(pose):
        joints = torch.from_numpy(pose).reshape(n, 55, 3)
        six = rc.matrix_to_rotation_6d(rc.axis_angle_to_matrix(joints))
        matrix = rc.rotation_6d_to_matrix(six)
        matrix = rc.rotation_6d_to_matrix(rc.matrix_to_rotation_6d(matrix))
        return rc.matrix_to_axis_angle(matrix).reshape(n, 165).numpy()

    def face(pose, expression):
        still = np.zeros_like(pose)
        still[:, 66:69] = pose[:, 66:69]
        return smplx(still, expression, np.zeros((n, 3), np.float32), "vertices")

    nothing = np.zeros((n, 100), np.float32), np.zeros((n, 3), np.float32)
    world = smplx(reference["poses"], reference["expressions"], reference["trans"], "joints")
    velocity = np.concatenate([(world[1:2] - world[:1]) / (1 / 30), (world[2:] - world[:-2]) / (2 / 30),
                               (world[-1:] - world[-2:-1]) / (1 / 30)])
    mean_speeds = np.linalg.norm(velocity.reshape(n, 55, 3), axis=2).mean(0)
    out = {"mean_speeds": mean_speeds}

    sound, rate = librosa.load(wav)
    sound = librosa.resample(sound, orig_sr=rate, target_sr=16000)
    aligner = alignment(0.3, 7, mean_speeds, upper_body=UPPER)
    onsets = aligner.load_audio(sound[:int(16000 / 30 * n)], 32000, len(sound) - 32000, True)
    joints = smplx(rounded(generated["poses"]), *nothing, "joints")
    div, score, counts = paper_beats(joints, mean_speeds, onsets)
    out |= {"onsets_paper": len(onsets), "div_paper": div, "bc_paper": score, "beats_paper": counts}

    without = generated["poses"].copy()
    without[:, :3] = without[:, 66:75] = 0
    tools_onsets = ToolsBC(None).load_audio(wav, t_start=32000, t_end=int((n - 60) / 30 * 16000))
    div, score, counts = tools_beats(smplx(without, *nothing, "joints"), mean_speeds, tools_onsets)
    out |= {"onsets_evaltools": len(tools_onsets), "div_evaltools": div, "bc_evaltools": score,
            "beats_evaltools": counts}
    plain = smplx(generated["poses"], *nothing, "joints")
    out["bc_standard"] = standard_beats(plain, mean_speeds, tools_onsets)

    for mode, turn in (("paper", rounded), ("evaltools", lambda pose: pose)):
        ours = face(turn(generated["poses"]), generated["expressions"])
        truth = face(turn(reference["poses"]), reference["expressions"])
        out[f"mse_{mode}"] = ((ours - truth).astype(np.float64) ** 2).mean()
        if mode == "paper":
            out["lvd_paper"] = np.abs(((ours[1:] - truth[:-1]) - (truth[1:] - truth[:-1]))
                                      .astype(np.float64)).mean()
        else:
            steps = np.abs((np.diff(ours, axis=0) - np.diff(truth, axis=0)).astype(np.float64))
            out |= {"lvd_evaltools": steps.sum() / ours.size, "lvd_standard": steps.mean()}
    return out


def main():
    HERE.mkdir(exist_ok=True)
    golden_file.write(HERE / "seeded.txt", frechet() | beats() | curves())
    if len(sys.argv) > 3:
        golden_file.write(HERE / "real_clip.txt", real_clip(pathlib.Path(sys.argv[3])))


if __name__ == "__main__":
    main()
