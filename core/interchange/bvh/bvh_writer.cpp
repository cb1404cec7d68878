// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/bvh/bvh_writer.h"

#include "core/interchange/euler.h"
#include "core/interchange/file_names.h"
#include "core/interchange/scene_pose.h"
#include "core/interchange/text_output.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>
#include <vector>

namespace gesture::interchange {

namespace {

constexpr int kLengthDecimals = 5;
constexpr int kAngleDecimals = 5;
constexpr std::int64_t kFramesPerReport = 64;

// Where the last bones of a chain end: nothing says how long they are.
constexpr float kEndShare = 0.8F;
constexpr float kShortestEnd = 0.02F;
constexpr float kLongestEnd = 0.15F;

/// A joint as BVH knows it: all frames are parallel to the world's in the rest pose.
struct BvhJoint {
    std::size_t joint = 0;
    int depth = 0;
    bool leaf = true;
    bool moves = false;
    /// Column of the animation's translations; -1: the joint stays at its rest translation.
    std::ptrdiff_t column = -1;
    Eigen::Vector3f offset = Eigen::Vector3f::Zero(); ///< From the parent in the rest pose, metres.
    Eigen::Quaterniond worldFromParent;               ///< Of the rest pose; identity for roots.
    Eigen::Quaterniond jointFromWorld;
    double parentScale = 1.0;
};

/// Rotations and scales of the rest pose in the world.
struct RestFrames {
    std::vector<Eigen::Quaterniond> rotations;
    std::vector<double> scales;
};

RestFrames restFrames(const Scene& scene) {
    RestFrames rest;
    for (const SceneJoint& joint : scene.joints) {
        const Eigen::Quaterniond own = joint.restRotation.cast<double>().normalized();
        const auto parent = static_cast<std::size_t>(std::max(joint.parent, 0));
        const bool root = joint.parent < 0;
        rest.rotations.push_back(root ? own : rest.rotations[parent] * own);
        rest.scales.push_back((root ? 1.0 : rest.scales[parent]) * joint.restScale);
    }
    return rest;
}

BvhJoint describe(const Scene& scene, std::size_t index, const RestFrames& rest,
                  const SceneAnimation& animation) {
    const SceneJoint& joint = scene.joints[index];
    BvhJoint result;
    result.joint = index;
    result.jointFromWorld = rest.rotations[index].conjugate();
    result.worldFromParent = Eigen::Quaterniond::Identity();
    if (joint.parent >= 0) {
        result.worldFromParent = rest.rotations[static_cast<std::size_t>(joint.parent)];
        result.parentScale = rest.scales[static_cast<std::size_t>(joint.parent)];
    }
    result.offset =
        (result.worldFromParent * (joint.restTranslation.cast<double>() * result.parentScale))
            .cast<float>();
    const auto moving = std::find(animation.movingJoints.begin(), animation.movingJoints.end(),
                                  static_cast<int>(index));
    if (moving != animation.movingJoints.end())
        result.column = moving - animation.movingJoints.begin();
    result.moves = joint.parent < 0 || result.column >= 0;
    return result;
}

/// The joints in the order of the file: each before its children, children together.
std::vector<BvhJoint> orderedJoints(const Scene& scene, const SceneAnimation& animation) {
    const RestFrames rest = restFrames(scene);
    std::vector<std::vector<std::size_t>> children(scene.joints.size());
    std::vector<std::pair<std::size_t, int>> waiting;
    for (std::size_t j = scene.joints.size(); j-- > 0;) {
        if (scene.joints[j].parent < 0)
            waiting.emplace_back(j, 0);
        else
            children[static_cast<std::size_t>(scene.joints[j].parent)].push_back(j);
    }
    std::vector<BvhJoint> ordered;
    while (!waiting.empty()) {
        const auto [index, depth] = waiting.back();
        waiting.pop_back();
        ordered.push_back(describe(scene, index, rest, animation));
        ordered.back().depth = depth;
        ordered.back().leaf = children[index].empty();
        for (const std::size_t child : children[index]) // they were collected from the back
            waiting.emplace_back(child, depth + 1);
    }
    return ordered;
}

class BvhText {
public:
    BvhText(TextOutput& output, double unitsPerMetre)
        : output_(output)
        , unitsPerMetre_(unitsPerMetre) {}

    void hierarchy(const std::vector<BvhJoint>& joints, const std::vector<std::string>& names);
    void frame(const std::vector<BvhJoint>& joints, const SceneAnimation& animation,
               const Scene& scene, std::int64_t frame);

private:
    void indent(int depth) { output_.text().append(static_cast<std::size_t>(depth), '\t'); }
    void vector(const Eigen::Vector3d& value);
    void offsetLine(int depth, const Eigen::Vector3f& metres);
    void endSite(const BvhJoint& joint);

    TextOutput& output_;
    double unitsPerMetre_;
    std::vector<Eigen::Vector3d> angles_; ///< Of the frame before, degrees.
};

void BvhText::vector(const Eigen::Vector3d& metres) {
    for (Eigen::Index i = 0; i < 3; ++i) {
        if (i > 0) output_.text() += ' ';
        appendFixed(output_.text(), metres[i] * unitsPerMetre_, kLengthDecimals);
    }
}

void BvhText::offsetLine(int depth, const Eigen::Vector3f& metres) {
    indent(depth);
    output_.text() += "OFFSET ";
    vector(metres.cast<double>());
    output_.text() += '\n';
}

void BvhText::endSite(const BvhJoint& joint) {
    const float length = joint.offset.norm();
    const Eigen::Vector3f direction = length > 0 && joint.depth > 0
                                          ? Eigen::Vector3f(joint.offset / length)
                                          : Eigen::Vector3f::UnitY();
    indent(joint.depth + 1);
    output_.text() += "End Site\n";
    indent(joint.depth + 1);
    output_.text() += "{\n";
    offsetLine(joint.depth + 2,
               direction * std::clamp(kEndShare * length, kShortestEnd, kLongestEnd));
    indent(joint.depth + 1);
    output_.text() += "}\n";
}

void BvhText::hierarchy(const std::vector<BvhJoint>& joints,
                        const std::vector<std::string>& names) {
    std::string& text = output_.text();
    text += "HIERARCHY\n";
    for (std::size_t i = 0; i < joints.size(); ++i) {
        const BvhJoint& joint = joints[i];
        indent(joint.depth);
        text += joint.depth == 0 ? "ROOT " : "JOINT ";
        text += names[joint.joint] + '\n';
        indent(joint.depth);
        text += "{\n";
        // A root's channels say where it is; readers that add the offset must find none.
        offsetLine(joint.depth + 1, joint.depth == 0 ? Eigen::Vector3f::Zero() : joint.offset);
        indent(joint.depth + 1);
        text += joint.moves ? "CHANNELS 6 Xposition Yposition Zposition Zrotation Xrotation "
                              "Yrotation\n"
                            : "CHANNELS 3 Zrotation Xrotation Yrotation\n";
        if (joint.leaf) endSite(joint);
        const int next = i + 1 < joints.size() ? joints[i + 1].depth : 0;
        for (int depth = joint.depth; depth >= next; --depth) {
            indent(depth);
            text += "}\n";
        }
    }
}

void BvhText::frame(const std::vector<BvhJoint>& joints, const SceneAnimation& animation,
                    const Scene& scene, std::int64_t frame) {
    std::string& text = output_.text();
    const auto row = static_cast<std::size_t>(frame);
    angles_.resize(joints.size(), Eigen::Vector3d::Zero());
    for (std::size_t i = 0; i < joints.size(); ++i) {
        const BvhJoint& joint = joints[i];
        if (i > 0) text += ' ';
        if (joint.moves) {
            const Eigen::Vector3f& local =
                joint.column < 0 ? scene.joints[joint.joint].restTranslation
                                 : animation.translations[row * animation.movingJoints.size() +
                                                          static_cast<std::size_t>(joint.column)];
            vector(joint.worldFromParent * (local.cast<double>() * joint.parentScale));
            text += ' ';
        }
        const Eigen::Quaterniond own =
            animation.rotations[row * scene.joints.size() + joint.joint].cast<double>();
        angles_[i] = eulerDegrees(
            (joint.worldFromParent * own.normalized() * joint.jointFromWorld).normalized(),
            EulerOrder::Zxy, angles_[i]);
        appendFixed(text, angles_[i].z(), kAngleDecimals);
        text += ' ';
        appendFixed(text, angles_[i].x(), kAngleDecimals);
        text += ' ';
        appendFixed(text, angles_[i].y(), kAngleDecimals);
    }
    text += '\n';
}

} // namespace

Status writeBvh(const Scene& scene, const std::filesystem::path& path, const BvhOptions& options,
                JobControl& control) {
    if (Status sound = checkScene(scene); !sound) return sound;
    if (options.animation >= scene.animations.size() || scene.joints.empty())
        return Error{ErrorCode::InvalidInput,
                     fmt::format("'{}': a BVH file needs a skeleton and a motion; '{}' has {} "
                                 "joints and {} motions.",
                                 path.string(), scene.name, scene.joints.size(),
                                 scene.animations.size())};
    const SceneAnimation& animation = scene.animations[options.animation];
    auto output = TextOutput::create(path);
    if (!output) return std::move(output).error();
    const std::vector<BvhJoint> joints = orderedJoints(scene, animation);
    BvhText text(*output, options.unitsPerMetre);
    text.hierarchy(joints, jointFileNames(scene, NameRules::NoSpace));
    output->text() += fmt::format("MOTION\nFrames: {}\nFrame Time: {:.9f}\n", animation.frames,
                                  1.0 / animation.framesPerSecond);
    control.beginStage("Writing BVH", animation.frames);
    for (std::int64_t frame = 0; frame < animation.frames; ++frame) {
        if (frame % kFramesPerReport == 0) {
            if (control.stopRequested()) return JobControl::cancelled("Writing BVH");
            control.advanceTo(frame);
        }
        text.frame(joints, animation, scene, frame);
        if (Status written = output->flushIfLarge(); !written) return written;
    }
    control.advanceTo(animation.frames);
    return output->commit();
}

} // namespace gesture::interchange
