// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <numbers>
#include <sndfile.h>
#include <string>
#include <vector>

namespace gesture::test {

/// A sound file in one of libsndfile's formats.
inline void writeSound(const std::filesystem::path& path, int format, int rate, int channels,
                       const std::vector<float>& interleaved) {
    SF_INFO information{};
    information.samplerate = rate;
    information.channels = channels;
    information.format = format;
    SNDFILE* file = sf_open(path.c_str(), SFM_WRITE, &information);
    ASSERT_NE(file, nullptr) << sf_strerror(nullptr);
    const auto frames = static_cast<sf_count_t>(interleaved.size()) / channels;
    ASSERT_EQ(sf_writef_float(file, interleaved.data(), frames), frames);
    sf_close(file);
}

/// Without the waits of an atomic write: tests of damage write thousands of files.
inline void writeBytes(const std::filesystem::path& path, const std::string& bytes) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    ASSERT_TRUE(file.write(bytes.data(), static_cast<std::streamsize>(bytes.size())));
}

/// 200 Hz, one channel.
inline std::vector<float> sine(int rate, double seconds, double amplitude) {
    std::vector<float> samples(static_cast<std::size_t>(rate * seconds));
    for (std::size_t i = 0; i < samples.size(); ++i)
        samples[i] = static_cast<float>(
            amplitude * std::sin(2.0 * std::numbers::pi * 200.0 * static_cast<double>(i) / rate));
    return samples;
}

} // namespace gesture::test
