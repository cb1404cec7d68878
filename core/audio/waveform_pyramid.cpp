// SPDX-License-Identifier: Apache-2.0
#include "core/audio/waveform_pyramid.h"

#include "core/audio/mono_stream.h"
#include "core/base/assert.h"
#include "core/base/job.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace gesture::audio {

namespace {

constexpr std::size_t kJoined = 4; ///< Columns that make one of the next level.
constexpr int kColumnsPerSecond = 180;
constexpr std::int64_t kLeastSamples = 16;
constexpr std::int64_t kMostSamples = std::int64_t{1} << 40; ///< In a column of level 0.
constexpr std::int64_t kMaxDrawn = std::int64_t{1} << 22; ///< Samples that are read for a picture.
constexpr std::size_t kLanes = 16; ///< Sums that the processor keeps side by side.

struct Extremes {
    float lowest = 0;
    float highest = 0;
    double energy = 0;
};

/// Of one sample at least. Lanes, so that the compiler may use vectors.
Extremes extremesOf(std::span<const float> samples) {
    std::array<float, kLanes> low{};
    std::array<float, kLanes> high{};
    std::array<float, kLanes> squares{};
    low.fill(samples[0]);
    high.fill(samples[0]);
    const std::size_t whole = samples.size() / kLanes * kLanes;
    for (std::size_t i = 0; i < whole; i += kLanes) {
        for (std::size_t k = 0; k < kLanes; ++k) {
            const float x = samples[i + k];
            low[k] = x < low[k] ? x : low[k];
            high[k] = x > high[k] ? x : high[k];
            squares[k] += x * x;
        }
    }
    for (std::size_t i = whole; i < samples.size(); ++i) {
        const float x = samples[i];
        low[0] = std::min(x, low[0]);
        high[0] = std::max(x, high[0]);
        squares[0] += x * x;
    }
    Extremes result{*std::min_element(low.begin(), low.end()),
                    *std::max_element(high.begin(), high.end()), 0.0};
    for (const float square : squares)
        result.energy += square;
    return result;
}

/// Joins stretches of different lengths.
struct Join {
    WaveformSpan span;
    double energy = 0;
    std::int64_t samples = 0;

    void add(const WaveformSpan& part, std::int64_t count) {
        span.lowest = samples == 0 ? part.lowest : std::min(span.lowest, part.lowest);
        span.highest = samples == 0 ? part.highest : std::max(span.highest, part.highest);
        energy += static_cast<double>(part.rms) * part.rms * static_cast<double>(count);
        samples += count;
    }
    [[nodiscard]] WaveformSpan result() const {
        if (samples == 0) return {};
        return {span.lowest, span.highest,
                static_cast<float>(std::sqrt(energy / static_cast<double>(samples)))};
    }
};

bool isSound(const WaveformSpan& span) {
    return std::isfinite(span.lowest) && std::isfinite(span.highest) && std::isfinite(span.rms) &&
           span.lowest <= span.highest && span.rms >= 0;
}

/// Part `i` of `count` of a range, as samples.
SampleRange partOf(SampleRange range, std::size_t i, std::size_t count) {
    const double step = static_cast<double>(range.length()) / static_cast<double>(count);
    const auto at = [&](std::size_t k) {
        return range.begin.value +
               static_cast<std::int64_t>(std::floor(static_cast<double>(k) * step));
    };
    const std::int64_t begin = at(i);
    return {{begin}, {std::max(at(i + 1), begin + 1)}};
}

} // namespace

Result<WaveformPyramid> WaveformPyramid::create(Data data) {
    const auto columns = static_cast<std::int64_t>(data.columns.size());
    const bool sizesAgree = data.sampleRate > 0 && data.samplesPerColumn > 0 &&
                            data.samplesPerColumn <= kMostSamples && data.sampleCount >= 0 &&
                            data.columns.size() <= kMaxColumns &&
                            data.sampleCount / data.samplesPerColumn +
                                    (data.sampleCount % data.samplesPerColumn != 0 ? 1 : 0) ==
                                columns;
    if (!sizesAgree || !std::all_of(data.columns.begin(), data.columns.end(), isSound))
        return Error{ErrorCode::InvalidInput, "The waveform is damaged."};
    WaveformPyramid pyramid;
    pyramid.sampleRate_ = data.sampleRate;
    pyramid.sampleCount_ = data.sampleCount;
    pyramid.samplesPerColumn_ = data.samplesPerColumn;
    if (columns > 0) pyramid.levels_.push_back(std::move(data.columns));
    while (!pyramid.empty() && pyramid.levels_.back().size() > 1) {
        const std::size_t level = pyramid.levels_.size() - 1;
        const std::vector<WaveformSpan>& fine = pyramid.levels_[level];
        std::vector<WaveformSpan> coarse((fine.size() + kJoined - 1) / kJoined);
        for (std::size_t i = 0; i < coarse.size(); ++i) {
            Join join;
            for (std::size_t k = kJoined * i; k < std::min(kJoined * (i + 1), fine.size()); ++k)
                join.add(fine[k], pyramid.samplesIn(level, k));
            coarse[i] = join.result();
        }
        pyramid.levels_.push_back(std::move(coarse));
    }
    return pyramid;
}

std::int64_t WaveformPyramid::samplesIn(std::size_t level, std::size_t column) const {
    const std::int64_t width = samplesPerColumn_ << (2 * level);
    return std::min(width, sampleCount_ - static_cast<std::int64_t>(column) * width);
}

std::span<const WaveformSpan> WaveformPyramid::columns() const {
    return empty() ? std::span<const WaveformSpan>() : std::span<const WaveformSpan>(levels_[0]);
}

float WaveformPyramid::peak() const {
    if (empty()) return 0;
    const WaveformSpan& whole = levels_.back().front();
    return std::max(std::abs(whole.lowest), std::abs(whole.highest));
}

float WaveformPyramid::rms() const { return empty() ? 0 : levels_.back().front().rms; }

WaveformSpan WaveformPyramid::span(SampleRange range) const {
    const std::int64_t begin = std::max<std::int64_t>(range.begin.value, 0);
    const std::int64_t end = std::min(range.end.value, sampleCount_);
    if (empty() || begin >= end) return {};
    auto first = static_cast<std::size_t>(begin / samplesPerColumn_);
    auto last = static_cast<std::size_t>((end - 1) / samplesPerColumn_) + 1;
    Join join;
    const auto add = [&](std::size_t level, std::size_t column) {
        join.add(levels_[level][column], samplesIn(level, column));
    };
    // Columns that do not fill one of the next level are taken here, the rest one level up. The
    // last column of a level may be a shorter one, so an end at the level's end counts as full.
    for (std::size_t level = 0;; ++level) {
        while (first < last && first % kJoined != 0)
            add(level, first++);
        while (first < last && last % kJoined != 0 && last != levels_[level].size())
            add(level, --last);
        if (level + 1 == levels_.size()) {
            while (first < last)
                add(level, first++);
        }
        if (first == last) break;
        first /= kJoined;
        last = (last + kJoined - 1) / kJoined;
    }
    return join.result();
}

void WaveformPyramid::draw(SampleRange range, std::span<WaveformSpan> out) const {
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = span(partOf(range, i, out.size()));
}

WaveformBuilder::WaveformBuilder(int sampleRate) {
    data_.sampleRate = sampleRate;
    data_.samplesPerColumn = std::max<std::int64_t>(
        std::bit_floor(static_cast<unsigned>(sampleRate / kColumnsPerSecond)), kLeastSamples);
}

void WaveformBuilder::push(std::span<const float> mono) {
    data_.sampleCount += static_cast<std::int64_t>(mono.size());
    while (!mono.empty()) {
        if (inOpen_ == 0 && data_.columns.size() == WaveformPyramid::kMaxColumns) halve();
        const auto room = static_cast<std::size_t>(data_.samplesPerColumn - inOpen_);
        const auto run = mono.first(std::min(room, mono.size()));
        const Extremes extremes = extremesOf(run);
        open_.lowest = inOpen_ == 0 ? extremes.lowest : std::min(open_.lowest, extremes.lowest);
        open_.highest = inOpen_ == 0 ? extremes.highest : std::max(open_.highest, extremes.highest);
        energy_ += extremes.energy;
        inOpen_ += static_cast<std::int64_t>(run.size());
        mono = mono.subspan(run.size());
        if (inOpen_ == data_.samplesPerColumn) closeColumn();
    }
}

void WaveformBuilder::closeColumn() {
    open_.rms = static_cast<float>(std::sqrt(energy_ / static_cast<double>(inOpen_)));
    data_.columns.push_back(open_);
    energy_ = 0;
    inOpen_ = 0;
}

void WaveformBuilder::halve() {
    for (std::size_t i = 0; i < data_.columns.size() / 2; ++i) {
        Join join;
        join.add(data_.columns[2 * i], data_.samplesPerColumn);
        join.add(data_.columns[2 * i + 1], data_.samplesPerColumn);
        data_.columns[i] = join.result();
    }
    data_.columns.resize(data_.columns.size() / 2);
    data_.samplesPerColumn *= 2;
}

WaveformPyramid WaveformBuilder::finish() {
    if (inOpen_ > 0) closeColumn();
    auto pyramid = WaveformPyramid::create(std::move(data_));
    GESTURE_ASSERT(pyramid.ok());
    return std::move(pyramid).value();
}

Result<WaveformPyramid> buildWaveform(AudioReader& reader, JobControl& control) {
    WaveformBuilder builder(reader.info().sampleRate);
    auto read = readMonoBlocks(reader, control, "Reading sound", [&](std::span<const float> mono) {
        builder.push(mono);
        return Status::success();
    });
    if (!read) return std::move(read).error();
    return builder.finish();
}

namespace {

/// The samples of a stretch that lies inside of the sound; fewer where the file ends before.
Result<std::vector<float>> readMix(AudioReader& reader, SampleRange range) {
    if (auto moved = reader.seek(range.begin); !moved) return std::move(moved).error();
    const auto channels = static_cast<std::size_t>(reader.info().channels);
    const auto length = static_cast<std::size_t>(range.length());
    std::vector<float> mix(length);
    std::vector<float> block(std::min<std::size_t>(length, std::size_t{1} << 14) * channels);
    std::size_t done = 0;
    while (done < length) {
        const auto wanted = std::min(block.size() / channels, length - done);
        const std::int64_t count = reader.read(std::span(block).first(wanted * channels));
        if (count == 0) break;
        const auto samples = static_cast<std::size_t>(count);
        mixToMono(std::span(block).first(samples * channels), reader.info().channels,
                  std::span(mix).subspan(done, samples));
        done += samples;
    }
    mix.resize(done);
    if (!reader.status().ok()) return Error(reader.status().error());
    return mix;
}

} // namespace

Status readWaveform(AudioReader& reader, SampleRange range, std::span<WaveformSpan> out) {
    const std::int64_t total = reader.info().sampleCount;
    const SampleRange inside{{std::clamp<std::int64_t>(range.begin.value, 0, total)},
                             {std::clamp<std::int64_t>(range.end.value, 0, total)}};
    if (inside.length() > kMaxDrawn)
        return Error{ErrorCode::LimitExceeded, "The stretch is too long to be drawn by samples."};
    std::fill(out.begin(), out.end(), WaveformSpan{});
    if (inside.length() <= 0) return Status::success();
    const auto mix = readMix(reader, inside);
    if (!mix) return mix.error();
    const auto available = static_cast<std::int64_t>(mix->size());
    for (std::size_t i = 0; i < out.size(); ++i) {
        const SampleRange part = partOf(range, i, out.size());
        const auto first = std::max<std::int64_t>(part.begin.value - inside.begin.value, 0);
        const auto last = std::min(part.end.value - inside.begin.value, available);
        if (first >= last) continue;
        const Extremes extremes = extremesOf(std::span(*mix).subspan(
            static_cast<std::size_t>(first), static_cast<std::size_t>(last - first)));
        out[i] = {
            extremes.lowest, extremes.highest,
            static_cast<float>(std::sqrt(extremes.energy / static_cast<double>(last - first)))};
    }
    return Status::success();
}

} // namespace gesture::audio
