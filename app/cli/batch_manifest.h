// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gesture::app {

/// One sound of a batch and what is special about it. Value type.
struct BatchClip {
    std::filesystem::path audio;
    std::filesystem::path transcript; ///< Empty: no words.
    std::filesystem::path output;     ///< Below the output folder, without extension.
    std::optional<int> speaker;       ///< Absent: what the command's options say.
    std::optional<std::uint64_t> seed;
    std::string where; ///< "line 3", or the sound's name: how messages speak of the clip.
};

inline constexpr std::size_t kMaxBatchClips = 1'000'000;

/// Reads a list of clips: a line of JSON for each, or CSV with a header; the content decides.
///   audio       required; paths are relative to the manifest's folder
///   transcript  any file that `io::readTranscript` reads
///   output      below the output folder, with the extension of a motion or without; otherwise the
///               sound's place below the manifest's folder, or its name where it lies elsewhere
///   speaker, seed   numbers, for this clip alone
/// NotFound, Io, LimitExceeded (256 MiB, kMaxBatchClips); InvalidInput "'FILE', line N: reason."
/// for everything else, keys of other names too.
[[nodiscard]] Result<std::vector<BatchClip>> readBatchManifest(const std::filesystem::path& path);

enum class Recursive { No, Yes };
enum class Transcripts { Use, Ignore };

/// The sounds of a folder by their extensions, sorted, each with the transcript of the same name if
/// there is one (TextGrid first, then .srt, .vtt, .ctm, .json, .csv, .tsv). Hidden entries are left
/// out. NotFound, Io, LimitExceeded; InvalidInput when there is no sound.
[[nodiscard]] Result<std::vector<BatchClip>>
soundsOfFolder(const std::filesystem::path& folder, Recursive recursive, Transcripts transcripts);

/// InvalidInput when two clips have the same output; the message names both.
[[nodiscard]] Status checkOutputsDiffer(const std::vector<BatchClip>& clips);

} // namespace gesture::app
