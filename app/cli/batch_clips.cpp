// SPDX-License-Identifier: Apache-2.0
#include "app/cli/batch_clips.h"

#include "app/cli/engine_options.h"
#include "app/cli/motion_output.h"
#include "core/analysis/provenance.h"
#include "core/io/motion_file.h"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

namespace gesture::app {

namespace {

using inference::GenerateRequest;
namespace fs = std::filesystem;

constexpr const char* kFilm = "film"; ///< In a provenance: the name of the film beside.

bool isThere(const fs::path& path) {
    std::error_code code;
    return fs::exists(fs::symlink_status(path, code));
}

Result<GenerateRequest> requestOf(const BatchJob& job, const BatchClip& clip) {
    auto speech = speechSource(clip.audio, clip.transcript);
    if (!speech) return std::move(speech).error();
    GenerateRequest request = job.request;
    request.speech = std::move(*speech);
    if (clip.speaker) request.options.speaker = *clip.speaker;
    if (clip.seed) request.options.seed = *clip.seed;
    return request;
}

/// Whether a file that is there is the one that this program put there with the motion.
bool isOwn(const fs::path& path, const std::string& provenance) {
    if (!analysis::isGenerated(provenance)) return false;
    if (path.extension() == ".npz") return true;
    return nlohmann::json::parse(provenance).value(kFilm, "") == path.filename().string();
}

/// Whether all files of a clip are there and are what the request asks for. Usage when there is one
/// that someone else made, who would lose it.
Result<bool> isDone(const BatchJob& job, const GenerateRequest& request,
                    const std::vector<fs::path>& outputs, JobControl& control) {
    const auto count = std::count_if(outputs.begin(), outputs.end(), isThere);
    if (count == 0) return false;
    const auto read = io::readMotionProvenance(outputs.front());
    const std::string provenance = read ? *read : "";
    for (const fs::path& path : outputs) {
        if (job.overwrite == Overwrite::All || !isThere(path) || isOwn(path, provenance)) continue;
        return Error{ErrorCode::Usage,
                     fmt::format("'{}' is there already and was not made by this command: move it, "
                                 "choose another folder, or say --overwrite.",
                                 path.string())};
    }
    if (count != static_cast<std::ptrdiff_t>(outputs.size())) return false;
    if (!isOwn(outputs.back(), provenance)) return false;
    const auto signals = audio::readSpeech(request.speech.audio, job.speechPath, control);
    if (!signals) return signals.error();
    return analysis::answersRequest(provenance, request,
                                    {job.bundleHash, audio::speechHash(*signals)});
}

/// The provenance of a clip's motion, which names the film beside it.
std::string provenanceOf(const ClipOutcome& outcome, const std::vector<fs::path>& outputs) {
    std::string provenance = analysis::provenanceOf(outcome.request, outcome.summary);
    if (outputs.size() == 1) return provenance;
    auto record = nlohmann::json::parse(provenance);
    record[kFilm] = outputs.back().filename().string();
    return record.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Status makeFolder(const fs::path& folder) {
    std::error_code code;
    fs::create_directories(folder, code);
    if (!code) return Status::success();
    return Error{ErrorCode::Io, fmt::format("The folder '{}' cannot be made: {}.", folder.string(),
                                            code.message())};
}

} // namespace

std::vector<fs::path> outputsOf(const BatchJob& job, const BatchClip& clip) {
    const auto named = [&](const char* extension) {
        fs::path path = job.folder / clip.output;
        return path += extension;
    };
    if (job.format == BatchFormat::Motion) return {named(".npz")};
    return {named(".npz"), named(".mp4")};
}

Result<ClipOutcome> makeClip(const BatchJob& job, const BatchClip& clip,
                             inference::EngineService& engine, JobControl& control) {
    auto request = requestOf(job, clip);
    if (!request) return std::move(request).error();
    const auto done = isDone(job, *request, outputsOf(job, clip), control);
    if (!done) return done.error();
    ClipOutcome outcome;
    outcome.skipped = *done;
    if (outcome.skipped) return outcome;
    inference::TakeCollector collector;
    auto summary = engine.generate(*request, collector, control);
    if (!summary) return std::move(summary).error();
    outcome.take = std::move(collector.take());
    outcome.request = std::move(*request);
    outcome.summary = std::move(*summary);
    return outcome;
}

Status writeClip(const BatchJob& job, const BatchClip& clip, const ClipOutcome& outcome,
                 Console& console) {
    const std::vector<fs::path> outputs = outputsOf(job, clip);
    if (auto made = makeFolder(outputs.front().parent_path()); !made) return made;
    // A film is there only while the motion beside it is the one that it shows.
    std::error_code code;
    if (outputs.size() > 1) fs::remove(outputs.back(), code);
    const MotionOutput motion{outcome.take.motion, provenanceOf(outcome, outputs),
                              outcome.request.speech.audio};
    for (const fs::path& path : outputs)
        if (auto written = writeMotionOutput(motion, path, console); !written) return written;
    return Status::success();
}

} // namespace gesture::app
