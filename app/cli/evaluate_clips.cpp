// SPDX-License-Identifier: Apache-2.0
#include "app/cli/evaluate_clips.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <set>
#include <span>
#include <string_view>
#include <system_error>
#include <utility>

namespace gesture::app {

namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 1> kMotion{".npz"};
constexpr std::array<std::string_view, 1> kLabels{".txt"};
constexpr std::array<std::string_view, 1> kStrokes{".json"};
constexpr std::array<std::string_view, 12> kSounds{".wav", ".flac", ".ogg",  ".opus",
                                                   ".mp3", ".aif",  ".m4a",  ".mp4",
                                                   ".mov", ".webm", ".aiff", ".mkv"};

bool isFolder(const fs::path& path) {
    std::error_code code;
    return fs::is_directory(path, code);
}

bool isFile(const fs::path& path) {
    std::error_code code;
    return fs::is_regular_file(path, code);
}

bool beginsWith(const fs::path& file, std::string_view start) {
    return file.filename().string().starts_with(start);
}

Result<std::vector<fs::path>> motionsIn(const fs::path& folder) {
    std::vector<fs::path> found;
    std::error_code code;
    for (fs::directory_iterator entry(folder, code), end; !code && entry != end;
         entry.increment(code))
        if (entry->path().extension() == ".npz" && !beginsWith(entry->path(), "gt_"))
            found.push_back(entry->path());
    if (code)
        return Error{ErrorCode::Io, fmt::format("The folder '{}' cannot be read: {}.",
                                                folder.string(), code.message())};
    const auto isResult = [](const fs::path& file) { return beginsWith(file, "res_"); };
    if (std::any_of(found.begin(), found.end(), isResult))
        std::erase_if(found, [&](const fs::path& file) { return !isResult(file); });
    if (found.empty())
        return Error{ErrorCode::NotFound,
                     fmt::format("The folder '{}' holds no motion (.npz).", folder.string())};
    std::sort(found.begin(), found.end());
    return found;
}

Result<std::vector<ClipFiles>> generatedClips(const std::vector<fs::path>& given) {
    std::vector<ClipFiles> clips;
    std::set<std::string> names;
    for (const fs::path& path : given) {
        std::vector<fs::path> files{path};
        if (isFolder(path)) {
            auto found = motionsIn(path);
            if (!found) return std::move(found).error();
            files = std::move(*found);
        } else if (!isFile(path)) {
            return Error{ErrorCode::NotFound,
                         fmt::format("There is no motion '{}'.", path.string())};
        }
        for (const fs::path& file : files) {
            ClipFiles clip;
            clip.name = clipName(file);
            clip.generated = file;
            if (!names.insert(clip.name).second)
                return Error{
                    ErrorCode::Usage,
                    fmt::format("Two motions are called '{}': which is meant?", clip.name)};
            clips.push_back(std::move(clip));
        }
    }
    return clips;
}

/// What belongs to a clip in `where`; nothing when there is none.
fs::path partnerIn(const fs::path& where, const std::string& name,
                   std::span<const std::string_view> extensions) {
    for (const std::string_view extension : extensions)
        for (const std::string_view start : {"", "gt_"}) {
            const fs::path file = where / fmt::format("{}{}{}", start, name, extension);
            if (isFile(file)) return file;
        }
    return {};
}

/// Finds every clip's `what` and puts it where `place` points.
Status addPartners(std::vector<ClipFiles>& clips, fs::path ClipFiles::*place, const fs::path& where,
                   std::string_view what, std::span<const std::string_view> extensions) {
    if (where.empty()) return Status::success();
    if (isFile(where)) {
        if (clips.size() != 1)
            return Error{ErrorCode::Usage,
                         fmt::format("'{}' is one {}, but there are {} motions: name a folder.",
                                     where.string(), what, clips.size())};
        clips.front().*place = where;
        return Status::success();
    }
    if (!isFolder(where))
        return Error{ErrorCode::NotFound,
                     fmt::format("There is no {} '{}'.", what, where.string())};
    std::string missing;
    for (ClipFiles& clip : clips) {
        clip.*place = partnerIn(where, clip.name, extensions);
        if ((clip.*place).empty() && missing.size() < 200)
            missing += (missing.empty() ? "'" : ", '") + clip.name + "'";
    }
    if (missing.empty()) return Status::success();
    return Error{ErrorCode::NotFound, fmt::format("There is no {} in '{}' for {}: files are paired "
                                                  "by their names.",
                                                  what, where.string(), missing)};
}

Status addAnalyses(std::vector<ClipFiles>& clips, const fs::path& where) {
    if (where.empty()) return Status::success();
    const auto holds = [](const fs::path& folder) {
        return isFile(folder / "semantic.csv") || isFile(folder / "importance.csv");
    };
    for (ClipFiles& clip : clips) {
        if (holds(where / clip.name))
            clip.analysis = where / clip.name;
        else if (clips.size() == 1 && holds(where))
            clip.analysis = where;
        else
            return Error{ErrorCode::NotFound,
                         fmt::format("There is no analysis of '{}' in '{}': `gesture analyse … -o "
                                     "{}` makes one.",
                                     clip.name, where.string(), (where / clip.name).string())};
    }
    return Status::success();
}

} // namespace

std::string clipName(const fs::path& file) {
    std::string name = file.stem().string();
    for (const std::string_view start : {"res_", "gt_"})
        if (name.starts_with(start) && name.size() > start.size()) return name.substr(start.size());
    return name;
}

Result<std::vector<ClipFiles>> pairClips(const EvaluatePaths& paths) {
    auto clips = generatedClips(paths.motions);
    if (!clips) return clips;
    const std::array<Status, 6> added{
        addPartners(*clips, &ClipFiles::reference, paths.reference, "reference", kMotion),
        addPartners(*clips, &ClipFiles::audio, paths.audio, "sound", kSounds),
        addPartners(*clips, &ClipFiles::labels, paths.labels, "list of labels", kLabels),
        addPartners(*clips, &ClipFiles::strokes, paths.strokes, "list of strokes", kStrokes),
        addPartners(*clips, &ClipFiles::ceiling, paths.ceiling, "ceiling", kMotion),
        addAnalyses(*clips, paths.analysis)};
    for (const Status& status : added)
        if (!status) return status.error();
    return clips;
}

} // namespace gesture::app
