// SPDX-License-Identifier: Apache-2.0
#include "core/audio/waveform_pyramid.h"

#include "core/base/job.h"
#include "tests/core/audio/sound_files.h"
#include "tests/support/counter_random.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

namespace gesture::audio {
namespace {

using test::writeSound;

std::vector<float> noise(std::size_t count) {
    std::vector<float> samples(count);
    for (std::size_t i = 0; i < count; ++i)
        samples[i] = test::counterUniform(780, i) * static_cast<float>(i % 1000) / 1000.0F;
    return samples;
}

WaveformPyramid pyramidOf(const std::vector<float>& samples, int rate, std::size_t piece = 999) {
    WaveformBuilder builder(rate);
    for (std::size_t at = 0; at < samples.size(); at += piece)
        builder.push(std::span(samples).subspan(at, std::min(piece, samples.size() - at)));
    return builder.finish();
}

/// The samples themselves, the ends moved outwards to columns of the pyramid.
WaveformSpan expectedSpan(const std::vector<float>& samples, SampleRange range,
                          std::int64_t column) {
    const auto count = static_cast<std::int64_t>(samples.size());
    const auto begin = std::max<std::int64_t>(range.begin.value, 0) / column * column;
    const auto end =
        std::min(count, (std::min(range.end.value, count) + column - 1) / column * column);
    WaveformSpan span{samples[static_cast<std::size_t>(begin)],
                      samples[static_cast<std::size_t>(begin)], 0};
    double energy = 0;
    for (std::int64_t i = begin; i < end; ++i) {
        const float x = samples[static_cast<std::size_t>(i)];
        span.lowest = std::min(span.lowest, x);
        span.highest = std::max(span.highest, x);
        energy += static_cast<double>(x) * x;
    }
    span.rms = static_cast<float>(std::sqrt(energy / static_cast<double>(end - begin)));
    return span;
}

TEST(WaveformPyramid, EveryStretchHoldsTheExtremesOfItsColumns) {
    for (const std::size_t count : {1U, 63U, 64U, 65U, 4096U, 4097U, 70001U}) {
        const std::vector<float> samples = noise(count);
        const WaveformPyramid pyramid = pyramidOf(samples, 16000);
        ASSERT_EQ(pyramid.samplesPerColumn(), 64);
        ASSERT_EQ(pyramid.sampleCount(), static_cast<std::int64_t>(count));
        for (std::uint64_t k = 0; k < 200; ++k) {
            const auto total = static_cast<std::uint64_t>(count);
            const auto begin = static_cast<std::int64_t>(test::counterBits(781, 2 * k) % total);
            const auto length = static_cast<std::int64_t>(
                1 + test::counterBits(782, k) % (total >> (test::counterBits(783, k) % 10) | 1U));
            const SampleRange range{{begin}, {begin + length}};
            const WaveformSpan span = pyramid.span(range);
            const WaveformSpan expected = expectedSpan(samples, range, 64);
            ASSERT_EQ(span.lowest, expected.lowest) << count << " " << begin << " " << length;
            ASSERT_EQ(span.highest, expected.highest) << count << " " << begin << " " << length;
            ASSERT_NEAR(span.rms, expected.rms, 1e-5) << count << " " << begin << " " << length;
        }
    }
}

TEST(WaveformPyramid, PiecesOfAnySizeGiveTheSame) {
    const std::vector<float> samples = noise(20000);
    const WaveformPyramid whole = pyramidOf(samples, 48000, samples.size());
    EXPECT_EQ(whole.samplesPerColumn(), 256);
    const WaveformPyramid pieces = pyramidOf(samples, 48000, 100);
    ASSERT_EQ(whole.columns().size(), pieces.columns().size());
    for (std::size_t i = 0; i < whole.columns().size(); ++i) {
        EXPECT_EQ(whole.columns()[i].lowest, pieces.columns()[i].lowest);
        EXPECT_EQ(whole.columns()[i].highest, pieces.columns()[i].highest);
        EXPECT_NEAR(whole.columns()[i].rms, pieces.columns()[i].rms, 1e-6);
    }
}

TEST(WaveformPyramid, IsSilentOutsideOfTheSound) {
    const WaveformPyramid pyramid = pyramidOf(noise(1000), 16000);
    EXPECT_EQ(pyramid.span({{1000}, {2000}}), WaveformSpan{});
    EXPECT_EQ(pyramid.span({{-2000}, {0}}), WaveformSpan{});
    EXPECT_EQ(pyramid.span({{500}, {500}}), WaveformSpan{});
    EXPECT_EQ(pyramid.span({{600}, {500}}), WaveformSpan{});
    EXPECT_EQ(WaveformPyramid().span({{0}, {10}}), WaveformSpan{});
    EXPECT_EQ(WaveformPyramid().peak(), 0);
    std::vector<WaveformSpan> picture(4, {1, 1, 1});
    pyramid.draw({{-1000}, {1000}}, picture);
    EXPECT_EQ(picture[0], WaveformSpan{});
    EXPECT_EQ(picture[1], WaveformSpan{});
    EXPECT_GT(picture[2].rms, 0);
    EXPECT_GT(picture[3].rms, 0);
}

TEST(WaveformPyramid, PeakAndRmsAreThoseOfTheWholeSound) {
    const std::vector<float> samples = noise(5000);
    const WaveformPyramid pyramid = pyramidOf(samples, 16000);
    const WaveformSpan whole = expectedSpan(samples, {{0}, {5000}}, 64);
    EXPECT_EQ(pyramid.peak(), std::max(whole.highest, -whole.lowest));
    EXPECT_NEAR(pyramid.rms(), whole.rms, 1e-6);
}

TEST(WaveformPyramid, LongSoundsGetWiderColumnsInsteadOfMore) {
    // At 1 Hz a column has 16 samples; more than 2^24 of them double it.
    WaveformBuilder builder(1);
    std::vector<float> block(1 << 20, 0.25F);
    for (int i = 0; i < 17; ++i) {
        block[12345] = 0.01F * static_cast<float>(i) + 0.5F;
        builder.push(block);
    }
    const WaveformPyramid pyramid = builder.finish();
    EXPECT_EQ(pyramid.samplesPerColumn(), 32);
    EXPECT_EQ(pyramid.sampleCount(), 17 << 20);
    EXPECT_EQ(pyramid.columns().size(), 17U << 15);
    for (std::int64_t i = 0; i < 17; ++i) {
        const WaveformSpan part = pyramid.span({{i << 20}, {(i + 1) << 20}});
        EXPECT_EQ(part.highest, 0.01F * static_cast<float>(i) + 0.5F);
        EXPECT_NEAR(part.rms, 0.25, 1e-5);
    }
}

TEST(WaveformPyramid, DataThatContradictItselfIsRefused) {
    const WaveformPyramid::Data good{16000, 100, 64, {{-1, 1, 0.5F}, {0, 0.5F, 0.1F}}};
    EXPECT_TRUE(WaveformPyramid::create(good).ok());
    const float nan = std::numeric_limits<float>::quiet_NaN();
    for (int kind = 0; kind < 9; ++kind) {
        WaveformPyramid::Data bad = good;
        if (kind == 0) bad.sampleCount = 129;
        if (kind == 1) bad.sampleCount = -1;
        if (kind == 2) bad.samplesPerColumn = 0;
        if (kind == 3) bad.samplesPerColumn = std::numeric_limits<std::int64_t>::max();
        if (kind == 4) bad.sampleRate = 0;
        if (kind == 5) bad.columns[0].highest = nan;
        if (kind == 6) bad.columns[1].rms = -1;
        if (kind == 7) bad.columns[1].lowest = 2;
        if (kind == 8) bad.columns.clear();
        EXPECT_FALSE(WaveformPyramid::create(std::move(bad)).ok()) << kind;
    }
    EXPECT_TRUE(WaveformPyramid::create({16000, 0, 64, {}})->empty());
}

TEST(BuildWaveform, ReadsTheMeanOfTheChannelsAndCanBeStopped) {
    const test::TemporaryFolder folder;
    std::vector<float> stereo(2 * 40000);
    stereo[2 * 777] = 0.5F;
    stereo[2 * 778 + 1] = -0.75F;
    writeSound(folder / "a.wav", SF_FORMAT_WAV | SF_FORMAT_FLOAT, 48000, 2, stereo);
    auto reader = AudioReader::open(folder / "a.wav");
    JobControl control;
    const auto pyramid = buildWaveform(*reader, control);
    ASSERT_TRUE(pyramid.ok());
    EXPECT_EQ(pyramid->span({{777}, {778}}), pyramid->columns()[3]);
    EXPECT_EQ(pyramid->columns()[3].highest, 0.25F);
    EXPECT_EQ(pyramid->columns()[3].lowest, -0.375F);

    ASSERT_TRUE(reader->seek({0}).ok());
    std::stop_source stop;
    JobControl stopped(stop.get_token(), [&](const Progress&) { stop.request_stop(); });
    const auto cancelled = buildWaveform(*reader, stopped);
    ASSERT_FALSE(cancelled.ok());
    EXPECT_EQ(cancelled.error().code(), ErrorCode::Cancelled);
}

TEST(ReadWaveform, DrawsSamplesBelowTheColumns) {
    const test::TemporaryFolder folder;
    const std::vector<float> samples = noise(3000);
    writeSound(folder / "a.wav", SF_FORMAT_WAV | SF_FORMAT_FLOAT, 48000, 1, samples);
    auto reader = AudioReader::open(folder / "a.wav");
    std::vector<WaveformSpan> out(100);
    ASSERT_TRUE(readWaveform(*reader, {{1000}, {1100}}, out).ok());
    for (std::size_t i = 0; i < out.size(); ++i) {
        EXPECT_EQ(out[i].lowest, samples[1000 + i]);
        EXPECT_EQ(out[i].highest, samples[1000 + i]);
        EXPECT_NEAR(out[i].rms, std::abs(samples[1000 + i]), 1e-6);
    }
    // Two samples a part, the last half of them behind the end.
    ASSERT_TRUE(readWaveform(*reader, {{2900}, {3100}}, out).ok());
    EXPECT_EQ(out[0].highest, std::max(samples[2900], samples[2901]));
    EXPECT_EQ(out[49].lowest, std::min(samples[2998], samples[2999]));
    EXPECT_EQ(out[50], WaveformSpan{});
    // More parts than samples: each sample is drawn by all parts that begin in it.
    ASSERT_TRUE(readWaveform(*reader, {{500}, {550}}, out).ok());
    EXPECT_EQ(out[10].highest, samples[505]);
    EXPECT_EQ(out[11].highest, samples[505]);
}

} // namespace
} // namespace gesture::audio
