// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/retarget/rest_alignment.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace gesture::interchange {

namespace {

using Eigen::Matrix3d;
using Eigen::Quaterniond;
using Eigen::Vector3d;

constexpr double kLeastLength = 1e-6; // metres

/// A joint whose limb goes to another, and the joint whose turn it starts from.
struct Segment {
    int joint;
    int towards;
    int from;
};

std::vector<Segment> segments() {
    std::vector<Segment> list;
    for (const int side : {0, 1}) {
        list.push_back({16 + side, 18 + side, BoneMap::kNone});
        list.push_back({18 + side, 20 + side, 16 + side});
        list.push_back({1 + side, 4 + side, BoneMap::kNone});
        list.push_back({4 + side, 7 + side, 1 + side});
    }
    return list;
}

constexpr std::array<std::pair<int, int>, 2> kHands{
    {{motion::kLeftWrist, motion::kFirstLeftHandJoint},
     {motion::kRightWrist, motion::kFirstRightHandJoint}}};

/// Columns: along the hand, across it, and out of it.
Matrix3d handFrame(const Vector3d& wrist, const Vector3d& index, const Vector3d& pinky) {
    const Vector3d along = (0.5 * (index + pinky) - wrist).normalized();
    const Vector3d out = (index - wrist).cross(pinky - wrist).normalized();
    Matrix3d frame;
    frame << along, out.cross(along), out;
    return frame;
}

class Aligner {
public:
    Aligner(const SkeletonPlaces& pose, const BoneMap& map, RestJoints rest)
        : pose_(pose)
        , map_(map)
        , rest_(rest) {
        result_.turns.fill(Quaterniond::Identity());
    }

    RestAlignment align() {
        for (const Segment& segment : segments())
            turn(segment.joint, segment.towards, segment.from);
        for (const auto& [wrist, first] : kHands)
            alignHand(wrist, first);
        for (const int ankle : {motion::kLeftAnkle, motion::kRightAnkle})
            alignFoot(ankle, ankle + 3);
        return result_;
    }

private:
    [[nodiscard]] bool has(int joint) const { return map_.of(joint) != BoneMap::kNone; }
    [[nodiscard]] const Vector3d& at(int joint) const {
        return pose_.positions[static_cast<std::size_t>(map_.of(joint))];
    }
    [[nodiscard]] Quaterniond& turnOf(int joint) {
        return result_.turns[static_cast<std::size_t>(joint)];
    }

    /// The least turn that brings the limb from where `from` has carried it to where it should be.
    void turn(int joint, int towards, int from) {
        const Quaterniond carried = from == BoneMap::kNone ? Quaterniond::Identity() : turnOf(from);
        turnOf(joint) = carried;
        if (!has(joint) || !has(towards)) return;
        const Vector3d limb = carried * (at(towards) - at(joint));
        const Vector3d wanted = restAt(rest_, towards) - restAt(rest_, joint);
        if (limb.norm() < kLeastLength || wanted.norm() < kLeastLength) return;
        turnOf(joint) = (Quaterniond::FromTwoVectors(limb, wanted) * carried).normalized();
    }

    void alignHand(int wrist, int first) {
        const int index = first;
        const int middle = first + 3;
        const int pinky = first + 6;
        turn(wrist, middle, wrist - 2);
        if (has(wrist) && has(index) && has(pinky)) alignPalm(wrist, index, pinky);
        for (int finger = first; finger < first + 15; finger += 3) {
            turn(finger, finger + 1, wrist);
            turn(finger + 1, finger + 2, finger);
            turnOf(finger + 2) = turnOf(finger + 1);
        }
    }

    void alignPalm(int wrist, int index, int pinky) {
        const Matrix3d theirs = handFrame(at(wrist), at(index), at(pinky));
        const Matrix3d ours =
            handFrame(restAt(rest_, wrist), restAt(rest_, index), restAt(rest_, pinky));
        if (!theirs.allFinite()) return;
        constexpr double kLargestTwist = 0.6 * std::numbers::pi;
        const Quaterniond turned(ours * theirs.transpose());
        if (turned.angularDistance(turnOf(wrist)) < kLargestTwist)
            turnOf(wrist) = turned.normalized();
    }

    void alignFoot(int ankle, int toes) {
        if (!has(ankle) || !has(toes)) return;
        const Vector3d theirs = (at(toes) - at(ankle)).cwiseProduct(Vector3d(1, 0, 1));
        const Vector3d ours =
            (restAt(rest_, toes) - restAt(rest_, ankle)).cwiseProduct(Vector3d(1, 0, 1));
        if (theirs.norm() < kLeastLength || ours.norm() < kLeastLength) return;
        const double angle = std::atan2(ours.x(), ours.z()) - std::atan2(theirs.x(), theirs.z());
        turnOf(ankle) = Quaterniond(Eigen::AngleAxisd(angle, Vector3d::UnitY()));
        turnOf(toes) = turnOf(ankle);
    }

    const SkeletonPlaces& pose_;
    const BoneMap& map_;
    RestJoints rest_;
    RestAlignment result_;
};

Vector3d nearestAxis(const Vector3d& direction) {
    int axis = 0;
    direction.cwiseAbs().maxCoeff(&axis);
    return (direction[axis] < 0 ? -1 : 1) * Vector3d::Unit(axis);
}

/// The turn of a cube that is nearest to a rotation.
Quaterniond nearestWholeTurn(const Matrix3d& rotation) {
    Matrix3d best = Matrix3d::Identity();
    double most = -4;
    for (int x = 0; x < 6; ++x) {
        for (int y = 0; y < 6; ++y) {
            if (x % 3 == y % 3) continue;
            const Vector3d first = (x < 3 ? 1 : -1) * Vector3d::Unit(x % 3);
            const Vector3d second = (y < 3 ? 1 : -1) * Vector3d::Unit(y % 3);
            Matrix3d whole;
            whole << first, second, first.cross(second);
            const double likeness = (whole.transpose() * rotation).trace();
            if (likeness <= most) continue;
            most = likeness;
            best = whole;
        }
    }
    return Quaterniond(best);
}

} // namespace

Vector3d restAt(RestJoints rest, int joint) {
    const auto i = 3 * static_cast<std::size_t>(joint);
    return {static_cast<double>(rest[i]), static_cast<double>(rest[i + 1]),
            static_cast<double>(rest[i + 2])};
}

Result<Facing> findFacing(const SkeletonPlaces& pose, const BoneMap& map) {
    constexpr double kNear = 20 * std::numbers::pi / 180;
    const auto at = [&](int joint) -> const Vector3d& {
        return pose.positions[static_cast<std::size_t>(map.of(joint))];
    };
    const Vector3d hips = 0.5 * (at(1) + at(2));
    const Vector3d arms = 0.5 * (at(motion::kLeftShoulder) + at(motion::kRightShoulder));
    const Vector3d ankles = 0.5 * (at(motion::kLeftAnkle) + at(motion::kRightAnkle));
    const Vector3d up = nearestAxis(arms - hips);
    const Vector3d across = (at(1) - at(2)).normalized() +
                            (at(motion::kLeftShoulder) - at(motion::kRightShoulder)).normalized();
    const Vector3d left = (across - across.dot(up) * up).normalized();
    const bool stands =
        up.dot((hips - ankles).normalized()) > 0.7 && up.dot((arms - hips).normalized()) > 0.7;
    if (!stands || !left.allFinite() || across.norm() < 0.5)
        return Error{ErrorCode::InvalidInput,
                     "Nobody stands upright in the rest pose of this skeleton."};
    Matrix3d worldFromPerson;
    worldFromPerson << left, up, left.cross(up);
    const Quaterniond turn(Matrix3d(worldFromPerson.transpose()));
    const Quaterniond whole = nearestWholeTurn(worldFromPerson.transpose());
    if ((whole * left).dot(Vector3d::UnitX()) > std::cos(kNear)) return Facing{whole, true};
    return Facing{turn, false};
}

RestAlignment alignRest(const SkeletonPlaces& pose, const BoneMap& map, RestJoints rest) {
    return Aligner(pose, map, rest).align();
}

} // namespace gesture::interchange
