// SPDX-License-Identifier: Apache-2.0
#include "core/avatar/t_pose.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <string>

namespace gesture::avatar {

namespace {

using Eigen::Matrix3d;
using Eigen::Vector3d;

constexpr double kArmDown = 8.0; // degrees, all of them
constexpr double kArmBack = 6.0;
constexpr double kHandDown = 2.0;
constexpr double kTwistShareNear = 0.25; ///< Of the forearm's twist, first bone.
constexpr double kTwistShareFar = 0.70;
constexpr std::array<double, 3> kFingerBend = {2.0, 6.0, 9.0};
constexpr std::array<double, 4> kFingerSpread = {7.0, 1.0, -5.0, -11.0}; ///< Index to pinky.
constexpr double kThighOut = 3.0;
constexpr double kThighForward = -1.0;
constexpr double kShankOut = -1.5;
constexpr double kShankForward = -4.5;
constexpr double kToeOut = 10.0;
constexpr double kTorsoLean = -1.5;
constexpr double kLowerTorsoLean = -0.75;
constexpr std::array<double, 3> kNeckLean = {-4.0, -8.0, -8.0};
const std::array<Vector3d, 3> kThumb = {Vector3d{0.75, -0.25, 0.62}, Vector3d{0.85, -0.20, 0.50},
                                        Vector3d{0.90, -0.18, 0.40}};

/// Sideways direction, `down` degrees below the horizon and `back` degrees backwards.
Vector3d sideways(double sign, double down, double back) {
    const double d = radians(down);
    const double k = radians(back);
    return {sign * std::cos(d) * std::cos(k), -std::sin(d), -std::cos(d) * std::sin(k)};
}

/// Signed angle of a rotation about a unit axis.
double twistAbout(const Matrix3d& rotation, const Vector3d& axis) {
    const Vector3d skew{rotation(2, 1) - rotation(1, 2), rotation(0, 2) - rotation(2, 0),
                        rotation(1, 0) - rotation(0, 1)};
    return 2.0 * std::atan2(axis.dot(skew), rotation.trace() + 1.0);
}

class TPoseMaker {
public:
    TPoseMaker(const Rig& rig, const JointRig& joints, const Points64& mesh)
        : rig_(rig)
        , mesh_(mesh)
        , joints_(joints.on(mesh))
        , rotations_(rig.bones.size(), Matrix3d::Identity()) {
        hipScaleX_ = joints.joints[static_cast<std::size_t>(jointIndex("left_hip"))].scaleX;
    }

    std::vector<Matrix3d> make() {
        for (const Side& side : kSides) {
            poseArm(side);
            poseLeg(side);
        }
        poseTrunk();
        return std::move(rotations_);
    }

private:
    Matrix3d& bone(std::string_view name) {
        return rotations_[static_cast<std::size_t>(rig_.indexOf(name))];
    }
    Matrix3d& bone(std::string_view name, const Side& side) {
        return bone(fmt::format("{}{}", name, side.bone));
    }
    Vector3d joint(const Side& side, std::string_view name) const {
        return joints_.row(jointIndex(fmt::format("{}{}", side.joint, name)));
    }

    void poseArm(const Side& side) {
        const Vector3d upper = joint(side, "elbow") - joint(side, "shoulder");
        const Vector3d fore = joint(side, "wrist") - joint(side, "elbow");
        const Vector3d hinge = upper.cross(fore);
        const Vector3d hingeTarget{0.0, -side.sign, 0.0};
        const Vector3d along{side.sign, 0.0, 0.0};
        const Matrix3d upperRotation =
            frameOf(sideways(side.sign, kArmDown, kArmBack), hingeTarget) *
            frameOf(upper, hinge).transpose();
        const Matrix3d foreRotation =
            frameOf(along, hingeTarget) * frameOf(fore, hinge).transpose();
        const Matrix3d handRotation = handRotationOf(side);
        const double twist = twistAbout(handRotation * foreRotation.transpose(), along);
        bone("upperarm01", side) = upperRotation;
        bone("upperarm02", side) = upperRotation;
        bone("lowerarm01", side) = rotationAbout(along, kTwistShareNear * twist) * foreRotation;
        bone("lowerarm02", side) = rotationAbout(along, kTwistShareFar * twist) * foreRotation;
        bone("wrist", side) = handRotation;
        for (int k = 1; k <= 4; ++k) {
            bone(fmt::format("metacarpal{}", k), side) = handRotation;
        }
        poseFingers(side, handRotation);
    }

    /// Middle knuckle sideways, palm downwards; fingers curl towards the palm.
    Matrix3d handRotationOf(const Side& side) const {
        const Vector3d wrist = joint(side, "wrist");
        const Vector3d middle = joint(side, "middle1") - wrist;
        const Vector3d curl = joint(side, "middle3") - joint(side, "middle1");
        Vector3d palm = (joint(side, "index1") - wrist).cross(joint(side, "pinky1") - wrist);
        const Vector3d direction = middle.normalized();
        if (palm.dot(curl - direction * direction.dot(curl)) < 0.0) palm = -palm;
        return frameOf(sideways(side.sign, kHandDown, 0.0), {0.0, -1.0, 0.0}) *
               frameOf(middle, palm).transpose();
    }

    void poseFingers(const Side& side, const Matrix3d& hand) {
        for (std::size_t finger = 0; finger < kFingers.size(); ++finger) {
            Matrix3d previous = hand;
            for (int phalanx = 1; phalanx <= 3; ++phalanx) {
                const Vector3d along = phalanxDirection(side, finger, phalanx);
                const Vector3d target = fingerTarget(side, finger, phalanx);
                previous = smallestRotation(previous * along, target) * previous;
                bone(fmt::format("finger{}-{}", finger + 1, phalanx), side) = previous;
            }
        }
    }

    Vector3d phalanxDirection(const Side& side, std::size_t finger, int phalanx) const {
        const auto name = [&](int k) { return fmt::format("{}{}", kFingers[finger], k); };
        const Vector3d begin = joint(side, name(phalanx));
        if (phalanx < 3) return joint(side, name(phalanx + 1)) - begin;
        const int last = rig_.indexOf(fmt::format("finger{}-3{}", finger + 1, side.bone));
        return rig_.bones[static_cast<std::size_t>(last)].tail.on(mesh_) - begin;
    }

    static Vector3d fingerTarget(const Side& side, std::size_t finger, int phalanx) {
        const auto k = static_cast<std::size_t>(phalanx - 1);
        if (finger == 0) {
            return {side.sign * kThumb[k].x(), kThumb[k].y(), kThumb[k].z()};
        }
        const double bend = radians(kFingerBend[k]);
        const double spread = radians(kFingerSpread[finger - 1]);
        return {side.sign * std::cos(bend) * std::cos(spread), -std::sin(bend),
                std::cos(bend) * std::sin(spread)};
    }

    void poseLeg(const Side& side) {
        Vector3d hip = joint(side, "hip");
        hip.x() /= hipScaleX_;
        const Vector3d thigh = joint(side, "knee") - hip;
        const Vector3d shank = joint(side, "ankle") - joint(side, "knee");
        const auto leaning = [&side](double out, double forward) {
            return Vector3d{side.sign * std::tan(radians(out)), -1.0, std::tan(radians(forward))};
        };
        const Matrix3d upper = smallestRotation(thigh, leaning(kThighOut, kThighForward));
        const Matrix3d lower = smallestRotation(shank, leaning(kShankOut, kShankForward));
        bone("upperleg01", side) = upper;
        bone("upperleg02", side) = upper;
        bone("lowerleg01", side) = lower;
        bone("lowerleg02", side) = lower;
        const Vector3d foot = joint(side, "foot") - joint(side, "ankle");
        const double yaw = std::atan2(side.sign * foot.x(), foot.z());
        turnFoot(side, rotationAbout(Vector3d::UnitY(), side.sign * (radians(kToeOut) - yaw)));
    }

    void turnFoot(const Side& side, const Matrix3d& turn) {
        bone("foot", side) = turn;
        for (std::size_t b = 0; b < rig_.bones.size(); ++b) {
            const std::string_view name = rig_.bones[b].name;
            if (name.substr(0, 3) == "toe" && name.substr(name.size() - 2) == side.bone) {
                rotations_[b] = turn;
            }
        }
    }

    void poseTrunk() {
        const auto lean = [](double degrees) {
            return rotationAbout(Vector3d::UnitX(), radians(degrees));
        };
        bone("spine03") = lean(kLowerTorsoLean);
        bone("spine02") = lean(kTorsoLean);
        bone("spine01") = lean(kTorsoLean);
        for (const Side& side : kSides) {
            bone("breast", side) = lean(kTorsoLean);
            bone("clavicle", side) = lean(kTorsoLean);
            bone("shoulder01", side) = lean(kTorsoLean);
        }
        bone("neck01") = lean(kNeckLean[0]);
        bone("neck02") = lean(kNeckLean[1]);
        bone("neck03") = lean(kNeckLean[2]);
    }

    const Rig& rig_;
    const Points64& mesh_;
    Points64 joints_;
    std::vector<Matrix3d> rotations_;
    double hipScaleX_ = 1.0;
};

} // namespace

std::vector<Matrix3d> tPoseRotations(const Rig& rig, const JointRig& joints,
                                     const Points64& restMesh) {
    return TPoseMaker(rig, joints, restMesh).make();
}

} // namespace gesture::avatar
