// SPDX-License-Identifier: Apache-2.0
#include "core/audio/features/mel.h"
#include "core/audio/features/real_fft.h"
#include "core/audio/features/stft.h"
#include "tests/core/audio/features/synthetic_speech.h"
#include "tests/support/golden_values.h"

#include <gtest/gtest.h>
#include <limits>
#include <numeric>
#include <string>

namespace gesture::audio {
namespace {

using test::largestDifference;
using test::syntheticSpeech;

// Both sides transform in single precision at least on one: 2^-23 of the largest power of a frame
// (up to 2e4 here), a few times over.
constexpr double kRelativePower = 1e-6;
// Filters are computed in double precision and kept in single: one rounding of values below 0.05.
constexpr double kFilter = 4e-9;
// Sums, up to 0.26, are kept in single precision by the file of golden values.
constexpr double kFilterSum = 1.6e-8;
// 4.34 times the relative error of a band's power, which for bands 60 dB below the loudest is some
// 2^-17; and the single-precision logarithm of values down to -100 dB.
constexpr double kDecibels = 1e-4;

class Spectra : public ::testing::Test {
protected:
    static std::vector<float> powerOf(const Sound& sound, int size, int hop, std::int64_t index) {
        PowerStft stft(size, hop);
        std::vector<float> power(static_cast<std::size_t>(stft.binCount()));
        stft.frame(sound.samples, index, power);
        return power;
    }

    std::map<std::string, std::vector<float>> golden_ = test::goldenValues("features/spectra.txt");
    Sound speech_ = syntheticSpeech(16000);
};

TEST_F(Spectra, TheTestSoundIsThatOfTheGoldenValues) {
    EXPECT_LE(largestDifference("sound", golden_["sound"], speech_.samples, 997), 6e-8);
}

TEST_F(Spectra, PowersEqualLibrosas) {
    for (const int frame : {0, 10, 47, 93}) {
        const auto power = powerOf(speech_, 2048, 512, frame);
        const float largest = *std::max_element(power.begin(), power.end());
        const std::string name = "power_" + std::to_string(frame);
        EXPECT_LE(largestDifference(name.c_str(), golden_[name], power, 32),
                  kRelativePower * largest)
            << frame;
    }
}

TEST_F(Spectra, AnyFrameSizeAndHopAreAllowed) {
    for (const int frame : {0, 33, 299}) {
        const auto power = powerOf(speech_, 441, 160, frame);
        const float largest = *std::max_element(power.begin(), power.end());
        const std::string name = "odd_" + std::to_string(frame);
        EXPECT_LE(largestDifference(name.c_str(), golden_[name], power, 10),
                  kRelativePower * largest)
            << frame;
    }
}

TEST_F(Spectra, FramesAreCountedAsLibrosaDoes) {
    const auto count = static_cast<std::int64_t>(speech_.samples.size());
    EXPECT_EQ(PowerStft(2048, 512).frameCount(count), golden_["frames"][0]);
    EXPECT_EQ(PowerStft(441, 160).frameCount(count), golden_["frames"][1]);
    EXPECT_EQ(PowerStft(2048, 512).frameCount(0), 0);
    EXPECT_EQ(PowerStft(2048, 512).frameCount(1), 1);
    EXPECT_EQ(PowerStft(2048, 512).frameCount(511), 1);
    EXPECT_EQ(PowerStft(2048, 512).frameCount(512), 2);
}

TEST_F(Spectra, SamplesThatAreNotNumbersCountAsSilence) {
    Sound damaged = speech_;
    damaged.samples[5000] = std::numeric_limits<float>::quiet_NaN();
    damaged.samples[5001] = std::numeric_limits<float>::infinity();
    Sound silenced = speech_;
    silenced.samples[5000] = 0.0F;
    silenced.samples[5001] = 0.0F;
    EXPECT_EQ(powerOf(damaged, 2048, 512, 10), powerOf(silenced, 2048, 512, 10));
}

TEST_F(Spectra, FilterBanksEqualLibrosas) {
    for (const int rate : {8000, 16000, 22050, 48000}) {
        const MelFilterBank bank(rate, {});
        std::vector<double> sums;
        std::vector<double> peaks;
        std::vector<double> places;
        for (int band = 0; band < 128; ++band) {
            std::vector<float> weights(1025);
            for (int bin = 0; bin < 1025; ++bin)
                weights[static_cast<std::size_t>(bin)] = bank.weight(band, bin);
            const auto peak = std::max_element(weights.begin(), weights.end());
            sums.push_back(std::accumulate(weights.begin(), weights.end(), 0.0));
            peaks.push_back(*peak);
            places.push_back(static_cast<double>(peak - weights.begin()));
        }
        const std::string name = "bank_" + std::to_string(rate);
        EXPECT_LE(largestDifference((name + "_sum").c_str(), golden_[name + "_sum"], sums),
                  kFilterSum);
        EXPECT_LE(largestDifference((name + "_peak").c_str(), golden_[name + "_peak"], peaks),
                  kFilter);
        EXPECT_EQ(largestDifference((name + "_at").c_str(), golden_[name + "_at"], places), 0.0);
    }
}

TEST_F(Spectra, MelBandsEqualLibrosas) {
    JobControl control;
    const auto mel = melSpectrogram(speech_, {}, control);
    ASSERT_TRUE(mel.ok());
    ASSERT_EQ(mel->values.size(), 94U * 128U);
    EXPECT_EQ(mel->framesPerSecond, 31.25);
    const float loudest = *std::max_element(mel->values.begin(), mel->values.end());
    auto decibels = mel->values;
    powerToDecibels(decibels);
    auto relative = mel->values;
    powerToDecibels(relative, loudest, std::nullopt);
    for (const std::size_t frame : {0U, 10U, 47U, 93U}) {
        const auto part = [&](const std::vector<float>& values) {
            const auto first = values.begin() + static_cast<std::ptrdiff_t>(128 * frame);
            return std::vector<float>(first, first + 128);
        };
        const std::string at = "_" + std::to_string(frame);
        EXPECT_LE(largestDifference(("mel" + at).c_str(), golden_["mel" + at], part(mel->values)),
                  kRelativePower * loudest);
        EXPECT_LE(
            largestDifference(("decibels" + at).c_str(), golden_["decibels" + at], part(decibels)),
            kDecibels);
        EXPECT_LE(
            largestDifference(("relative" + at).c_str(), golden_["relative" + at], part(relative)),
            kDecibels);
    }
}

TEST(Decibels, SilenceIsALevelLikeOthers) {
    std::vector<float> silence(8, 0.0F);
    powerToDecibels(silence);
    EXPECT_EQ(silence, std::vector<float>(8, -100.0F));
    std::vector<float> none;
    powerToDecibels(none);
    EXPECT_TRUE(none.empty());
}

TEST(RealFft, TheWayBackGivesTheSamples) {
    for (const int size : {1, 2, 7, 96, 441, 1024}) {
        RealFft fft(size);
        std::vector<float> samples(static_cast<std::size_t>(size));
        for (std::size_t i = 0; i < samples.size(); ++i)
            samples[i] = test::counterUniform(303, i);
        std::vector<std::complex<float>> bins(static_cast<std::size_t>(fft.binCount()));
        std::vector<float> back(samples.size());
        fft.forward(samples, bins);
        fft.inverse(bins, back);
        for (std::size_t i = 0; i < samples.size(); ++i)
            EXPECT_NEAR(back[i], samples[i], 1e-6) << size;
    }
}

TEST(RealFft, ATonesPowerLiesInItsBin) {
    // A full Hann window halves a tone of n / 4 per bin: (0.5 * 0.5 * 512 / 2)^2.
    const Sound sound = test::tone(8000, 8000.0 * 32 / 512, 1.0);
    PowerStft stft(512, 128);
    std::vector<float> power(static_cast<std::size_t>(stft.binCount()));
    stft.frame(sound.samples, 20, power);
    EXPECT_NEAR(power[32], 64.0F * 64.0F, 0.05F);
    EXPECT_NEAR(power[40], 0.0F, 1e-4F);
}

} // namespace
} // namespace gesture::audio
