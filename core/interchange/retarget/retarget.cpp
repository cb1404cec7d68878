// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/retarget/retarget.h"

#include "core/interchange/retarget/body_chain.h"
#include "core/interchange/retarget/face_shapes.h"
#include "core/interchange/retarget/rest_alignment.h"
#include "core/interchange/retarget/rig_legs.h"
#include "core/interchange/retarget/rig_poser.h"
#include "core/motion/forward_kinematics.h"

#include <algorithm>
#include <fmt/format.h>
#include <limits>
#include <utility>

namespace gesture::interchange {

namespace {

using Eigen::Quaterniond;
using Eigen::Vector3d;
using Eigen::Vector3f;

constexpr std::int64_t kFramesPerStep = 64;
constexpr std::size_t kMostRotations = std::size_t{1} << 27; // 2 GiB

std::size_t index(int i) { return static_cast<std::size_t>(i); }

float floorOf(const Scene& rig) {
    float lowest = std::numeric_limits<float>::max();
    for (const SceneMesh& mesh : rig.meshes)
        for (const Vector3f& position : mesh.positions)
            lowest = std::min(lowest, position.y());
    if (!rig.meshes.empty()) return lowest;
    for (const Vector3d& position : restPlaces(rig.joints).positions)
        lowest = std::min(lowest, static_cast<float>(position.y()));
    return lowest;
}

/// Only a bone near the floor can go along on it.
int groundRoot(const BoneMap& map, const SkeletonPlaces& rest) {
    constexpr double kHighest = 0.3; // share of the pelvis' height
    if (map.root == BoneMap::kNone) return BoneMap::kNone;
    const double pelvis = rest.positions[index(map.of(motion::kPelvis))].y();
    const double height = rest.positions[index(map.root)].y();
    return height < kHighest * pelvis ? map.root : BoneMap::kNone;
}

class Retargeter {
public:
    Retargeter(const Scene& rig, const BoneMap& map, const BodySize& source,
               const RetargetOptions& options, RigPoser poser)
        : rig_(rig)
        , map_(map)
        , source_(source)
        , options_(options)
        , poser_(std::move(poser))
        , alignment_(alignRest(poser_.rest(), map, source.rest))
        , legs_(poser_, map, alignment_, source)
        , root_(options.root == RootMotion::Root ? groundRoot(map, poser_.rest())
                                                 : BoneMap::kNone) {}

    Result<SceneAnimation> run(const motion::Clip& clip, JobControl& control) {
        SceneAnimation animation;
        animation.name = "motion";
        animation.framesPerSecond = clip.rate().perSecond();
        animation.frames = clip.frameCount();
        const auto frames = static_cast<std::size_t>(clip.frameCount());
        if (frames > kMostRotations / rig_.joints.size())
            return Error{ErrorCode::LimitExceeded,
                         fmt::format("{} frames are too many for a skeleton of {} bones: retarget "
                                     "a part of the motion.",
                                     frames, rig_.joints.size())};
        const auto floor = floorUnder(clip, source_, control);
        if (!floor) return Error(floor.error());
        floor_ = *floor;
        animation.movingJoints = poser_.movingJoints();
        if (root_ != BoneMap::kNone) animation.movingJoints.push_back(root_);
        animation.rotations.reserve(frames * rig_.joints.size());
        control.beginStage("Retargeting", clip.frameCount());
        for (FrameIndex frame{0}; frame.value < clip.frameCount(); frame = frame + 1) {
            if (frame.value % kFramesPerStep == 0) {
                if (control.stopRequested()) return JobControl::cancelled("Retargeting");
                control.advanceTo(frame.value);
            }
            poseFrame(clip, frame);
            store(animation);
        }
        control.advanceTo(clip.frameCount());
        animateFaceShapes(clip, rig_, animation);
        return animation;
    }

private:
    void turnBone(int bone, const Quaterniond& turn) {
        if (bone != BoneMap::kNone)
            pose_.rotations[index(bone)] = turn * poser_.rest().rotations[index(bone)];
    }

    void turnChain(const std::vector<int>& bones, std::initializer_list<Quaterniond> keys) {
        const auto turns = spreadAlong(std::span(keys.begin(), keys.size()), bones.size());
        for (std::size_t i = 0; i < bones.size(); ++i)
            turnBone(bones[i], turns[i]);
    }

    void turnBones(std::span<const float, motion::kPoseSize> axisAngles) {
        pose_ = poser_.emptyPose();
        const WorldTurns world = worldTurnsOf(axisAngles);
        const auto at = [&](int joint) { return world[index(joint)]; };
        turnChain(map_.spine, {at(motion::kPelvis), at(kSpineJoints[0]), at(kSpineJoints[1]),
                               at(kSpineJoints[2])});
        turnChain(map_.neck, {at(kSpineJoints[2]), at(motion::kNeck)});
        for (int joint = 0; joint < motion::kJointCount; ++joint)
            turnBone(map_.of(joint), at(joint) * alignment_.turns[index(joint)]);
    }

    void poseFrame(const motion::Clip& clip, FrameIndex frame) {
        const auto moved = clip.translation(frame);
        const motion::SkeletonPose body = motion::forwardKinematics(
            motion::localRotations(clip.pose(frame)), source_.rest, {moved[0], moved[1], moved[2]});
        turnBones(clip.pose(frame));
        poser_.place(pose_, places_);
        pose_.pelvis += legs_.hipsFor(body, floor_) - legs_.hipsOf(places_);
        if (root_ != BoneMap::kNone) {
            const Vector3d way = pose_.pelvis - poser_.rest().positions[index(map_.of(0))];
            pose_.rootMoved = {way.x(), 0, way.z()};
        }
        poser_.place(pose_, places_);
        if (options_.feet == FootContact::Keep) legs_.plantFeet(body, floor_, pose_, places_);
    }

    /// Appends the pose as rotations and translations in the parents' frames.
    void store(SceneAnimation& animation) const {
        const std::size_t before = animation.rotations.size();
        for (std::size_t i = 0; i < rig_.joints.size(); ++i) {
            const int parent = rig_.joints[i].parent;
            Quaterniond local = places_.rotations[i];
            if (parent >= 0) local = places_.rotations[index(parent)].conjugate() * local;
            Eigen::Quaternionf rotation = local.normalized().cast<float>();
            if (before > 0 &&
                rotation.dot(animation.rotations[before - rig_.joints.size() + i]) < 0)
                rotation.coeffs() = -rotation.coeffs();
            animation.rotations.push_back(rotation);
        }
        for (const int joint : animation.movingJoints) {
            const int parent = rig_.joints[index(joint)].parent;
            Vector3d place = places_.positions[index(joint)];
            if (parent >= 0)
                place = places_.rotations[index(parent)].conjugate() *
                        (place - places_.positions[index(parent)]);
            animation.translations.emplace_back(place.cast<float>());
        }
    }

    const Scene& rig_;
    const BoneMap& map_;
    const BodySize& source_;
    RetargetOptions options_;
    RigPoser poser_;
    RestAlignment alignment_;
    RigLegs legs_;
    int root_;
    double floor_ = 0;
    RigPose pose_;
    SkeletonPlaces places_;
};

} // namespace

Status standUpright(Scene& rig, const BoneMap& map) {
    const auto facing = findFacing(restPlaces(rig.joints), map);
    if (!facing) return Error(facing.error());
    const Eigen::Quaternionf turn = facing->turn.cast<float>();
    for (SceneMesh& mesh : rig.meshes) {
        for (Vector3f& position : mesh.positions)
            position = turn * position;
        for (Vector3f& normal : mesh.normals)
            normal = turn * normal;
        for (SceneMorph& morph : mesh.morphs)
            for (auto* vectors : {&morph.offsets, &morph.normals})
                for (Vector3f& vector : *vectors)
                    vector = turn * vector;
    }
    for (SceneJoint& joint : rig.joints) {
        if (joint.parent >= 0) continue;
        joint.restTranslation = turn * joint.restTranslation;
        joint.restRotation = (turn * joint.restRotation).normalized();
    }
    const Vector3f down = floorOf(rig) * Vector3f::UnitY();
    for (SceneMesh& mesh : rig.meshes)
        for (Vector3f& position : mesh.positions)
            position -= down;
    for (SceneJoint& joint : rig.joints)
        if (joint.parent < 0) joint.restTranslation -= down;
    return Status::success();
}

Result<SceneAnimation> retargetClip(const motion::Clip& clip, const BodySize& source,
                                    const Scene& rig, const BoneMap& map,
                                    const RetargetOptions& options, JobControl& control) {
    if (Status fits = checkBoneMap(map, rig.joints); !fits) return std::move(fits).error();
    auto poser = RigPoser::create(rig, map);
    if (!poser) return std::move(poser).error();
    Retargeter retargeter(rig, map, source, options, std::move(*poser));
    return retargeter.run(clip, control);
}

} // namespace gesture::interchange
