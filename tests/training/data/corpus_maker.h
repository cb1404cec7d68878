// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/motion/clip.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace gesture::test {

/// What a clip of a made-up corpus is like.
struct MadeUpClip {
    std::string id;
    std::string split = "train";
    double seconds = 5.0;
    std::uint64_t stream = 0; ///< Tells contents apart.
};

/// A motion that moves little, so that some feet stand.
[[nodiscard]] motion::Clip calmClip(std::int64_t frames, std::uint64_t stream);

/// Writes speech that is none, at 16 kHz.
void writeSpeech(const std::filesystem::path& path, double seconds, std::uint64_t stream);

/// Writes a file's text, with its folder.
void writeText(const std::filesystem::path& path, const std::string& text);

/// Adds a clip to a corpus in BEAT2's layout: motion, sound, words, labels and truth, and its row
/// in the table of splits.
void addBeat2Clip(const std::filesystem::path& root, const MadeUpClip& clip);

/// A corpus of six clips of two speakers, of 4 to 7 seconds.
void makeBeat2Corpus(const std::filesystem::path& root);

/// The whole content of a file.
[[nodiscard]] std::string contentOf(const std::filesystem::path& path);

} // namespace gesture::test
