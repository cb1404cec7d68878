// SPDX-License-Identifier: Apache-2.0
#include "app/cli/batch_manifest.h"
#include "core/io/transcript/transcript_file.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>
#include <string_view>
#include <system_error>
#include <utility>

namespace gesture::app {

namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 15> kSoundExtensions{
    ".wav",  ".flac", ".ogg", ".oga",  ".opus", ".mp3", ".aif", ".aiff",
    ".aifc", ".w64",  ".caf", ".rf64", ".au",   ".snd", ".m4a"};

std::string lowerCaseExtension(const fs::path& path) {
    std::string extension = path.extension().string();
    for (char& sign : extension)
        if (sign >= 'A' && sign <= 'Z') sign = static_cast<char>(sign - 'A' + 'a');
    return extension;
}

bool isSound(const fs::path& path) {
    return std::find(kSoundExtensions.begin(), kSoundExtensions.end(), lowerCaseExtension(path)) !=
           kSoundExtensions.end();
}

/// What a folder holds for a batch. Paths are relative to the folder.
struct Findings {
    std::vector<fs::path> sounds;
    /// By the place without extension; the formats in the order in which they are preferred.
    std::map<fs::path, std::map<io::TranscriptFormat, fs::path>> transcripts;
};

Status add(const fs::directory_entry& entry, const fs::path& folder, Findings& found) {
    std::error_code code;
    if (!entry.is_regular_file(code)) return Status::success();
    const fs::path place = entry.path().lexically_relative(folder);
    if (isSound(place)) {
        if (found.sounds.size() == kMaxBatchClips)
            return Error{ErrorCode::LimitExceeded,
                         fmt::format("'{}' holds more than a million sounds.", folder.string())};
        found.sounds.push_back(place);
    } else if (const auto format = io::transcriptFormatByExtension(place)) {
        fs::path& kept = found.transcripts[place.parent_path() / place.stem()][*format];
        if (kept.empty() || place < kept) kept = place;
    }
    return Status::success();
}

bool isHidden(const fs::directory_entry& entry) {
    return entry.path().filename().string().front() == '.';
}

Error unreadable(const fs::path& folder, const std::error_code& code) {
    return {ErrorCode::Io,
            fmt::format("The folder '{}' cannot be read: {}.", folder.string(), code.message())};
}

Result<Findings> look(const fs::path& folder, Recursive recursive) {
    Findings found;
    std::error_code code;
    fs::recursive_directory_iterator entries(folder, code);
    if (code) return unreadable(folder, code);
    for (; entries != fs::recursive_directory_iterator(); entries.increment(code)) {
        if (isHidden(*entries) || recursive == Recursive::No) entries.disable_recursion_pending();
        if (isHidden(*entries)) continue;
        if (auto added = add(*entries, folder, found); !added) return added.error();
    }
    if (code) return unreadable(folder, code);
    std::sort(found.sounds.begin(), found.sounds.end());
    return found;
}

} // namespace

Result<std::vector<BatchClip>> soundsOfFolder(const fs::path& folder, Recursive recursive,
                                              Transcripts transcripts) {
    auto found = look(folder, recursive);
    if (!found) return std::move(found).error();
    std::vector<BatchClip> clips;
    for (const fs::path& sound : found->sounds) {
        BatchClip clip;
        clip.audio = folder / sound;
        clip.output = sound.parent_path() / sound.stem();
        clip.where = fmt::format("'{}'", sound.string());
        const auto words = found->transcripts.find(clip.output);
        if (transcripts == Transcripts::Use && words != found->transcripts.end())
            clip.transcript = folder / words->second.begin()->second;
        clips.push_back(std::move(clip));
    }
    if (clips.empty())
        return Error{
            ErrorCode::InvalidInput,
            fmt::format("There is no sound file in '{}'{}.", folder.string(),
                        recursive == Recursive::No ? "; --recursive looks below it too" : "")};
    return clips;
}

} // namespace gesture::app
