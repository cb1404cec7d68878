// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/euler.h"
#include "core/interchange/fbx/fbx_objects.h"
#include "core/interchange/fbx/fbx_writer.h"
#include "core/interchange/file_names.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace gesture::interchange {

namespace {

constexpr std::int32_t kKeyVersion = 4008;
/// Linear interpolation, and the tangents that go with it.
constexpr std::int32_t kLinearKeys = (1 << 2) | (1 << 8) | (1 << 13) | (1 << 14);
constexpr std::array<float, 4> kNoTangents{0.0F, 0.0F, 9.419963346924634e-30F, 0.0F};
constexpr double kPercent = 100.0;

/// Writes the curves of one motion; arrays that all curves share are packed once.
class AnimationWriter {
public:
    AnimationWriter(FbxDocument& document, const SceneAnimation& animation)
        : document_(document)
        , animation_(animation)
        , frames_(static_cast<std::size_t>(animation.frames))
        , flags_(fbxArray(std::span<const std::int32_t>(&kLinearKeys, 1)))
        , tangents_(fbxArray(std::span<const float>(kNoTangents))) {
        std::vector<std::int64_t> times;
        times.reserve(frames_);
        for (std::int64_t frame = 0; frame < animation.frames; ++frame)
            times.push_back(fbxTicks(animation, frame));
        times_ = fbxArray(std::span<const std::int64_t>(times));
        const auto keys = static_cast<std::int32_t>(frames_);
        keyCount_ = fbxArray(std::span<const std::int32_t>(&keys, 1));
        for (std::vector<float>& axis : axes_)
            axis.resize(frames_);
    }

    [[nodiscard]] Status writeStack();
    [[nodiscard]] Status writeRotation(std::size_t joint);
    [[nodiscard]] Status writeTranslation(std::size_t column);
    [[nodiscard]] Status writeMorph(std::size_t column);

private:
    [[nodiscard]] Status writeCurve(FbxId node, std::string_view channel,
                                    const std::vector<float>& values);
    [[nodiscard]] Status writeAxes(FbxId model, std::string_view name, std::string_view property);

    FbxDocument& document_;
    const SceneAnimation& animation_;
    std::size_t frames_;
    FbxArray flags_;
    FbxArray tangents_;
    FbxArray times_;
    FbxArray keyCount_;
    FbxId layer_ = 0;
    std::array<std::vector<float>, 3> axes_;
};

Status AnimationWriter::writeStack() {
    const FbxId stack = document_.newId();
    layer_ = document_.newId();
    const std::string name = fileName(animation_.name, "motion");
    const std::int64_t last = fbxTicks(animation_, animation_.frames - 1);
    FbxNode stackNode("AnimationStack", stack, fbxObjectName(name, "AnimStack"), "");
    FbxProperties properties;
    properties.time("LocalStart", 0)
        .time("LocalStop", last)
        .time("ReferenceStart", 0)
        .time("ReferenceStop", last);
    stackNode.child(std::move(properties).node());
    document_.connect(layer_, stack);
    if (Status written = document_.file.write(stackNode); !written) return written;
    return document_.file.write(
        FbxNode("AnimationLayer", layer_, fbxObjectName(name, "AnimLayer"), ""));
}

Status AnimationWriter::writeCurve(FbxId node, std::string_view channel,
                                   const std::vector<float>& values) {
    const FbxId id = document_.newId();
    FbxNode curve("AnimationCurve", id, fbxObjectName("", "AnimCurve"), "");
    curve.child("Default", static_cast<double>(values.front()));
    curve.child("KeyVer", kKeyVersion);
    curve.child("KeyTime", times_);
    curve.child("KeyValueFloat", fbxArray(std::span<const float>(values)));
    curve.child("KeyAttrFlags", flags_);
    curve.child("KeyAttrDataFloat", tangents_);
    curve.child("KeyAttrRefCount", keyCount_);
    document_.connect(id, node, channel);
    return document_.file.write(curve);
}

Status AnimationWriter::writeAxes(FbxId model, std::string_view name, std::string_view property) {
    const FbxId id = document_.newId();
    FbxNode node("AnimationCurveNode", id, fbxObjectName(name, "AnimCurveNode"), "");
    FbxProperties properties;
    properties.animatedNumber("d|X", axes_[0].front())
        .animatedNumber("d|Y", axes_[1].front())
        .animatedNumber("d|Z", axes_[2].front());
    node.child(std::move(properties).node());
    document_.connect(id, layer_);
    document_.connect(id, model, property);
    if (Status written = document_.file.write(node); !written) return written;
    constexpr std::array<std::string_view, 3> kChannels{"d|X", "d|Y", "d|Z"};
    for (std::size_t axis = 0; axis < axes_.size(); ++axis)
        if (Status written = writeCurve(id, kChannels[axis], axes_[axis]); !written) return written;
    return Status::success();
}

Status AnimationWriter::writeRotation(std::size_t joint) {
    const std::size_t joints = document_.scene.joints.size();
    Eigen::Vector3d angles =
        eulerDegrees(document_.scene.joints[joint].restRotation.cast<double>().normalized(),
                     EulerOrder::Xyz, Eigen::Vector3d::Zero());
    for (std::size_t frame = 0; frame < frames_; ++frame) {
        angles =
            eulerDegrees(animation_.rotations[frame * joints + joint].cast<double>().normalized(),
                         EulerOrder::Xyz, angles);
        for (std::size_t axis = 0; axis < 3; ++axis)
            axes_[axis][frame] = static_cast<float>(angles[static_cast<Eigen::Index>(axis)]);
    }
    return writeAxes(document_.jointModels[joint], "R", "Lcl Rotation");
}

Status AnimationWriter::writeTranslation(std::size_t column) {
    const std::size_t columns = animation_.movingJoints.size();
    for (std::size_t frame = 0; frame < frames_; ++frame)
        for (std::size_t axis = 0; axis < 3; ++axis)
            axes_[axis][frame] = static_cast<float>(
                kFbxUnitsPerMetre *
                static_cast<double>(animation_.translations[frame * columns + column]
                                                           [static_cast<Eigen::Index>(axis)]));
    const auto joint = static_cast<std::size_t>(animation_.movingJoints[column]);
    return writeAxes(document_.jointModels[joint], "T", "Lcl Translation");
}

Status AnimationWriter::writeMorph(std::size_t column) {
    const std::size_t columns = animation_.morphNames.size();
    std::vector<float>& values = axes_.front();
    for (std::size_t frame = 0; frame < frames_; ++frame)
        values[frame] = static_cast<float>(
            kPercent * static_cast<double>(animation_.morphWeights[frame * columns + column]));
    for (const FbxDocument::Channel& channel : document_.channels) {
        if (channel.name != animation_.morphNames[column]) continue;
        const FbxId id = document_.newId();
        FbxNode node("AnimationCurveNode", id, fbxObjectName("DeformPercent", "AnimCurveNode"), "");
        FbxProperties properties;
        properties.animatedNumber("d|DeformPercent", values.front());
        node.child(std::move(properties).node());
        document_.connect(id, layer_);
        document_.connect(id, channel.id, "DeformPercent");
        if (Status written = document_.file.write(node); !written) return written;
        if (Status written = writeCurve(id, "d|DeformPercent", values); !written) return written;
    }
    return Status::success();
}

} // namespace

std::int64_t fbxTicks(const SceneAnimation& animation, std::int64_t frame) {
    return std::llround(static_cast<double>(frame) * kFbxTicksPerSecond /
                        animation.framesPerSecond);
}

Status writeFbxAnimation(FbxDocument& document, const SceneAnimation& animation,
                         JobControl& control) {
    const std::size_t joints = document.scene.joints.size();
    const std::size_t moving = animation.movingJoints.size();
    const std::size_t total = joints + moving + animation.morphNames.size();
    AnimationWriter writer(document, animation);
    control.beginStage("Writing FBX", static_cast<std::int64_t>(total));
    if (Status written = writer.writeStack(); !written) return written;
    for (std::size_t i = 0; i < total; ++i) {
        if (control.stopRequested()) return JobControl::cancelled("Writing FBX");
        control.advanceTo(static_cast<std::int64_t>(i));
        Status written = i < joints            ? writer.writeRotation(i)
                         : i < joints + moving ? writer.writeTranslation(i - joints)
                                               : writer.writeMorph(i - joints - moving);
        if (!written) return written;
    }
    control.advanceTo(static_cast<std::int64_t>(total));
    return Status::success();
}

} // namespace gesture::interchange
