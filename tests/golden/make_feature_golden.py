# SPDX-License-Identifier: Apache-2.0
"""Features of synthesised speech and of the real clip, computed by librosa 0.11.0 and by SemTalk.

usage: make_feature_golden.py path/to/SemTalk/utils/audio_to_frame_tokens.py path/to/2_scott_0_1_1_test.wav
(of the former only `extract_rhythm_pause_features` is executed). Writes features/*.txt beside this
script; tests/core/audio/features/synthetic_speech.h makes the same sounds.
"""

import ast
import pathlib
import sys
import tempfile

import librosa
import numpy as np
import soundfile

import counter_random as cr
import golden_file
from synthetic_speech import synthetic_speech

here = pathlib.Path(__file__).parent / "features"
here.mkdir(exist_ok=True)


def rhythm(path):
    """SemTalk's own function on a sound file."""
    source = ast.parse(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    source.body = [node for node in source.body if isinstance(node, ast.FunctionDef)
                   and node.name == "extract_rhythm_pause_features"]
    from numpy.lib import stride_tricks
    scope = {"librosa": librosa, "np": np, "stride_tricks": stride_tricks}
    exec(compile(source, sys.argv[1], "exec"), scope)
    return scope["extract_rhythm_pause_features"](str(path))


def spectra():
    y = synthetic_speech(16000)
    power = np.abs(librosa.stft(y, n_fft=2048, hop_length=512)) ** 2
    odd = np.abs(librosa.stft(y, n_fft=441, hop_length=160)) ** 2
    arrays = {"sound": y[::997],
              "frames": [power.shape[1], odd.shape[1]]}
    for frame in (0, 10, 47, power.shape[1] - 1):
        arrays[f"power_{frame}"] = power[::32, frame]
    for frame in (0, 33, odd.shape[1] - 1):
        arrays[f"odd_{frame}"] = odd[::10, frame]
    for rate in (8000, 16000, 22050, 48000):
        bank = librosa.filters.mel(sr=rate, n_fft=2048)
        arrays[f"bank_{rate}_sum"] = bank.astype(np.float64).sum(axis=1)
        arrays[f"bank_{rate}_peak"] = bank.max(axis=1)
        arrays[f"bank_{rate}_at"] = bank.argmax(axis=1)
    mel = librosa.feature.melspectrogram(y=y, sr=16000, n_fft=2048, hop_length=512)
    decibels = librosa.power_to_db(mel)
    relative = librosa.power_to_db(mel, ref=np.max(mel), top_db=None)
    for frame in (0, 10, 47, mel.shape[1] - 1):
        arrays[f"mel_{frame}"] = mel[:, frame]
        arrays[f"decibels_{frame}"] = decibels[:, frame]
        arrays[f"relative_{frame}"] = relative[:, frame]
    golden_file.write(here / "spectra.txt", arrays)


def onsets():
    arrays = {}
    for rate, hop in ((8000, 512), (16000, 512), (16000, 160), (22050, 512), (48000, 512)):
        y = synthetic_speech(rate)
        name = f"{rate}_{hop}"
        strength = librosa.onset.onset_strength(y=y, sr=rate, hop_length=hop)
        arrays[f"strength_{name}"] = strength if hop == 512 and rate <= 22050 else strength[::7]
        arrays[f"onsets_{name}"] = librosa.onset.onset_detect(y=y, sr=rate, hop_length=hop)
    values = cr.uniform(301, 240)
    values[100:104] = values[99]
    settings = [(0, 1, 3, 4, 0.07, 0), (3, 3, 3, 5, 0.2, 10), (1, 1, 10, 1, 0.0, 1),
                (20, 21, 40, 41, 0.5, 0), (0, 1, 0, 1, 0.0, 3)]
    for i, (pre_max, post_max, pre_avg, post_avg, delta, wait) in enumerate(settings):
        arrays[f"peaks_{i}"] = librosa.util.peak_pick(
            values, pre_max=pre_max, post_max=post_max, pre_avg=pre_avg, post_avg=post_avg,
            delta=delta, wait=wait)
    y = synthetic_speech(16000, 9.0)
    frames = 200
    legacy = y[:int(16000 / 30 * frames)][32000:len(y) - 32000]
    tools = y[32000:int((frames - 60) / 30 * 16000)]
    for name, part in (("legacy", legacy), ("evaltools", tools)):
        arrays[f"slice_{name}"] = [len(part)]
        arrays[f"beats_{name}"] = librosa.onset.onset_detect(
            y=part, sr=16000, hop_length=512, units="time")
    golden_file.write(here / "onsets.txt", arrays)


def rhythms():
    arrays = {}
    for name, seconds in (("long", 3.0), ("short", 0.08), ("least", 0.064)):
        with tempfile.NamedTemporaryFile(suffix=".wav") as file:
            soundfile.write(file.name, synthetic_speech(16000, 3.0)[:int(16000 * seconds)], 16000,
                            subtype="FLOAT")
            arrays[name] = rhythm(file.name)
    golden_file.write(here / "rhythm.txt", arrays)


def voices():
    arrays = {}
    for rate in (8000, 16000, 22050):
        y = synthetic_speech(rate)
        frame, hop = 2 * int(0.032 * rate + 0.5), int(0.01 * rate + 0.5)
        f0, _, probability = librosa.pyin(y, fmin=60, fmax=500, sr=rate, frame_length=frame,
                                          hop_length=hop)
        arrays[f"hertz_{rate}"] = np.nan_to_num(f0)
        arrays[f"voicing_{rate}"] = probability
        window = int(0.032 * rate + 0.5)
        rms = librosa.feature.rms(y=y.astype(np.float64), frame_length=window, hop_length=hop,
                                  dtype=np.float64)[0]
        arrays[f"energy_{rate}"] = librosa.power_to_db(rms**2, top_db=None)
    golden_file.write(here / "voice.txt", arrays)


def real_clip(path):
    y, rate = librosa.load(path, sr=None)
    assert rate == 16000
    strength = librosa.onset.onset_strength(y=y, sr=rate, hop_length=512)
    found = librosa.onset.onset_detect(y=y, sr=rate, hop_length=512)
    beat = rhythm(path)
    f0, _, probability = librosa.pyin(y, fmin=60, fmax=500, sr=rate, frame_length=1024,
                                      hop_length=160)
    rms = librosa.feature.rms(y=y.astype(np.float64), frame_length=512, hop_length=160,
                              dtype=np.float64)[0]
    round_trip = librosa.resample(librosa.load(path)[0], orig_sr=22050, target_sr=16000)
    frames = 1864
    legacy = round_trip[:int(16000 / 30 * frames)][32000:len(round_trip) - 32000]
    tools = y[32000:int((frames - 60) / 30 * 16000)]
    detect = lambda part: librosa.onset.onset_detect(y=part, sr=16000, hop_length=512, units="time")
    golden_file.write(here / "real_clip.txt", {
        "strength": strength[::50],
        "onset_count": [len(found), int((np.diff(found) == 1).sum())],
        "onset_sum": [int(found.sum())],
        "rhythm_count": [len(beat)],
        "rhythm": beat[::100],
        "rhythm_highest": beat.max(axis=0),
        "rhythm_mean": beat.mean(axis=0),
        "hertz": np.nan_to_num(f0)[::20],
        "voicing": probability[::20],
        "energy": librosa.power_to_db(rms**2, top_db=None)[::20],
        "slices": [len(legacy), len(tools)],
        "legacy": [len(detect(legacy)), *detect(legacy)[:5], detect(legacy).sum()],
        "evaltools": [len(detect(tools)), *detect(tools)[:5], detect(tools).sum()],
    })


spectra()
onsets()
rhythms()
voices()
real_clip(sys.argv[2])
