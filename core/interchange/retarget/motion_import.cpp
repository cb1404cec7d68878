// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/retarget/motion_import.h"

#include "core/base/rotation.h"
#include "core/interchange/retarget/body_chain.h"
#include "core/interchange/retarget/rest_alignment.h"
#include "core/interchange/retarget/skeleton_places.h"
#include "core/io/motion_file.h"

#include <algorithm>
#include <fmt/format.h>
#include <numbers>
#include <utility>
#include <vector>

namespace gesture::interchange {

namespace {

using Eigen::Quaterniond;
using Eigen::Vector3d;

constexpr std::int64_t kFramesPerStep = 64;
/// Rest poses this near to ours are ours: writers and other bodies differ by rounding.
constexpr double kSamePose = 0.5 / 180 * std::numbers::pi;

std::size_t index(int i) { return static_cast<std::size_t>(i); }

/// Whether the joints are SMPL-X's own, without axes of their own.
bool isOurSkeleton(const Scene& scene, const BoneMap& map) {
    for (int joint = 0; joint < motion::kJointCount; ++joint) {
        const std::string_view name = motion::jointNames()[index(joint)];
        const auto found = std::find_if(scene.joints.begin(), scene.joints.end(),
                                        [&](const SceneJoint& one) { return one.name == name; });
        const bool optional = joint >= motion::kJaw;
        if (found == scene.joints.end()
                ? !optional
                : found->restRotation.angularDistance(Eigen::Quaternionf::Identity()) > 1e-5F)
            return false;
    }
    return map.spine.size() == kSpineJoints.size() && map.neck.size() == 1;
}

AxisAngle axisAngleOf(const Quaterniond& rotation) {
    const Eigen::AngleAxisd turned(rotation.w() < 0 ? Quaterniond(-rotation.coeffs()) : rotation);
    return (turned.angle() * turned.axis()).cast<float>();
}

/// How the foreign skeleton is turned and measured.
struct Reference {
    SkeletonPlaces rest; ///< In its own world.
    Quaterniond facing;  ///< Turns its world to ours.
    RestAlignment alignment;
    double scale = 1;      ///< Our length of the legs in theirs.
    double hipsHeight = 0; ///< Of the middle of the hips above the floor, in their metres.
};

double legLength(const Vector3d& hip, const Vector3d& knee, const Vector3d& ankle) {
    return (knee - hip).norm() + (ankle - knee).norm();
}

class MotionImporter {
public:
    MotionImporter(const Scene& scene, const BoneMap& map, const BodySize& body)
        : scene_(scene)
        , animation_(scene.animations.front())
        , map_(map)
        , body_(body) {}

    Result<motion::Clip> run(const MotionImportOptions& options, JobControl& control) {
        if (Status found = findReference(options); !found) return std::move(found).error();
        const auto rate = io::frameRateFromNumber(animation_.framesPerSecond);
        if (!rate)
            return Error{ErrorCode::InvalidInput,
                         fmt::format("The motion has {} frames a second; 1 to 1000 are accepted.",
                                     animation_.framesPerSecond)};
        motion::Clip::Data data;
        data.rate = *rate;
        control.beginStage("Converting motion", animation_.frames);
        for (std::int64_t frame = 0; frame < animation_.frames; ++frame) {
            if (frame % kFramesPerStep == 0) {
                if (control.stopRequested()) return JobControl::cancelled("Converting motion");
                control.advanceTo(frame);
            }
            placesAt(scene_, animation_, frame, places_);
            convertFrame(data);
        }
        control.advanceTo(animation_.frames);
        return onFloor(std::move(data), control);
    }

private:
    Status findReference(const MotionImportOptions& options) {
        if (options.restFrame) {
            if (*options.restFrame < 0 || *options.restFrame >= animation_.frames)
                return Error{ErrorCode::InvalidInput,
                             fmt::format("The motion has frames 0 to {}; the rest pose was to be "
                                         "in frame {}.",
                                         animation_.frames - 1, *options.restFrame)};
            return takeReference(*options.restFrame);
        }
        if (takeReference(std::nullopt).ok()) return Status::success();
        if (takeReference(0).ok()) return Status::success();
        return Error{ErrorCode::InvalidInput,
                     "Nobody stands upright in the rest pose of this skeleton, nor in its first "
                     "frame: say in which frame somebody stands in a T-pose (--rest-frame)."};
    }

    Status takeReference(std::optional<std::int64_t> frame) {
        SkeletonPlaces rest;
        if (frame)
            placesAt(scene_, animation_, *frame, rest);
        else
            rest = restPlaces(scene_.joints);
        const auto facing = findFacing(rest, map_);
        if (!facing) return Error(facing.error());
        SkeletonPlaces turned = rest;
        double lowest = 0;
        for (std::size_t i = 0; i < turned.positions.size(); ++i) {
            turned.positions[i] = facing->turn * turned.positions[i];
            lowest = i == 0 ? turned.positions[i].y() : std::min(lowest, turned.positions[i].y());
        }
        reference_.alignment = alignRest(turned, map_, body_.rest);
        const bool ours = !frame && isOurSkeleton(scene_, map_);
        for (Quaterniond& turn : reference_.alignment.turns)
            if (ours || turn.angularDistance(Quaterniond::Identity()) < kSamePose)
                turn = Quaterniond::Identity();
        const auto at = [&](int joint) { return turned.positions[index(map_.of(joint))]; };
        const double theirs = legLength(at(1), at(4), at(7)) + legLength(at(2), at(5), at(8));
        const auto bodyAt = [&](int joint) { return restAt(body_.rest, joint); };
        if (theirs > 0)
            reference_.scale =
                (legLength(bodyAt(1), bodyAt(4), bodyAt(7)) +
                 legLength(bodyAt(2), bodyAt(5), bodyAt(8))) /
                theirs;
        reference_.hipsHeight = 0.5 * (at(1) + at(2)).y() - lowest;
        reference_.rest = std::move(rest);
        reference_.facing = facing->turn;
        return Status::success();
    }

    /// What a bone has turned since the T-pose, in our world.
    [[nodiscard]] Quaterniond turnOf(int bone) const {
        return reference_.facing * places_.rotations[index(bone)] *
               reference_.rest.rotations[index(bone)].conjugate() * reference_.facing.conjugate();
    }

    /// Turns of `keys` (joints) from those of any number of bones.
    void readChain(const std::vector<int>& bones, int below, std::span<const int> keys,
                   WorldTurns& world) const {
        std::vector<Quaterniond> turns{world[index(below)]};
        for (const int bone : bones)
            turns.push_back(turnOf(bone));
        if (bones.empty()) turns.push_back(turns.front());
        const auto spread = spreadAlong(turns, keys.size());
        for (std::size_t i = 0; i < keys.size(); ++i)
            world[index(keys[i])] = spread[i];
    }

    [[nodiscard]] WorldTurns worldTurns() const {
        WorldTurns world;
        for (int joint = 0; joint < motion::kJointCount; ++joint) {
            const int bone = map_.of(joint);
            const int parent = motion::jointParents()[index(joint)];
            if (joint == kSpineJoints.front()) readChain(map_.spine, 0, kSpineJoints, world);
            constexpr std::array kNeckKeys{static_cast<int>(motion::kNeck)};
            if (joint == motion::kNeck) readChain(map_.neck, kSpineJoints.back(), kNeckKeys, world);
            const bool chained = joint == motion::kNeck || isSpine(joint);
            if (bone != BoneMap::kNone)
                world[index(joint)] =
                    turnOf(bone) * reference_.alignment.turns[index(joint)].conjugate();
            else if (!chained)
                world[index(joint)] = parent < 0 ? Quaterniond::Identity() : world[index(parent)];
        }
        return world;
    }

    static bool isSpine(int joint) {
        return std::find(kSpineJoints.begin(), kSpineJoints.end(), joint) != kSpineJoints.end();
    }

    void convertFrame(motion::Clip::Data& data) const {
        const WorldTurns world = worldTurns();
        for (int joint = 0; joint < motion::kJointCount; ++joint) {
            const int parent = motion::jointParents()[index(joint)];
            Quaterniond local = world[index(joint)];
            if (parent >= 0) local = world[index(parent)].conjugate() * local;
            const AxisAngle rotation = axisAngleOf(local.normalized());
            data.poses.insert(data.poses.end(), rotation.data(), rotation.data() + 3);
        }
        const Vector3d middle =
            reference_.facing *
            (0.5 * (places_.positions[index(map_.of(1))] + places_.positions[index(map_.of(2))]));
        const Vector3d ourHips = 0.5 * (restAt(body_.rest, 1) + restAt(body_.rest, 2));
        const Vector3d hips(reference_.scale * middle.x(),
                            reference_.scale * (middle.y() - reference_.hipsHeight) + ourHips.y() -
                                body_.soleHeight,
                            reference_.scale * middle.z());
        // The hips go around the pelvis; what is added to the T-pose is the translation.
        const Vector3d pelvis = restAt(body_.rest, motion::kPelvis);
        const Vector3d moved = hips - world[0] * (ourHips - pelvis) - pelvis;
        for (int axis = 0; axis < 3; ++axis)
            data.translations.push_back(static_cast<float>(moved[axis]));
    }

    /// Sets the motion on the floor: what the rest pose's lowest joint says of it is rough.
    Result<motion::Clip> onFloor(motion::Clip::Data data, JobControl& control) const {
        auto clip = motion::Clip::create(data);
        if (!clip) return clip;
        const auto floor = floorUnder(*clip, body_, control);
        if (!floor) return Error(floor.error());
        for (std::size_t i = 1; i < data.translations.size(); i += 3)
            data.translations[i] -= static_cast<float>(*floor);
        return motion::Clip::create(std::move(data));
    }

    const Scene& scene_;
    const SceneAnimation& animation_;
    const BoneMap& map_;
    const BodySize& body_;
    Reference reference_;
    SkeletonPlaces places_;
};

} // namespace

Result<motion::Clip> importMotion(const Scene& scene, const BoneMap& map, const BodySize& body,
                                  const MotionImportOptions& options, JobControl& control) {
    if (scene.animations.empty())
        return Error{ErrorCode::InvalidInput, "There is no motion in it."};
    if (Status fits = checkBoneMap(map, scene.joints); !fits) return std::move(fits).error();
    return MotionImporter(scene, map, body).run(options, control);
}

} // namespace gesture::interchange
