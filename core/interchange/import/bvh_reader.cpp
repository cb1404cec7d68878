// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/import/bvh_reader.h"

#include "core/base/atomic_file.h"
#include "core/base/utf8.h"
#include "core/interchange/import/bvh_tokens.h"
#include "core/motion/clip.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <numbers>
#include <optional>
#include <utility>

namespace gesture::interchange {

namespace {

using Eigen::Quaterniond;
using Eigen::Vector3d;
using Eigen::Vector3f;

constexpr std::size_t kMaxJoints = 10'000;
constexpr std::size_t kMaxChannels = 6;
constexpr std::size_t kMaxBytes = std::size_t{1} << 30;
constexpr double kLargestCoordinate = 1e7;
constexpr double kMaxRate = 1000;
constexpr std::int64_t kFramesPerStep = 256;

/// One column of the motion table.
struct Channel {
    int axis = 0;
    bool rotation = false;
};

struct JointChannels {
    std::vector<Channel> channels;
    bool moves = false;
};

/// How large a unit is, from the size of the skeleton in units: people are 0.5 to 3 m tall.
double guessMetresPerUnit(const std::vector<SceneJoint>& joints) {
    std::vector<Vector3f> places;
    Vector3f least = Vector3f::Zero();
    Vector3f most = Vector3f::Zero();
    for (const SceneJoint& joint : joints) {
        // Roots stand anywhere.
        places.push_back(
            joint.parent < 0
                ? Vector3f(Vector3f::Zero())
                : Vector3f(places[static_cast<std::size_t>(joint.parent)] + joint.restTranslation));
        least = least.cwiseMin(places.back());
        most = most.cwiseMax(places.back());
    }
    const double extent = (most - least).maxCoeff();
    const auto between = [&](double low, double high) { return extent >= low && extent < high; };
    if (between(0.5, 3)) return 1;
    if (between(50, 300)) return 0.01;
    if (between(500, 3000)) return 0.001;
    constexpr double kUnitOfCmu = 0.0254 / 0.45;
    if (between(12, 50)) return kUnitOfCmu;
    constexpr double kAdultMetres = 1.7;
    return extent > 0 ? kAdultMetres / extent : 1;
}

class BvhParser {
public:
    explicit BvhParser(std::string_view text)
        : tokens_(text) {}

    Result<BvhMotion> parse(double metresPerUnit, JobControl& control) {
        if (Status status = hierarchy(); !status) return std::move(status).error();
        if (Status status = motion(control); !status) return std::move(status).error();
        if (metresPerUnit <= 0) metresPerUnit = guessMetresPerUnit(scene_.joints);
        const auto scale = static_cast<float>(metresPerUnit);
        for (SceneJoint& joint : scene_.joints)
            joint.restTranslation *= scale;
        for (Vector3f& translation : scene_.animations.front().translations)
            translation *= scale;
        if (Status fits = checkScene(scene_); !fits) return std::move(fits).error();
        return BvhMotion{std::move(scene_), metresPerUnit};
    }

private:
    Status hierarchy() {
        if (Status begins = tokens_.expect("HIERARCHY"); !begins)
            return Error{ErrorCode::InvalidInput,
                         "This is no BVH file: it does not begin with 'HIERARCHY'."};
        while (sameWord(tokens_.peek(), "ROOT")) {
            if (Status root = tree(); !root) return root;
        }
        if (!scene_.joints.empty()) return Status::success();
        return tokens_.failure("'ROOT' and a joint's name should stand here.");
    }

    /// One root with all below it. Not recursive: a file may nest as deep as it likes.
    Status tree() {
        std::vector<int> open;
        do {
            const std::string_view word = tokens_.next();
            if (word == "}") {
                if (open.empty()) return tokens_.failure("This '}' closes nothing.");
                open.pop_back();
                continue;
            }
            const bool root = sameWord(word, "ROOT");
            const bool end = sameWord(word, "END");
            if (!root && !end && !sameWord(word, "JOINT"))
                return tokens_.failure(fmt::format(
                    "'JOINT', 'End Site' or '}}' should stand here, not '{}'.", shownText(word)));
            if (root != open.empty()) return tokens_.failure("'ROOT' stands inside of a joint.");
            if (Status added = joint(open.empty() ? -1 : open.back(), end); !added) return added;
            if (!end) open.push_back(static_cast<int>(scene_.joints.size()) - 1);
        } while (!open.empty());
        return Status::success();
    }

    Status joint(int parent, bool end) {
        if (scene_.joints.size() >= kMaxJoints)
            return Error{ErrorCode::LimitExceeded,
                         fmt::format("The skeleton has more than {} joints.", kMaxJoints)};
        SceneJoint joint;
        joint.parent = parent;
        const std::string_view name = tokens_.restOfLine();
        joint.name = end ? scene_.joints[static_cast<std::size_t>(parent)].name + "_end"
                         : shownText(name, 200);
        if (joint.name.empty()) return tokens_.failure("A joint has no name.");
        if (Status brace = tokens_.expect("{"); !brace) return brace;
        if (Status offset = readOffset(joint); !offset) return offset;
        scene_.joints.push_back(std::move(joint));
        channels_.emplace_back();
        if (end) return tokens_.expect("}");
        return sameWord(tokens_.peek(), "CHANNELS") ? readChannels() : Status::success();
    }

    Status readOffset(SceneJoint& joint) {
        if (Status word = tokens_.expect("OFFSET"); !word) return word;
        for (int axis = 0; axis < 3; ++axis) {
            auto value = tokens_.number("an offset");
            if (!value) return std::move(value).error();
            if (std::abs(*value) > kLargestCoordinate)
                return tokens_.failure("This offset is too large for a body.");
            joint.restTranslation[axis] = static_cast<float>(*value);
        }
        return Status::success();
    }

    Status readChannels() {
        (void)tokens_.next();
        const auto count = tokens_.number("a number of channels");
        if (!count) return Error(count.error());
        if (!(*count >= 0 && *count <= static_cast<double>(kMaxChannels)) ||
            *count != std::floor(*count))
            return tokens_.failure(fmt::format("A joint has 0 to {} channels.", kMaxChannels));
        JointChannels& joint = channels_.back();
        for (int i = 0; i < static_cast<int>(*count); ++i) {
            const auto channel = readChannel(tokens_.next());
            if (!channel)
                return tokens_.failure("A channel is named Xposition, Yrotation and the like.");
            for (const Channel& other : joint.channels)
                if (other.axis == channel->axis && other.rotation == channel->rotation)
                    return tokens_.failure("A channel is there twice.");
            joint.moves = joint.moves || !channel->rotation;
            joint.channels.push_back(*channel);
        }
        columns_ += joint.channels.size();
        return Status::success();
    }

    static std::optional<Channel> readChannel(std::string_view word) {
        constexpr std::array<std::string_view, 3> kAxes{"X", "Y", "Z"};
        for (int axis = 0; axis < 3; ++axis) {
            if (!sameWord(word.substr(0, 1), kAxes[static_cast<std::size_t>(axis)])) continue;
            if (sameWord(word.substr(1), "position")) return Channel{axis, false};
            if (sameWord(word.substr(1), "rotation")) return Channel{axis, true};
        }
        return std::nullopt;
    }

    Status motion(JobControl& control) {
        SceneAnimation animation;
        if (Status header = motionHeader(animation); !header) return header;
        for (std::size_t joint = 0; joint < channels_.size(); ++joint)
            if (channels_[joint].moves) animation.movingJoints.push_back(static_cast<int>(joint));
        const auto frames = static_cast<std::size_t>(animation.frames);
        animation.rotations.reserve(frames * channels_.size());
        animation.translations.reserve(frames * animation.movingJoints.size());
        control.beginStage("Reading motion", animation.frames);
        for (std::int64_t frame = 0; frame < animation.frames; ++frame) {
            if (frame % kFramesPerStep == 0) {
                if (control.stopRequested()) return JobControl::cancelled("Reading motion");
                control.advanceTo(frame);
            }
            if (Status row = readFrame(animation); !row) return row;
        }
        control.advanceTo(animation.frames);
        if (!tokens_.peek().empty())
            return tokens_.failure("There are more numbers than 'Frames' says.");
        scene_.animations.push_back(std::move(animation));
        return Status::success();
    }

    Status motionHeader(SceneAnimation& animation) {
        for (const std::string_view word : {"MOTION", "Frames", ":"})
            if (Status status = tokens_.expect(word); !status) return status;
        const auto frames = tokens_.number("a number of frames");
        if (!frames) return Error(frames.error());
        for (const std::string_view word : {"Frame", "Time", ":"})
            if (Status status = tokens_.expect(word); !status) return status;
        const auto time = tokens_.number("the time of a frame");
        if (!time) return Error(time.error());
        if (!(*frames >= 1) || *frames != std::floor(*frames))
            return tokens_.failure("The motion has no frames.");
        if (*frames > static_cast<double>(motion::Clip::kMaxFrames))
            return Error{
                ErrorCode::LimitExceeded,
                fmt::format("The motion has more than {} frames.", motion::Clip::kMaxFrames)};
        if (!(*time >= 1 / kMaxRate && *time <= 1))
            return tokens_.failure(
                fmt::format("A frame lasts {} s; between 1 and {} frames a second are accepted.",
                            *time, kMaxRate));
        // A number and a blank take two bytes at least; the last one has no blank. The bones take
        // memory too, whether they have channels or not.
        const auto count = static_cast<std::size_t>(*frames);
        if (count > (tokens_.bytesLeft() + 1) / 2 / std::max<std::size_t>(columns_, 1) ||
            columns_ == 0 || count > kMaxValues / channels_.size())
            return tokens_.failure(fmt::format(
                "The file is too short for {} frames of {} channels.", count, columns_));
        animation.frames = static_cast<std::int64_t>(count);
        animation.framesPerSecond = 1 / *time;
        return Status::success();
    }

    Status readFrame(SceneAnimation& animation) {
        for (std::size_t j = 0; j < channels_.size(); ++j) {
            Vector3f translation = scene_.joints[j].restTranslation;
            Quaterniond rotation = Quaterniond::Identity();
            for (const Channel& channel : channels_[j].channels) {
                const auto value = tokens_.number("a number");
                if (!value) return Error(value.error());
                if (std::abs(*value) > kLargestCoordinate)
                    return tokens_.failure("This number is too large for a motion.");
                if (!channel.rotation) {
                    translation[channel.axis] = static_cast<float>(*value);
                    continue;
                }
                const double radians = std::remainder(*value, 360.0) / 180 * std::numbers::pi;
                rotation = rotation * Eigen::AngleAxisd(radians, Vector3d::Unit(channel.axis));
            }
            animation.rotations.push_back(rotation.normalized().cast<float>());
            if (channels_[j].moves) animation.translations.push_back(translation);
        }
        return Status::success();
    }

    /// Rotations in memory: 4 GiB.
    static constexpr std::size_t kMaxValues = std::size_t{1} << 28;

    BvhTokens tokens_;
    Scene scene_;
    std::vector<JointChannels> channels_; ///< One per joint.
    std::size_t columns_ = 0;
};

} // namespace

Result<BvhMotion> parseBvh(std::string_view text, double metresPerUnit, JobControl& control) {
    return BvhParser(text).parse(metresPerUnit, control);
}

Result<BvhMotion> readBvhFile(const std::filesystem::path& path, double metresPerUnit,
                              JobControl& control) {
    const auto text = readTextFile(path, kMaxBytes);
    if (!text) return Error(text.error());
    auto motion = parseBvh(*text, metresPerUnit, control);
    if (!motion) return std::move(motion).error().withContext("'" + path.string() + "'");
    motion->scene.name = path.stem().string();
    motion->scene.animations.front().name = motion->scene.name;
    return motion;
}

} // namespace gesture::interchange
