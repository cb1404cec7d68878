// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/retarget/rig_poser.h"

#include <utility>

namespace gesture::interchange {

namespace {

constexpr int kNone = BoneMap::kNone;
constexpr int kLeftCollar = 13;
constexpr int kRightCollar = 14;

std::size_t index(int i) { return static_cast<std::size_t>(i); }

} // namespace

RigPoser::RigPoser(const Scene& rig, const BoneMap& map)
    : rig_(&rig)
    , pelvis_(map.of(motion::kPelvis))
    , root_(map.root)
    , rest_(restPlaces(rig.joints))
    , carrier_(rig.joints.size(), kNone) {}

Result<RigPoser> RigPoser::create(const Scene& rig, const BoneMap& map) {
    RigPoser poser(rig, map);
    poser.findCarriers(map);
    if (!poser.sortJoints())
        return Error{ErrorCode::InvalidInput,
                     "The bone map cannot be used: in it bones carry each other in a circle."};
    return poser;
}

void RigPoser::findCarriers(const BoneMap& map) {
    moving_.push_back(pelvis_);
    int last = pelvis_;
    const auto follow = [&](int bone) {
        carry(bone, last);
        last = bone;
    };
    for (const int bone : map.spine)
        follow(bone);
    const int chest = last;
    for (const int bone : map.neck)
        follow(bone);
    const int neck = last;
    for (int joint = 1; joint < motion::kJointCount; ++joint) {
        if (map.of(joint) == kNone) continue;
        int above = motion::jointParents()[index(joint)];
        while (above > 0 && map.of(above) == kNone && above != kSpineJoints.back() &&
               above != motion::kNeck)
            above = motion::jointParents()[index(above)];
        const bool onChest =
            joint == kLeftCollar || joint == kRightCollar || above == kSpineJoints.back();
        carry(map.of(joint), onChest ? chest : above == motion::kNeck ? neck : map.of(above));
    }
}

void RigPoser::carry(int bone, int carrier) {
    for (int above = rig_->joints[index(bone)].parent; above != kNone;
         above = rig_->joints[index(above)].parent)
        if (above == carrier) return;
    if (bone == carrier || bone == pelvis_) return;
    carrier_[index(bone)] = carrier;
    moving_.push_back(bone);
}

bool RigPoser::sortJoints() {
    const std::size_t count = rig_->joints.size();
    std::vector<std::vector<int>> waiting(count);
    std::vector<int> needs(count, 0);
    for (std::size_t i = 0; i < count; ++i) {
        for (const int before : {rig_->joints[i].parent, carrier_[i]}) {
            if (before == kNone) continue;
            waiting[index(before)].push_back(static_cast<int>(i));
            ++needs[i];
        }
        if (needs[i] == 0) order_.push_back(static_cast<int>(i));
    }
    for (std::size_t done = 0; done < order_.size(); ++done)
        for (const int next : waiting[index(order_[done])])
            if (--needs[index(next)] == 0) order_.push_back(next);
    return order_.size() == count;
}

RigPose RigPoser::emptyPose() const {
    RigPose pose;
    pose.rotations.resize(rig_->joints.size());
    pose.pelvis = rest_.positions[index(pelvis_)];
    return pose;
}

void RigPoser::place(const RigPose& pose, SkeletonPlaces& out) const {
    out.rotations.resize(rig_->joints.size());
    out.positions.resize(rig_->joints.size());
    for (const int joint : order_)
        placeJoint(index(joint), pose, out);
}

void RigPoser::placeJoint(std::size_t joint, const RigPose& pose, SkeletonPlaces& out) const {
    const SceneJoint& bone = rig_->joints[joint];
    Eigen::Quaterniond rotation = bone.restRotation.cast<double>().normalized();
    Eigen::Vector3d position = bone.restTranslation.cast<double>();
    if (bone.parent != kNone) {
        const Eigen::Quaterniond& parent = out.rotations[index(bone.parent)];
        rotation = (parent * rotation).normalized();
        position = out.positions[index(bone.parent)] + parent * position;
    }
    if (static_cast<int>(joint) == root_) position += pose.rootMoved;
    if (static_cast<int>(joint) == pelvis_) position = pose.pelvis;
    if (carrier_[joint] != kNone) {
        const std::size_t carrier = index(carrier_[joint]);
        const Eigen::Quaterniond moved =
            out.rotations[carrier] * rest_.rotations[carrier].conjugate();
        rotation = moved * rest_.rotations[joint];
        position =
            out.positions[carrier] + moved * (rest_.positions[joint] - rest_.positions[carrier]);
    }
    out.rotations[joint] = pose.rotations[joint] ? *pose.rotations[joint] : rotation;
    out.positions[joint] = position;
}

} // namespace gesture::interchange
