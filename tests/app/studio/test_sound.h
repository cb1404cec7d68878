// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <numbers>
#include <string>
#include <vector>

namespace gesture::test {

/// Writes a mono 16-bit WAV of a sine, 220 Hz at half amplitude.
inline void writeSine(const std::filesystem::path& path, int sampleRate, double seconds) {
    const auto samples = static_cast<std::uint32_t>(sampleRate * seconds);
    std::ofstream file(path, std::ios::binary);
    const auto put = [&](std::uint32_t value, int bytes) {
        for (int i = 0; i < bytes; ++i) {
            file.put(static_cast<char>(value >> (8 * i) & 0xFF));
        }
    };
    file << "RIFF";
    put(36 + 2 * samples, 4);
    file << "WAVEfmt ";
    put(16, 4), put(1, 2), put(1, 2);
    put(static_cast<std::uint32_t>(sampleRate), 4);
    put(static_cast<std::uint32_t>(2 * sampleRate), 4);
    put(2, 2), put(16, 2);
    file << "data";
    put(2 * samples, 4);
    for (std::uint32_t i = 0; i < samples; ++i) {
        const double phase = 2 * std::numbers::pi * 220 * i / sampleRate;
        put(static_cast<std::uint16_t>(static_cast<std::int16_t>(16383 * std::sin(phase))), 2);
    }
}

} // namespace gesture::test
