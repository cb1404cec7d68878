# SPDX-License-Identifier: Apache-2.0
"""The sound of tests/core/audio/features/synthetic_speech.h."""

import numpy as np

import counter_random as cr


def synthetic_speech(rate, seconds=3.0):
    """Gliding voice in syllables, hiss between them, faint noise, two clicks, half a second of nothing."""
    n = int(rate * seconds)
    t = np.arange(n, dtype=np.float64) / rate
    phase = 2.0 * np.pi * (120.0 * t + 20.0 * t * t)
    voice = (0.3 * np.sin(phase) + 0.2 * np.sin(2.0 * phase) + 0.1 * np.sin(3.0 * phase)
             + 0.05 * np.sin(7.0 * phase))
    syllable = 3.0 * t - np.floor(3.0 * t)
    noise = cr.uniform(300, n).astype(np.float64)
    y = np.where(syllable < 0.6, voice, 0.0) + 0.002 * noise
    y = y + np.where((syllable >= 0.8) & (syllable < 0.9), 0.1 * noise, 0.0)
    y[n // 12] += 0.9
    y[n // 2] -= 0.9
    y[t >= seconds - 0.5] = 0.0
    return y.astype(np.float32)
