// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/retarget/rig_legs.h"

#include "core/motion/limb_ik.h"

#include <cmath>
#include <utility>

namespace gesture::interchange {

namespace {

using Eigen::Quaterniond;
using Eigen::Vector3d;
using Eigen::Vector3f;

std::size_t index(int i) { return static_cast<std::size_t>(i); }

Vector3d at(const motion::SkeletonPose& pose, int joint) {
    return pose.positions[index(joint)].cast<double>();
}

double lengthOf(const Vector3d& hip, const Vector3d& knee, const Vector3d& ankle) {
    return (knee - hip).norm() + (ankle - knee).norm();
}

/// Turn about the vertical that a rotation amounts to.
Quaterniond headingOf(const Eigen::Matrix3f& rotation) {
    const Vector3d forward = rotation.cast<double>() * Vector3d::UnitZ();
    if (std::hypot(forward.x(), forward.z()) < 1e-3) return Quaterniond::Identity();
    return Quaterniond(Eigen::AngleAxisd(std::atan2(forward.x(), forward.z()), Vector3d::UnitY()));
}

/// The character in the T-pose, its pelvis as in its rest pose.
SkeletonPlaces tPose(const RigPoser& poser, const BoneMap& map, const RestAlignment& alignment) {
    RigPose pose = poser.emptyPose();
    for (int joint = 0; joint < motion::kJointCount; ++joint) {
        const int bone = map.of(joint);
        if (bone != BoneMap::kNone)
            pose.rotations[index(bone)] =
                alignment.turns[index(joint)] * poser.rest().rotations[index(bone)];
    }
    SkeletonPlaces places;
    poser.place(pose, places);
    return places;
}

} // namespace

RigLegs::RigLegs(const RigPoser& poser, const BoneMap& map, const RestAlignment& alignment,
                 const BodySize& source)
    : poser_(&poser) {
    const SkeletonPlaces places = tPose(poser, map, alignment);
    double theirs = 0;
    double ours = 0;
    double lifted = 0; // straight legs take less height when they are spread
    for (const int side : {0, 1}) {
        Leg& leg = legs_[index(side)];
        leg.sourceHip = 1 + side;
        leg.sourceAnkle = motion::kLeftAnkle + side;
        leg.thigh = map.of(leg.sourceHip);
        leg.shin = map.of(4 + side);
        leg.foot = map.of(leg.sourceAnkle);
        const Vector3d& ankle = places.positions[index(leg.foot)];
        theirs +=
            lengthOf(places.positions[index(leg.thigh)], places.positions[index(leg.shin)], ankle);
        ours += lengthOf(restAt(source.rest, leg.sourceHip), restAt(source.rest, 4 + side),
                         restAt(source.rest, leg.sourceAnkle));
        lifted += 0.5 * (poser.rest().positions[index(leg.foot)].y() - ankle.y());
    }
    scale_ = ours > 0 && theirs > 0 ? theirs / ours : 1;
    const Vector3d hips = hipsOf(places);
    const Vector3d sourceHips = 0.5 * (restAt(source.rest, 1) + restAt(source.rest, 2));
    hipsHeight_ = hips.y() + lifted;
    sourceHipsHeight_ = sourceHips.y() - source.soleHeight;
    for (Leg& leg : legs_) {
        const Vector3d ankle = restAt(source.rest, leg.sourceAnkle);
        leg.sourceRest = ankle - source.soleHeight * Vector3d::UnitY();
        leg.rest = places.positions[index(leg.foot)] - hips - scale_ * (ankle - sourceHips);
        leg.rest.y() = poser.rest().positions[index(leg.foot)].y();
    }
}

Vector3d RigLegs::hipsOf(const SkeletonPlaces& places) const {
    return 0.5 *
           (places.positions[index(legs_[0].thigh)] + places.positions[index(legs_[1].thigh)]);
}

Vector3d RigLegs::hipsFor(const motion::SkeletonPose& source, double floor) const {
    const Vector3d hips = 0.5 * (at(source, 1) + at(source, 2));
    return {scale_ * hips.x(), scale_ * (hips.y() - floor - sourceHipsHeight_) + hipsHeight_,
            scale_ * hips.z()};
}

Vector3d RigLegs::ankleFor(const Leg& leg, const motion::SkeletonPose& source, double floor) const {
    const Vector3d ankle = at(source, leg.sourceAnkle);
    // A foot that stands does not turn: what is added for wider hips does not make it slide.
    const Vector3d wider = headingOf(source.worldFromJoint[index(leg.sourceAnkle)]) *
                           Vector3d(leg.rest.x(), 0, leg.rest.z());
    return {scale_ * ankle.x() + wider.x(),
            scale_ * (ankle.y() - floor - leg.sourceRest.y()) + leg.rest.y(),
            scale_ * ankle.z() + wider.z()};
}

void RigLegs::plantFeet(const motion::SkeletonPose& source, double floor, RigPose& pose,
                        SkeletonPlaces& places) const {
    // A leg that is all but straight is solved as slightly bent; the second step makes it exact.
    for (int step = 0; step < 2; ++step) {
        for (const Leg& leg : legs_) {
            const Vector3d forward =
                source.worldFromJoint[index(leg.sourceHip)].cast<double>() * Vector3d::UnitZ();
            pose.rotations[index(leg.foot)] = places.rotations[index(leg.foot)];
            reach(leg, ankleFor(leg, source, floor), forward, pose, places);
        }
        poser_->place(pose, places);
    }
}

void RigLegs::reach(const Leg& leg, const Vector3d& goal, const Vector3d& forward, RigPose& pose,
                    const SkeletonPlaces& places) const {
    constexpr double kStraight = 0.02; // share of the leg's length
    const Vector3d& hip = places.positions[index(leg.thigh)];
    const Vector3d upper = places.positions[index(leg.shin)] - hip;
    const Vector3d line = places.positions[index(leg.foot)] - hip;
    const Vector3d wanted = goal - hip;
    if (line.norm() < 1e-6 || wanted.norm() < 1e-6 || upper.norm() < 1e-6) return;
    const Vector3d direction = line.normalized();
    Vector3d pole = upper - upper.dot(direction) * direction;
    if (pole.norm() < kStraight * line.norm()) pole = forward - forward.dot(direction) * direction;
    if (pole.norm() < 1e-6) pole = direction.unitOrthogonal();
    const Quaterniond carried = Quaterniond::FromTwoVectors(line, wanted);
    const motion::RestLimb now{Vector3f::Zero(), upper.cast<float>(), line.cast<float>(),
                               (-pole).cast<float>()};
    // What the solver makes of the limb as it is now is what the turns are relative to: a leg that
    // need not move does not.
    const motion::LimbRotations before =
        motion::solveLimb(now, line.cast<float>(), pole.cast<float>());
    const motion::LimbRotations after =
        motion::solveLimb(now, wanted.cast<float>(), (carried * pole).cast<float>());
    const Quaterniond thigh(Eigen::Matrix3d((after.root * before.root.transpose()).cast<double>()));
    const Quaterniond shin(Eigen::Matrix3d(
        (after.root * after.middle * (before.root * before.middle).transpose()).cast<double>()));
    pose.rotations[index(leg.thigh)] = (thigh * places.rotations[index(leg.thigh)]).normalized();
    pose.rotations[index(leg.shin)] = (shin * places.rotations[index(leg.shin)]).normalized();
}

} // namespace gesture::interchange
