// SPDX-License-Identifier: Apache-2.0
#include "app/cli/project_source.h"

#include "core/base/paths.h"
#include "core/project/analysis_blob.h"
#include "core/project/audio_content.h"

#include <chrono>
#include <fmt/format.h>
#include <utility>

namespace gesture::app {

namespace {

using project::Take;
namespace fs = std::filesystem;

std::int64_t secondsNow() {
    using namespace std::chrono;
    return duration_cast<seconds>(system_clock::now().time_since_epoch()).count();
}

std::string joined(const project::ProjectState& state) {
    std::string names;
    for (const Take& take : state.takes)
        if (!take.deleted) names += fmt::format("{}'{}'", names.empty() ? "" : ", ", take.name);
    return names.empty() ? "none" : names;
}

/// "3", or "2.1" for the first child of take 2.
std::string freeName(const project::ProjectState& state, project::ItemId parent) {
    const Take* source = project::findTake(state, parent);
    const std::string begin = source != nullptr ? source->name + "." : "";
    for (std::size_t number = source != nullptr ? 1 : state.takes.size() + 1;; ++number) {
        std::string name = begin + std::to_string(number);
        if (project::findTake(state, name) == nullptr) return name;
    }
}

std::vector<project::EditedRange> editedRanges(const inference::EditMask& mask) {
    std::vector<project::EditedRange> edited;
    for (const FrameRange& run : mask.runs()) {
        project::EditedRange range{run, {}};
        for (int i = 0; i < motion::kBodyPartCount; ++i) {
            const auto part = static_cast<motion::BodyPart>(i);
            range.parts[part] = mask.share(run, part) > 0.0;
        }
        edited.push_back(range);
        if (edited.size() == project::kMaxListed) break;
    }
    return edited;
}

} // namespace

bool isProjectName(const fs::path& path) { return path.extension() == ".gesture"; }

Result<ProjectSource> ProjectSource::open(const fs::path& path, Access access) {
    project::OpenOptions options;
    options.readOnly = access == Access::Read;
    auto opened = project::Project::open(path, options);
    if (!opened) return std::move(opened).error();
    if (access == Access::Write && opened->readOnly())
        return Error{ErrorCode::Usage, opened->remark()};
    return ProjectSource(std::move(*opened));
}

Result<Take> ProjectSource::take(const std::string& name) const {
    const project::ProjectState& state = project_.state();
    const Take* found = name.empty() ? project::chosenTake(state) : project::findTake(state, name);
    if (found != nullptr) return *found;
    return Error{ErrorCode::NotFound,
                 fmt::format("'{}' has no take{}; there is: {}.", project_.path().string(),
                             name.empty() ? "" : fmt::format(" '{}'", name), joined(state))};
}

Result<project::StoredMotion> ProjectSource::motionOf(const Take& take) {
    return project::readMotion(project_.blobs(), take.motion);
}

Result<inference::SpeechSource> ProjectSource::speech() {
    auto file = project::audioFile(project_, userCacheDirectory());
    if (!file) return std::move(file).error();
    return inference::SpeechSource{std::move(*file), *project_.state().transcript};
}

Result<Take> addTake(project::Project& project, const NewTake& made, JobControl& control) {
    auto motion = project::putMotion(project.blobs(), made.motion, control);
    if (!motion) return std::move(motion).error();
    auto analysis = project::putAnalysis(project.blobs(), made.result.analysis, control);
    if (!analysis) return std::move(analysis).error();
    Take take;
    take.name = freeName(project.state(), made.parent);
    take.motion = *motion;
    take.frames = made.motion.clip->frameCount();
    take.rate = made.motion.clip->rate();
    take.parent = made.parent;
    if (made.mask != nullptr) take.edited = editedRanges(*made.mask);
    take.recipe = made.recipe;
    take.recipe.bundleHash = made.summary.bundleHash;
    take.provenance = made.provenance;
    take.created = secondsNow();
    if (Status added = project.perform(project::AddTakes{{take}}); !added)
        return std::move(added).error();
    take = project.state().takes.back();
    const project::AnalysisReference reference{*analysis, *motion, made.recipe.bundle,
                                               made.summary.bundleHash};
    if (Status kept = project.attachAnalysis(take.id, reference); !kept)
        return std::move(kept).error();
    return take;
}

Result<project::Project> createProjectFor(const fs::path& path,
                                          const inference::SpeechSource& speech,
                                          const std::string& wordsSource) {
    project::ProjectState state;
    auto audio = project::referTo(speech.audio);
    if (!audio) return std::move(audio).error();
    state.audio = std::move(*audio);
    state.name = path.stem().string();
    state.transcript = speech.transcript;
    state.wordsSource = wordsSource;
    return project::Project::create(path, state);
}

} // namespace gesture::app
