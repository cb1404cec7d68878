// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/audio_file.h"
#include "core/audio/sound.h"
#include "core/base/result.h"

#include <cstdint>
#include <span>
#include <vector>

namespace gesture {
class JobControl;
}

namespace gesture::audio {

/// Extremes and loudness of a stretch of sound: -1..1 (louder ones are kept) and 0..1.
struct WaveformSpan {
    float lowest = 0;
    float highest = 0;
    float rms = 0;

    bool operator==(const WaveformSpan&) const = default;
};

/// What is drawn of a sound at any zoom: level 0 has a column of about 5 ms (a power of two of
/// samples, 16 at least; more for sounds that would exceed 2^20 columns), each next level joins
/// four columns. An hour at 48 kHz takes 11 MB. Immutable, any thread.
class WaveformPyramid {
public:
    static constexpr std::size_t kMaxColumns = std::size_t{1} << 20;

    /// The shape of a pyramid and its level 0.
    struct Data {
        int sampleRate = 0; ///< Hz
        std::int64_t sampleCount = 0;
        std::int64_t samplesPerColumn = 0; ///< Of level 0; its last column may hold fewer.
        std::vector<WaveformSpan> columns;
    };

    WaveformPyramid() = default;
    /// InvalidInput when sizes contradict each other or values are not those of a sound.
    [[nodiscard]] static Result<WaveformPyramid> create(Data data);

    [[nodiscard]] bool empty() const { return levels_.empty(); }
    [[nodiscard]] int sampleRate() const { return sampleRate_; }
    [[nodiscard]] std::int64_t sampleCount() const { return sampleCount_; }
    [[nodiscard]] std::int64_t samplesPerColumn() const { return samplesPerColumn_; }
    /// Level 0, (columns).
    [[nodiscard]] std::span<const WaveformSpan> columns() const;
    /// Largest absolute sample.
    [[nodiscard]] float peak() const;
    /// RMS of the whole sound.
    [[nodiscard]] float rms() const;
    /// The columns of level 0 that the stretch touches, joined; takes time that does not depend on
    /// its length. Silent where it lies outside of the sound.
    [[nodiscard]] WaveformSpan span(SampleRange range) const;
    /// `out.size()` equal parts of the stretch, from left to right. A part that is shorter than
    /// `samplesPerColumn` shows its column: from there on `readWaveform` draws more.
    void draw(SampleRange range, std::span<WaveformSpan> out) const;

private:
    [[nodiscard]] std::int64_t samplesIn(std::size_t level, std::size_t column) const;

    int sampleRate_ = 0;
    std::int64_t sampleCount_ = 0;
    std::int64_t samplesPerColumn_ = 0;
    std::vector<std::vector<WaveformSpan>> levels_;
};

/// Makes a pyramid of a mono sound that comes in pieces; holds level 0 only. One thread.
class WaveformBuilder {
public:
    explicit WaveformBuilder(int sampleRate);

    void push(std::span<const float> mono);
    /// The object is spent then.
    [[nodiscard]] WaveformPyramid finish();

private:
    void closeColumn();
    void halve();

    WaveformPyramid::Data data_;
    WaveformSpan open_;
    double energy_ = 0;
    std::int64_t inOpen_ = 0; ///< Samples of the open column.
};

/// Reads the sound from where the reader stands. Blocks; Cancelled, or the reader's errors.
[[nodiscard]] Result<WaveformPyramid> buildWaveform(AudioReader& reader, JobControl& control);

/// `out.size()` equal parts of the stretch from the samples themselves (mean of all channels), for
/// zooms below a pyramid's columns; each part holds at least the sample that it begins in. Reads
/// the whole stretch: keep it short. Io when the file cannot be read there.
[[nodiscard]] Status readWaveform(AudioReader& reader, SampleRange range,
                                  std::span<WaveformSpan> out);

} // namespace gesture::audio
