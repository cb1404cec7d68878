# SPDX-License-Identifier: Apache-2.0
"""Resamples synthesised sounds, and one real clip, with librosa 0.11 (soxr_hq).

usage: make_resample_golden.py [path/to/2_scott_0_1_1_test.wav]
Writes audio/resample.txt, and audio/real_clip.txt when the clip is given, beside this script: a few
samples of each result ("every" says which), its last ones, and its length.
"""

import pathlib
import sys

import librosa
import numpy as np
import soundfile

import counter_random
import golden_file

STEP = 97
REAL_STEP = 9973
RATES = [(16000, 22050), (22050, 16000), (48000, 16000), (44100, 16000), (8000, 16000), (16000, 48000),
         (96000, 22050), (11025, 16000), (384000, 16000)]


def noise(stream, count):
    return np.float32(0.5) * counter_random.uniform(stream, count)


def resampled(samples, from_rate, to_rate):
    return librosa.resample(samples, orig_sr=from_rate, target_sr=to_rate, res_type="soxr_hq")


def sampled(arrays, name, values, step):
    arrays[name] = values[::step]
    arrays[name + "_tail"] = values[-8:]
    arrays[name + "_length"] = [len(values)]


folder = pathlib.Path(__file__).parent / "audio"
arrays = {"every": [STEP]}
for index, (from_rate, to_rate) in enumerate(RATES):
    signal = noise(700 + index, from_rate // 2 + 13)
    sampled(arrays, f"from_{from_rate}_to_{to_rate}", resampled(signal, from_rate, to_rate), STEP)
signal = noise(720, 16001)
sampled(arrays, "round_trip", resampled(resampled(signal, 16000, 22050), 22050, 16000), STEP)

# A stereo file as librosa.load reads it: the mean of the channels, then the rate.
stereo = np.stack([noise(721, 24000), noise(722, 24000)], axis=1)
path = "/tmp/gesture-resample-golden.wav"
soundfile.write(path, stereo, 48000, subtype="FLOAT")
sampled(arrays, "load_stereo", librosa.load(path)[0], STEP)
pathlib.Path(path).unlink()
golden_file.write(folder / "resample.txt", arrays)

if len(sys.argv) > 1:
    slow, rate = librosa.load(sys.argv[1])
    arrays = {"every": [REAL_STEP]}
    sampled(arrays, "load", slow, REAL_STEP)
    sampled(arrays, "round_trip", resampled(slow, rate, 16000), REAL_STEP)
    golden_file.write(folder / "real_clip.txt", arrays)
