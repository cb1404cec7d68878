// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/sound.h"
#include "core/base/job.h"
#include "core/base/result.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace gesture::audio {

/// Resamples a mono stream piece by piece with libsoxr's "high quality" recipe (the one that
/// librosa 0.11 calls `soxr_hq`). One thread.
class Resampler {
public:
    /// Rates in Hz, 1..768,000 (else Usage); InvalidInput beyond 16,000 samples for one.
    [[nodiscard]] static Result<Resampler> create(int fromRate, int toRate);
    Resampler(Resampler&&) noexcept;
    Resampler& operator=(Resampler&&) noexcept;
    ~Resampler();

    /// Appends what the filter yields for `input` to `output`.
    void push(std::span<const float> input, std::vector<float>& output);
    /// Appends what the filter still holds. The object is spent then.
    void finish(std::vector<float>& output);

private:
    struct Impl;
    explicit Resampler(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// The whole sound at another rate; its length is ceil(n * toRate / fromRate) as librosa fixes it.
/// LimitExceeded beyond kMaxSoundSamples, Usage for rates outside of 1..768,000 Hz.
[[nodiscard]] Result<Sound> resampled(const Sound& sound, int toRate);

/// How speech becomes the samples that a generator hears.
enum class SpeechPath {
    /// Straight to the wanted rate.
    Correct,
    /// As the reference's data pipeline: to 22,050 Hz first, and from there to 16 kHz. A bundle
    /// names it ("parity") when its weights were trained so.
    Reference,
};

/// The signals of one file that generators and features start from. All are mono.
struct SpeechSignals {
    /// 16 kHz; in the reference path by way of 22,050 Hz (one sample may be added).
    Sound speech16k;
    std::optional<Sound> reference22k; ///< That signal, in the reference path.

    /// What the speech encoder hears as if it were 16 kHz: `speech16k` in the correct path, in the
    /// reference path the 22,050 Hz signal (its quirk: speech slowed by 1.378).
    [[nodiscard]] const Sound& encoderInput() const {
        return reference22k ? *reference22k : speech16k;
    }
};

/// Reads the mean of all channels at `sampleRate` (0: the file's own rate), streaming: at no time
/// is more in memory than the result and one block. Sound files, and films through ffmpeg.
/// As librosa.load (0.11) does it, up to rounding. Cancelled, or the reader's errors; InvalidInput
/// when the file holds no samples, LimitExceeded beyond kMaxSoundSamples, OutOfMemory.
[[nodiscard]] Result<Sound> readMono(const std::filesystem::path& path, int sampleRate,
                                     JobControl& control);

/// `readMono` to the signals of a path. Blocks; the same errors.
[[nodiscard]] Result<SpeechSignals> readSpeech(const std::filesystem::path& path, SpeechPath how,
                                               JobControl& control);

/// SHA-256 of what the speech encoder hears: what tells recordings apart, whatever their format.
[[nodiscard]] std::string speechHash(const SpeechSignals& signals);

} // namespace gesture::audio
