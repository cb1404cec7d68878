// SPDX-License-Identifier: Apache-2.0
#include "core/avatar/joint_rig.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace gesture::avatar {

namespace {

/// The hinge lies where the face unit "jawOpen" turns, not at the joint cube.
const Eigen::Vector3d kJawOffset{0.0, -0.0180, 0.0108};
/// The hip's pivot lies closer to the middle than MakeHuman's cube.
constexpr double kHipScaleX = 0.75;

using NamePair = std::pair<std::string_view, std::string_view>;

/// First part of a bone's name -> joint, for bones of the trunk and head.
constexpr std::array<NamePair, 10> kTrunkBones = {{{"root", "pelvis"},
                                                   {"pelvis", "pelvis"},
                                                   {"spine05", "pelvis"},
                                                   {"spine04", "pelvis"},
                                                   {"spine03", "spine1"},
                                                   {"spine02", "spine2"},
                                                   {"spine01", "spine3"},
                                                   {"breast", "spine3"},
                                                   {"neck", "neck"},
                                                   {"tongue", "jaw"}}};

constexpr std::array<NamePair, 11> kLimbBones = {{{"clavicle", "collar"},
                                                  {"shoulder01", "collar"},
                                                  {"upperarm", "shoulder"},
                                                  {"lowerarm", "elbow"},
                                                  {"wrist", "wrist"},
                                                  {"metacarpal", "wrist"},
                                                  {"upperleg", "hip"},
                                                  {"lowerleg", "knee"},
                                                  {"foot", "ankle"},
                                                  {"toe", "foot"},
                                                  {"eye", "eye_smplhf"}}};

constexpr std::array<std::string_view, 8> kJawBones = {
    "jaw", "special04", "oris01", "oris02", "oris06.L", "oris06.R", "oris07.L", "oris07.R"};

template <std::size_t N>
std::string_view lookUp(const std::array<NamePair, N>& table, std::string_view bone) {
    const auto found = std::find_if(table.begin(), table.end(), [bone](const NamePair& entry) {
        return bone.substr(0, entry.first.size()) == entry.first;
    });
    return found == table.end() ? std::string_view{} : found->second;
}

class JointRigMaker {
public:
    JointRigMaker(const ObjMesh& mesh, const Rig& rig)
        : mesh_(mesh)
        , rig_(rig) {}

    JointRig make() {
        set("pelvis", {"joint-pelvis", "joint-spine-4"}, "spine05");
        set("spine1", {"joint-spine-3"}, "spine03");
        set("spine2", {"joint-spine-2"}, "spine02");
        set("spine3", {"joint-spine-1"}, "spine01");
        set("neck", {"joint-neck"}, "neck01");
        set("head", {"joint-head"}, "head");
        set("jaw", {"joint-mouth"}, "jaw").offset = kJawOffset;
        for (const Side& side : kSides) {
            setLimbs(side);
            setFingers(side);
        }
        return std::move(result_);
    }

private:
    JointRule& set(const std::string& joint, const std::vector<std::string>& cubes,
                   const std::string& owner) {
        JointRule& rule = result_.joints[static_cast<std::size_t>(jointIndex(joint))];
        for (const std::string& cube : cubes) {
            const auto vertices = mesh_.groupVertices(cube);
            rule.centre.vertices.insert(rule.centre.vertices.end(), vertices.begin(),
                                        vertices.end());
        }
        rule.owner = rig_.indexOf(owner);
        return rule;
    }

    JointRule& setSided(const Side& side, std::string_view joint, std::string_view cube,
                        std::string_view owner) {
        return set(fmt::format("{}{}", side.joint, joint),
                   {fmt::format("joint-{}-{}", side.cube, cube)},
                   fmt::format("{}{}", owner, side.bone));
    }

    void setLimbs(const Side& side) {
        setSided(side, "hip", "upper-leg", "upperleg01").scaleX = kHipScaleX;
        setSided(side, "knee", "knee", "lowerleg01");
        setSided(side, "ankle", "ankle", "foot");
        setSided(side, "collar", "clavicle", "clavicle");
        setSided(side, "shoulder", "shoulder", "upperarm01");
        setSided(side, "elbow", "elbow", "lowerarm01");
        setSided(side, "wrist", "hand", "wrist");
        setSided(side, "eye_smplhf", "eye", "eye");
        std::vector<std::string> toes;
        for (int toe = 1; toe <= 5; ++toe) {
            toes.push_back(fmt::format("joint-{}-toe-{}-1", side.cube, toe));
        }
        set(fmt::format("{}foot", side.joint), toes, fmt::format("foot{}", side.bone));
    }

    void setFingers(const Side& side) {
        for (std::size_t finger = 0; finger < kFingers.size(); ++finger) {
            for (int phalanx = 1; phalanx <= 3; ++phalanx) {
                const std::string number = fmt::format("finger-{}-{}", finger + 1, phalanx);
                setSided(side, fmt::format("{}{}", kFingers[finger], phalanx), number,
                         fmt::format("finger{}-{}", finger + 1, phalanx));
            }
        }
    }

    const ObjMesh& mesh_;
    const Rig& rig_;
    JointRig result_;
};

} // namespace

Points64 JointRig::on(const Points64& mesh) const {
    Points64 positions(motion::kJointCount, 3);
    for (int j = 0; j < motion::kJointCount; ++j) {
        const JointRule& rule = joints[static_cast<std::size_t>(j)];
        Eigen::Vector3d centre = rule.centre.on(mesh);
        centre.x() *= rule.scaleX;
        positions.row(j) = centre + rule.offset;
    }
    return positions;
}

JointRig makeJointRig(const ObjMesh& mesh, const Rig& rig) {
    return JointRigMaker(mesh, rig).make();
}

int jointIndex(std::string_view name) {
    const auto joint = motion::findJoint(name);
    GESTURE_ASSERT(joint.has_value());
    return *joint;
}

int jointOfBone(std::string_view bone) {
    if (std::find(kJawBones.begin(), kJawBones.end(), bone) != kJawBones.end()) {
        return motion::kJaw;
    }
    if (const auto trunk = lookUp(kTrunkBones, bone); !trunk.empty()) return jointIndex(trunk);
    const std::string_view end = bone.size() > 2 ? bone.substr(bone.size() - 2) : bone;
    for (const Side& side : kSides) {
        if (end != side.bone) continue;
        if (bone.substr(0, 6) == "finger") {
            const auto finger = static_cast<std::size_t>(bone[6] - '1');
            return jointIndex(fmt::format("{}{}{}", side.joint, kFingers.at(finger), bone[8]));
        }
        if (const auto limb = lookUp(kLimbBones, bone); !limb.empty()) {
            return jointIndex(fmt::format("{}{}", side.joint, limb));
        }
    }
    return motion::kHead;
}

} // namespace gesture::avatar
