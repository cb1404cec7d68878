// SPDX-License-Identifier: Apache-2.0
#include "app/cli/pose_target_options.h"

#include "core/base/timecode.h"
#include "core/inference/analysis.h"
#include "core/io/motion_file.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <optional>
#include <string_view>

namespace gesture::app {

namespace {

using inference::HandTarget;
using inference::PinnedPose;
using motion::BodyPart;

constexpr FrameRate kRate = inference::kAnalysisRate;

Error faultIn(std::string_view option, const std::string& text, std::string_view expected) {
    return {ErrorCode::InvalidInput,
            fmt::format("{} '{}' cannot be read: it is written {}.", option, text, expected)};
}

/// What stands before and behind the first (or last) `sign`.
struct Halves {
    std::string before;
    std::string after;
};

std::optional<Halves> splitAt(const std::string& text, std::size_t place) {
    if (place == std::string::npos) return std::nullopt;
    return Halves{text.substr(0, place), text.substr(place + 1)};
}

std::optional<std::vector<std::uint8_t>> jointsNamed(const std::string& parts) {
    std::vector<std::uint8_t> joints;
    std::size_t begin = 0;
    while (begin <= parts.size()) {
        const std::size_t end = std::min(parts.find('+', begin), parts.size());
        const std::string name = parts.substr(begin, end - begin);
        bool known = false;
        for (int part = 0; part < motion::kBodyPartCount; ++part) {
            const auto bodyPart = static_cast<BodyPart>(part);
            if (name != "all" && name != motion::nameOf(bodyPart)) continue;
            known = true;
            for (const int joint : motion::jointsOf(bodyPart))
                joints.push_back(static_cast<std::uint8_t>(joint));
        }
        if (!known) return std::nullopt;
        begin = end + 1;
    }
    std::ranges::sort(joints);
    joints.erase(std::unique(joints.begin(), joints.end()), joints.end());
    return joints;
}

Result<PinnedPose> readPose(const std::string& text) {
    constexpr std::string_view kForm = "[PARTS@]TIME=FILE.npz[@TIME], as in 3.5=wave.npz@1.2 or "
                                       "upper+hands@3.5=wave.npz";
    const auto sides = splitAt(text, text.find('='));
    if (!sides || sides->after.empty()) return faultIn("--pose", text, kForm);
    const auto place = splitAt(sides->before, sides->before.find('@'));
    auto joints = jointsNamed(place ? place->before : "all");
    const auto frame = parsePosition(place ? place->after : sides->before, kRate);
    if (!joints || !frame) return faultIn("--pose", text, kForm);
    std::string file = sides->after;
    FrameIndex source{0};
    if (const auto behind = splitAt(file, file.rfind('@'))) {
        if (const auto position = parsePosition(behind->after, kRate)) {
            file = behind->before;
            source = *position;
        }
    }
    const auto clip = io::readMotionFile(file);
    if (!clip) return clip.error();
    if (source.value < 0 || source.value >= clip->frameCount())
        return Error{ErrorCode::InvalidInput,
                     fmt::format("--pose '{}' asks for frame {} of '{}', which has {} frames.",
                                 text, source.value, file, clip->frameCount())};
    const auto pose = clip->pose(source);
    return PinnedPose{*frame, std::move(*joints), {pose.begin(), pose.end()}};
}

Result<HandTarget> readHand(const std::string& text) {
    constexpr std::string_view kForm =
        "left@TIME=X,Y,Z or right@TIME=X,Y,Z, in metres, as in left@2.5=0.3,1.2,0.4";
    const auto sides = splitAt(text, text.find('='));
    const auto place = sides ? splitAt(sides->before, sides->before.find('@')) : std::nullopt;
    if (!place) return faultIn("--hand", text, kForm);
    HandTarget target;
    if (place->before == "right")
        target.wrist = motion::kRightWrist;
    else if (place->before != "left")
        return faultIn("--hand", text, kForm);
    const auto frame = parsePosition(place->after, kRate);
    if (!frame) return faultIn("--hand", text, kForm);
    target.frame = *frame;
    const char* at = sides->after.data();
    const char* const end = at + sides->after.size();
    for (std::size_t axis = 0; axis < 3; ++axis) {
        if (axis > 0 && (at == end || *at++ != ',')) return faultIn("--hand", text, kForm);
        const auto [next, error] = std::from_chars(at, end, target.position[axis]);
        if (error != std::errc{} || !std::isfinite(target.position[axis]))
            return faultIn("--hand", text, kForm);
        at = next;
    }
    if (at != end) return faultIn("--hand", text, kForm);
    return target;
}

} // namespace

void addPoseTargetOptions(CLI::App& command, PoseTargetArguments& arguments) {
    command.add_option("--pose", arguments.poses,
                       "Go through a pose of a motion file: 3.5=wave.npz@1.2, "
                       "upper+hands@3.5=wave.npz; may be repeated");
    command.add_option("--hand", arguments.hands,
                       "Bring a wrist to a place (metres): left@2.5=0.3,1.2,0.4; may be repeated");
}

Result<PoseTargetLists> readPoseTargets(const PoseTargetArguments& arguments) {
    PoseTargetLists lists;
    for (const std::string& text : arguments.poses) {
        auto pin = readPose(text);
        if (!pin) return std::move(pin).error();
        lists.pins.push_back(std::move(*pin));
    }
    for (const std::string& text : arguments.hands) {
        const auto hand = readHand(text);
        if (!hand) return hand.error();
        lists.hands.push_back(*hand);
    }
    return lists;
}

} // namespace gesture::app
