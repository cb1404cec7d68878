# SPDX-License-Identifier: Apache-2.0
"""Body model against smplx 0.1.28 (torch) and against the floor of the same run.

usage: compare_smplx.py path/to/body_model_bench [--pairs 15] [--threads 1 2] [--json FILE]

Both run the synthetic model of tests/golden/make_smplx_golden.py on the same poses; outputs are
compared first (10 µm). Then ours and smplx's runs alternate A B B A; the floor is torch's product of
the pose directions alone (MKL), timed between them. Medians, and the ratio with a 95 % bootstrap
interval.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "golden"))
import counter_random as cr  # noqa: E402
import make_smplx_golden as synthetic  # noqa: E402
import torch  # noqa: E402

SCALE = np.float32(0.2)
TOLERANCE_METRES = 1e-5


class Ours:
    def __init__(self, program, dump):
        self.dump = dump
        self.process = subprocess.Popen([program, "--serve", dump], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)

    def seconds(self, frames, threads):
        self.process.stdin.write(f"{frames} {threads}\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())

    def vertices(self, frames):
        return np.fromfile(self.dump, np.float32).reshape(frames, -1, 3)


def timed(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def bootstrap(numerator, denominator, rounds=2000):
    random = np.random.default_rng(0)
    a, b = np.array(numerator), np.array(denominator)
    picks = random.integers(0, len(a), (rounds, len(a)))
    ratios = np.median(a[picks], axis=1) / np.median(b[picks], axis=1)
    return np.percentile(ratios, [2.5, 97.5])


def smplx_inputs(frames):
    betas = np.repeat(SCALE * cr.uniform(11, 1, 300), frames, axis=0)
    return synthetic.inputs(betas, SCALE * cr.uniform(12, frames, 100),
                            SCALE * cr.uniform(13, frames, 165), SCALE * cr.uniform(14, frames, 3))


def measure(ours, model, frames, threads, pairs):
    torch.set_num_threads(threads)
    arguments = smplx_inputs(frames)
    feature = torch.rand(frames, model.posedirs.shape[0])

    def theirs():
        return model(**arguments)

    for _ in range(2):
        ours.seconds(frames, threads)
        reference = theirs().vertices.numpy()
    times = {"ours": [], "smplx": [], "floor": []}
    for pair in range(pairs):
        order = ("ours", "smplx", "floor") if pair % 2 == 0 else ("floor", "smplx", "ours")
        for who in order:
            if who == "ours":
                times[who].append(ours.seconds(frames, threads))
            elif who == "smplx":
                times[who].append(timed(theirs))
            else:
                times[who].append(timed(lambda: torch.matmul(feature, model.posedirs)))
    return reference, times


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--pairs", type=int, default=15)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--json")
    options = parser.parse_args()
    model = synthetic.load_model()
    rows = []
    print("frames threads   ours ms  smplx ms  floor ms  smplx/ours  (95 %)         ours/floor")
    with tempfile.TemporaryDirectory() as folder, torch.inference_mode():
        ours = Ours(options.program, folder + "/vertices")
        for frames in (1, 64, 300):
            for threads in options.threads:
                reference, times = measure(ours, model, frames, threads, options.pairs)
                if threads == options.threads[0]:
                    worst = float(np.abs(ours.vertices(frames) - reference).max())
                    assert worst <= TOLERANCE_METRES, f"outputs differ by {worst} m"
                ms = {who: 1e3 * statistics.median(t) / frames for who, t in times.items()}
                low, high = bootstrap(times["smplx"], times["ours"])
                rows.append(dict(frames=frames, threads=threads, worst_metres=worst, seconds=times))
                print(f"{frames:6d} {threads:7d} {ms['ours']:9.3f} {ms['smplx']:9.3f} "
                      f"{ms['floor']:9.3f} {ms['smplx'] / ms['ours']:9.1f}x  [{low:4.1f}, {high:4.1f}]"
                      f"  {ms['ours'] / ms['floor']:9.2f}   (a frame; outputs within "
                      f"{1e6 * worst:.1f} µm)", flush=True)
        ours.process.stdin.close()
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps(rows), encoding="ascii")


if __name__ == "__main__":
    main()
