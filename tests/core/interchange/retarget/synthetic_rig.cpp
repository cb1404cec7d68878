// SPDX-License-Identifier: Apache-2.0
#include "tests/core/interchange/retarget/synthetic_rig.h"

#include "core/interchange/retarget/rest_alignment.h"
#include "core/motion/average_skeleton.h"
#include "core/motion/skeleton.h"
#include "tests/support/counter_random.h"

#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace gesture::test {

namespace {

using Eigen::Quaterniond;
using Eigen::Vector3d;

bool isBelow(int joint, int above) {
    for (; joint >= 0; joint = motion::jointParents()[static_cast<std::size_t>(joint)])
        if (joint == above) return true;
    return false;
}

Quaterniond anyTurn(int joint) {
    const auto number = [&](std::uint64_t i) {
        return static_cast<double>(counterUniform(77, 4 * static_cast<std::uint64_t>(joint) + i));
    };
    return Quaterniond(number(0), number(1), number(2), number(3)).normalized();
}

std::vector<Vector3d> placesOf(const RigShape& shape) {
    const auto rest = motion::averageRestJoints();
    std::vector<Vector3d> places;
    for (int j = 0; j < motion::kJointCount; ++j)
        places.push_back(interchange::restAt(rest, j) -
                         static_cast<double>(motion::kAverageSoleHeight) * Vector3d::UnitY());
    for (const auto& [shoulder, sign] : {std::pair(16, -1.0), std::pair(17, 1.0)}) {
        const Vector3d middle = places[static_cast<std::size_t>(shoulder)];
        const Eigen::AngleAxisd down(sign * shape.armsDown, Vector3d::UnitZ());
        for (int j = 0; j < motion::kJointCount; ++j)
            if (isBelow(j, shoulder))
                places[static_cast<std::size_t>(j)] =
                    middle + down * (places[static_cast<std::size_t>(j)] - middle);
    }
    return places;
}

} // namespace

interchange::Scene syntheticRig(const RigShape& shape) {
    interchange::Scene rig;
    std::vector<Quaterniond> turns{shape.world};
    std::vector<Vector3d> places{Vector3d::Zero()};
    rig.joints.push_back({"root", -1, Eigen::Vector3f::Zero(), shape.world.cast<float>()});
    const std::vector<Vector3d> wanted = placesOf(shape);
    for (int j = 0; j < motion::kJointCount; ++j) {
        const int above = motion::jointParents()[static_cast<std::size_t>(j)];
        const auto parent = static_cast<std::size_t>(shape.sideBySide || above < 0 ? 0 : above + 1);
        const Quaterniond turn =
            shape.world * (shape.ownAxes ? anyTurn(j) : Quaterniond::Identity());
        const Vector3d place = shape.world * (shape.scale * wanted[static_cast<std::size_t>(j)]);
        interchange::SceneJoint joint;
        joint.name = std::string(motion::jointNames()[static_cast<std::size_t>(j)]);
        joint.parent = static_cast<int>(parent);
        joint.restRotation = (turns[parent].conjugate() * turn).cast<float>();
        joint.restTranslation =
            (turns[parent].conjugate() * (place - places[parent])).cast<float>();
        turns.push_back(turn);
        places.push_back(place);
        rig.joints.push_back(std::move(joint));
    }
    interchange::SceneMesh mesh;
    mesh.name = "skin";
    for (const Vector3d& corner : {Vector3d(0, 0, 0), Vector3d(0.1, 0, 0), Vector3d(0, 1.7, 0)})
        mesh.positions.emplace_back((shape.world * (shape.scale * corner)).cast<float>());
    mesh.triangles = {{0, 1, 2}};
    mesh.influences.assign(3, {{1, 1.0F}});
    rig.meshes.push_back(std::move(mesh));
    rig.materials.emplace_back();
    return rig;
}

interchange::BodySize averageBody() {
    return {motion::averageRestJoints(), static_cast<double>(motion::kAverageSoleHeight)};
}

motion::Clip livelyClip(std::int64_t frames) {
    motion::Clip::Data data;
    data.poses.resize(static_cast<std::size_t>(frames) * motion::kPoseSize);
    for (std::int64_t frame = 0; frame < frames; ++frame) {
        for (std::size_t i = 0; i < motion::kPoseSize; ++i) {
            const float phase = 6.28F * counterUniform(5, i);
            const float size = i < 3 || (i >= 12 && i < 36) ? 0.25F : 0.5F;
            data.poses[static_cast<std::size_t>(frame) * motion::kPoseSize + i] =
                size * std::sin(0.15F * static_cast<float>(frame) + phase);
        }
        const float t = 0.1F * static_cast<float>(frame);
        data.translations.insert(data.translations.end(),
                                 {0.2F * std::sin(t), 1.25F + 0.02F * std::cos(t), 0.05F * t});
    }
    return motion::Clip::create(std::move(data)).value();
}

} // namespace gesture::test
