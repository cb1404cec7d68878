// SPDX-License-Identifier: Apache-2.0
#include "app/studio/session/engine_request.h"

#include "core/analysis/provenance.h"
#include "core/analysis/start_pose.h"
#include "core/inference/clip_frames.h"

#include <algorithm>
#include <chrono>
#include <span>
#include <utility>

#include <fmt/format.h>

namespace gesture::app {

namespace {

using inference::MotionFrames;

Error missing(std::string sentence) { return {ErrorCode::InvalidInput, std::move(sentence)}; }

Status ready(const RequestContext& context) {
    if (context.state.audio.path.empty())
        return missing("There is no sound. Open one with Ctrl+O or drop it on the window.");
    if (context.bundle == nullptr)
        return Error{ErrorCode::Unavailable,
                     "No bundle of networks is installed. 'gesture weights convert' makes one of "
                     "released weights."};
    return Status::success();
}

/// Rules make whole takes only.
Status readyWithNetworks(const RequestContext& context) {
    if (auto able = ready(context); !able) return able;
    if (!context.bundle->hasNetworks)
        return missing("Rules make whole takes only. Choose a bundle of networks under Model.");
    return Status::success();
}

inference::SpeechSource speechOf(const project::ProjectState& state) {
    return {state.audio.path, *state.transcript};
}

inference::ComputeOptions computeOf(const project::ProjectState& state) {
    inference::ComputeOptions compute;
    compute.device = state.generate.device;
    return compute;
}

inference::GenerateOptions optionsOf(const project::ProjectState& state, int number) {
    inference::GenerateOptions options = state.generate.options;
    options.seed += static_cast<std::uint64_t>(number);
    options.semanticThreshold = state.thresholds.semantic;
    return options;
}

Result<MotionFrames> startPoseOf(const RequestContext& context) {
    const std::string& pose = context.state.generate.startPose;
    if (pose == "clip") {
        if (!context.clipA)
            return missing("The seed pose is to come from this clip, but there is no take yet.");
        return inference::firstFrames(*context.clipA, 4);
    }
    const auto own =
        context.bundle->hasStartPose ? analysis::OwnStartPose::Yes : analysis::OwnStartPose::No;
    return analysis::readStartPose(pose == "rest" ? std::string() : pose, own);
}

std::int64_t secondsNow() {
    return std::chrono::duration_cast<std::chrono::seconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

std::vector<project::EditedRange> editedRanges(const std::vector<std::uint8_t>& cells) {
    std::vector<project::EditedRange> edited;
    const auto mask = inference::EditMask::fromCells(cells);
    if (!mask) return edited;
    for (const FrameRange& run : mask->runs()) {
        project::EditedRange range{run, {}};
        for (std::size_t part = 0; part < range.parts.values.size(); ++part)
            range.parts.values[part] = mask->share(run, static_cast<motion::BodyPart>(part)) > 0;
        edited.push_back(range);
    }
    return edited;
}

} // namespace

Result<EngineRequest> generateRequest(const RequestContext& context, int number) {
    if (auto able = ready(context); !able) return able.error();
    auto pose = startPoseOf(context);
    if (!pose) return std::move(pose).error();
    inference::GenerateRequest request;
    request.bundle = context.bundle->folder;
    request.speech = speechOf(context.state);
    request.compute = computeOf(context.state);
    request.options = optionsOf(context.state, number);
    request.startPose = std::move(*pose);
    return EngineRequest{std::move(request), *context.bundle, {}, {}, nullptr};
}

Result<EngineRequest> editRequest(const RequestContext& context, int number) {
    if (auto able = readyWithNetworks(context); !able) return able.error();
    const project::ProjectState& state = context.state;
    if (context.takeA == nullptr || !context.clipA)
        return missing("There is no take to edit yet. Ctrl+G makes one.");
    if (state.mask->empty())
        return missing("Nothing is masked. Paint on the part lanes, or select and press Ctrl+M.");
    if (state.mask->frameCount() != context.clipA->frameCount())
        return missing("The mask was made for a motion of another length. Clear it first.");
    auto frames = inference::framesOf(*context.clipA);
    if (!frames) return std::move(frames).error();
    inference::EditRequest request;
    request.bundle = context.bundle->folder;
    request.speech = speechOf(state);
    request.compute = computeOf(state);
    request.options = optionsOf(state, number);
    request.motion = std::move(*frames);
    request.mask.assign(state.mask->cells().begin(), state.mask->cells().end());
    request.margin = state.maskOptions.margin;
    request.pins = state.pins;
    const bool alone =
        state.generate.takes == 1 || request.options.sampling.values.front().temperature <= 0;
    return EngineRequest{std::move(request),
                         *context.bundle,
                         context.takeA->id,
                         context.takeA->motion,
                         context.clipA,
                         alone && !context.takeA->frozen ? EngineRequest::Becomes::SameTake
                                                         : EngineRequest::Becomes::NewTake};
}

Result<EngineRequest> analyseRequest(const RequestContext& context) {
    if (auto able = readyWithNetworks(context); !able) return able.error();
    if (context.takeA == nullptr || !context.clipA)
        return missing("There is no take to look at yet. Ctrl+G makes one.");
    auto frames = inference::framesOf(*context.clipA);
    if (!frames) return std::move(frames).error();
    inference::AnalyseRequest request;
    request.bundle = context.bundle->folder;
    request.speech = speechOf(context.state);
    request.compute = computeOf(context.state);
    request.motion = std::move(*frames);
    request.speaker = context.state.generate.options.speaker;
    return EngineRequest{std::move(request), *context.bundle, context.takeA->id,
                         context.takeA->motion, context.clipA};
}

std::string nextTakeName(const project::ProjectState& state, const project::Take* parent) {
    const std::string base = parent == nullptr ? "Take " : parent->name + ".";
    for (int number = 1;; ++number) {
        std::string name = fmt::format("{}{}", base, number);
        if (std::ranges::find(state.takes, name, &project::Take::name) == state.takes.end())
            return name;
    }
}

project::Take takeOf(const project::ProjectState& state, const EngineRequest& request,
                     const inference::RequestSummary& summary) {
    project::Take take;
    take.recipe.bundle = request.bundle.name;
    take.recipe.bundleHash = summary.bundleHash;
    take.created = secondsNow();
    if (const auto* made = std::get_if<inference::GenerateRequest>(&request.request)) {
        take.name = nextTakeName(state, nullptr);
        take.recipe.options = made->options;
        take.provenance = analysis::provenanceOf(*made, summary);
        return take;
    }
    const auto& edit = std::get<inference::EditRequest>(request.request);
    const project::Take* const parent = project::findTake(state, request.parent);
    if (parent != nullptr && request.becomes == EngineRequest::Becomes::SameTake) {
        take.id = parent->id;
        take.name = parent->name;
        take.starred = parent->starred;
        take.parent = parent->parent;
    } else {
        take.name = nextTakeName(state, parent);
        take.parent = request.parent;
    }
    take.recipe.options = edit.options;
    take.recipe.margin = edit.margin;
    take.edited = editedRanges(edit.mask);
    take.provenance = analysis::provenanceOf(edit, summary, "painted");
    return take;
}

} // namespace gesture::app
