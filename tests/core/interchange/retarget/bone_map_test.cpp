// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/retarget/bone_map.h"

#include "core/interchange/retarget/bone_map_guess.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace gesture::interchange {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// A skeleton as lines "bone parent"; roots have the parent "-".
using Bones = std::vector<std::pair<std::string, std::string>>;

std::vector<SceneJoint> skeleton(const Bones& bones) {
    std::vector<SceneJoint> joints;
    for (const auto& [name, parent] : bones) {
        SceneJoint joint;
        joint.name = name;
        for (std::size_t i = 0; i < joints.size(); ++i)
            if (joints[i].name == parent) joint.parent = static_cast<int>(i);
        EXPECT_TRUE(parent == "-" || joint.parent >= 0) << name << " hangs from no " << parent;
        joints.push_back(std::move(joint));
    }
    return joints;
}

/// Adds a chain of bones below `parent`, once for each side; `#` stands for it.
void addLimb(Bones& bones, const std::string& parent, const std::vector<std::string>& chain,
             const std::pair<std::string, std::string>& sides) {
    for (const std::string& side : {sides.first, sides.second}) {
        const auto named = [&](std::string name) {
            const std::size_t at = name.find('#');
            return at == std::string::npos ? name : name.replace(at, 1, side);
        };
        std::string above = named(parent);
        for (const std::string& bone : chain) {
            bones.emplace_back(named(bone), above);
            above = named(bone);
        }
    }
}

std::string nameOf(const std::vector<SceneJoint>& joints, int bone) {
    return bone == BoneMap::kNone ? "-" : joints[static_cast<std::size_t>(bone)].name;
}

std::vector<std::string> namesOf(const std::vector<SceneJoint>& joints,
                                 const std::vector<int>& bones) {
    std::vector<std::string> names;
    for (const int bone : bones)
        names.push_back(nameOf(joints, bone));
    return names;
}

/// Holds the guess against what the parts are called.
void expectParts(const std::vector<SceneJoint>& joints, const BoneMap& map,
                 const std::map<std::string, std::string>& parts) {
    const Status complete = checkBoneMap(map, joints);
    EXPECT_TRUE(complete.ok()) << complete.error().message();
    for (const auto& [part, bone] : parts)
        EXPECT_EQ(nameOf(joints, map.of(motion::findJoint(part).value())), bone) << part;
}

TEST(BoneMapGuess, KnowsMixamo) {
    const std::string m = "mixamorig:";
    Bones bones{{m + "Hips", "-"},
                {m + "Spine", m + "Hips"},
                {m + "Spine1", m + "Spine"},
                {m + "Spine2", m + "Spine1"},
                {m + "Neck", m + "Spine2"},
                {m + "Head", m + "Neck"},
                {m + "HeadTop_End", m + "Head"}};
    const std::pair<std::string, std::string> sides{"Left", "Right"};
    addLimb(bones, m + "Spine2", {m + "#Shoulder", m + "#Arm", m + "#ForeArm", m + "#Hand"}, sides);
    addLimb(bones, m + "Hips",
            {m + "#UpLeg", m + "#Leg", m + "#Foot", m + "#ToeBase", m + "#Toe_End"}, sides);
    for (const std::string finger : {"Thumb", "Index", "Middle", "Ring", "Pinky"})
        addLimb(bones, m + "#Hand",
                {m + "#Hand" + finger + "1", m + "#Hand" + finger + "2", m + "#Hand" + finger + "3",
                 m + "#Hand" + finger + "4"},
                sides);
    const auto joints = skeleton(bones);
    const BoneMap map = guessBoneMap(joints);
    expectParts(joints, map,
                {{"pelvis", m + "Hips"},
                 {"left_collar", m + "LeftShoulder"},
                 {"left_shoulder", m + "LeftArm"},
                 {"right_elbow", m + "RightForeArm"},
                 {"right_wrist", m + "RightHand"},
                 {"left_hip", m + "LeftUpLeg"},
                 {"left_knee", m + "LeftLeg"},
                 {"left_ankle", m + "LeftFoot"},
                 {"left_foot", m + "LeftToeBase"},
                 {"head", m + "Head"},
                 {"left_thumb1", m + "LeftHandThumb1"},
                 {"right_pinky3", m + "RightHandPinky3"}});
    EXPECT_THAT(namesOf(joints, map.spine), ElementsAre(m + "Spine", m + "Spine1", m + "Spine2"));
    EXPECT_THAT(namesOf(joints, map.neck), ElementsAre(m + "Neck"));
    EXPECT_EQ(map.root, BoneMap::kNone);
}

TEST(BoneMapGuess, KnowsUnreal) {
    Bones bones{{"root", "-"},
                {"pelvis", "root"},
                {"spine_01", "pelvis"},
                {"spine_02", "spine_01"},
                {"spine_03", "spine_02"},
                {"spine_04", "spine_03"},
                {"spine_05", "spine_04"},
                {"neck_01", "spine_05"},
                {"neck_02", "neck_01"},
                {"head", "neck_02"},
                {"ik_foot_root", "root"},
                {"ik_foot_l", "ik_foot_root"},
                {"ik_hand_root", "root"},
                {"ik_hand_l", "ik_hand_root"}};
    const std::pair<std::string, std::string> sides{"l", "r"};
    addLimb(bones, "spine_05", {"clavicle_#", "upperarm_#", "lowerarm_#", "hand_#"}, sides);
    addLimb(bones, "upperarm_#", {"upperarm_twist_01_#"}, sides);
    addLimb(bones, "pelvis", {"thigh_#", "calf_#", "foot_#", "ball_#"}, sides);
    for (const std::string finger : {"index", "middle", "ring", "pinky"})
        addLimb(bones, "hand_#",
                {finger + "_metacarpal_#", finger + "_01_#", finger + "_02_#", finger + "_03_#"},
                sides);
    addLimb(bones, "hand_#", {"thumb_01_#", "thumb_02_#", "thumb_03_#"}, sides);
    const auto joints = skeleton(bones);
    const BoneMap map = guessBoneMap(joints);
    expectParts(joints, map,
                {{"pelvis", "pelvis"},
                 {"left_collar", "clavicle_l"},
                 {"right_shoulder", "upperarm_r"},
                 {"left_elbow", "lowerarm_l"},
                 {"left_wrist", "hand_l"},
                 {"right_knee", "calf_r"},
                 {"right_ankle", "foot_r"},
                 {"right_foot", "ball_r"},
                 {"left_index1", "index_01_l"},
                 {"left_thumb3", "thumb_03_l"},
                 {"jaw", "-"}});
    EXPECT_EQ(map.spine.size(), 5U);
    EXPECT_THAT(namesOf(joints, map.neck), ElementsAre("neck_01", "neck_02"));
    EXPECT_EQ(nameOf(joints, map.root), "root");
}

TEST(BoneMapGuess, KnowsVrm) {
    const std::string c = "J_Bip_C_";
    Bones bones{{"Root", "-"},
                {c + "Hips", "Root"},
                {c + "Spine", c + "Hips"},
                {c + "Chest", c + "Spine"},
                {c + "UpperChest", c + "Chest"},
                {c + "Neck", c + "UpperChest"},
                {c + "Head", c + "Neck"}};
    const std::pair<std::string, std::string> sides{"L", "R"};
    addLimb(bones, c + "Head", {"J_Adj_#_FaceEye"}, sides);
    addLimb(bones, c + "UpperChest",
            {"J_Bip_#_Shoulder", "J_Bip_#_UpperArm", "J_Bip_#_LowerArm", "J_Bip_#_Hand"}, sides);
    addLimb(bones, c + "Hips",
            {"J_Bip_#_UpperLeg", "J_Bip_#_LowerLeg", "J_Bip_#_Foot", "J_Bip_#_ToeBase"}, sides);
    addLimb(bones, "J_Bip_#_Hand", {"J_Bip_#_Little1", "J_Bip_#_Little2", "J_Bip_#_Little3"},
            sides);
    const auto joints = skeleton(bones);
    const BoneMap map = guessBoneMap(joints);
    expectParts(joints, map,
                {{"pelvis", c + "Hips"},
                 {"left_collar", "J_Bip_L_Shoulder"},
                 {"left_shoulder", "J_Bip_L_UpperArm"},
                 {"left_knee", "J_Bip_L_LowerLeg"},
                 {"left_eye_smplhf", "J_Adj_L_FaceEye"},
                 {"right_pinky2", "J_Bip_R_Little2"}});
    EXPECT_THAT(namesOf(joints, map.spine),
                ElementsAre(c + "Spine", c + "Chest", c + "UpperChest"));
    EXPECT_EQ(nameOf(joints, map.root), "Root");
}

TEST(BoneMapGuess, KnowsVrmsHumanoidNames) {
    Bones bones{{"hips", "-"},     {"spine", "hips"}, {"chest", "spine"},
                {"neck", "chest"}, {"head", "neck"},  {"jaw", "head"}};
    const std::pair<std::string, std::string> sides{"left", "right"};
    addLimb(bones, "chest", {"#Shoulder", "#UpperArm", "#LowerArm", "#Hand"}, sides);
    addLimb(bones, "hips", {"#UpperLeg", "#LowerLeg", "#Foot", "#Toes"}, sides);
    addLimb(bones, "#Hand", {"#ThumbMetacarpal", "#ThumbProximal", "#ThumbDistal"}, sides);
    addLimb(bones, "#Hand", {"#LittleProximal", "#LittleIntermediate", "#LittleDistal"}, sides);
    const auto joints = skeleton(bones);
    expectParts(joints, guessBoneMap(joints),
                {{"left_thumb1", "leftThumbMetacarpal"},
                 {"left_thumb3", "leftThumbDistal"},
                 {"right_pinky1", "rightLittleProximal"},
                 {"jaw", "jaw"},
                 {"left_foot", "leftToes"}});
}

Bones rigify(const std::string& prefix) {
    Bones bones{{prefix + "spine", "-"}};
    for (int i = 1; i <= 6; ++i)
        bones.emplace_back(prefix + "spine.00" + std::to_string(i),
                           prefix + (i == 1 ? "spine" : "spine.00" + std::to_string(i - 1)));
    return bones;
}

TEST(BoneMapGuess, KnowsTheMetarigOfRigify) {
    Bones bones = rigify("");
    const std::pair<std::string, std::string> sides{"L", "R"};
    addLimb(bones, "spine.003", {"shoulder.#", "upper_arm.#", "forearm.#", "hand.#"}, sides);
    addLimb(bones, "hand.#", {"palm.01.#", "f_index.01.#", "f_index.02.#", "f_index.03.#"}, sides);
    addLimb(bones, "hand.#", {"palm.02.#", "thumb.01.#"}, sides);
    addLimb(bones, "spine", {"pelvis.#"}, sides);
    addLimb(bones, "spine", {"thigh.#", "shin.#", "foot.#", "toe.#"}, sides);
    addLimb(bones, "foot.#", {"heel.02.#"}, sides);
    const auto joints = skeleton(bones);
    const BoneMap map = guessBoneMap(joints);
    expectParts(joints, map,
                {{"pelvis", "spine"},
                 {"head", "spine.006"},
                 {"left_collar", "shoulder.L"},
                 {"right_shoulder", "upper_arm.R"},
                 {"left_knee", "shin.L"},
                 {"left_foot", "toe.L"},
                 {"left_index2", "f_index.02.L"}});
    EXPECT_THAT(namesOf(joints, map.spine), ElementsAre("spine.001", "spine.002", "spine.003"));
    EXPECT_THAT(namesOf(joints, map.neck), ElementsAre("spine.004", "spine.005"));
}

TEST(BoneMapGuess, KnowsDeformingBonesOfRigifyThatHangFromControls) {
    Bones bones{{"root", "-"}, {"ORG-spine", "root"}, {"ORG-spine.003", "ORG-spine"}};
    for (const auto& [bone, parent] : rigify("DEF-"))
        bones.emplace_back(bone, parent == "-" ? "ORG-spine" : parent);
    const std::pair<std::string, std::string> sides{"L", "R"};
    addLimb(bones, "ORG-spine.003", {"ORG-shoulder.#", "DEF-shoulder.#"}, sides);
    addLimb(bones, "ORG-shoulder.#",
            {"DEF-upper_arm.#", "DEF-upper_arm.#.001", "DEF-forearm.#", "DEF-forearm.#.001",
             "DEF-hand.#"},
            sides);
    addLimb(bones, "ORG-spine",
            {"DEF-thigh.#", "DEF-thigh.#.001", "DEF-shin.#", "DEF-shin.#.001", "DEF-foot.#",
             "DEF-toe.#"},
            sides);
    const auto joints = skeleton(bones);
    const BoneMap map = guessBoneMap(joints);
    expectParts(joints, map,
                {{"pelvis", "DEF-spine"},
                 {"head", "DEF-spine.006"},
                 {"left_shoulder", "DEF-upper_arm.L"},
                 {"left_elbow", "DEF-forearm.L"},
                 {"right_hip", "DEF-thigh.R"},
                 {"right_foot", "DEF-toe.R"}});
    EXPECT_THAT(namesOf(joints, map.spine),
                ElementsAre("DEF-spine.001", "DEF-spine.002", "DEF-spine.003"));
    EXPECT_THAT(namesOf(joints, map.neck), ElementsAre("DEF-spine.004", "DEF-spine.005"));
}

TEST(BoneMapGuess, KnowsCharacterCreator) {
    const std::string b = "CC_Base_";
    Bones bones{{b + "BoneRoot", "-"},
                {b + "Hip", b + "BoneRoot"},
                {b + "Pelvis", b + "Hip"},
                {b + "Waist", b + "Hip"},
                {b + "Spine01", b + "Waist"},
                {b + "Spine02", b + "Spine01"},
                {b + "NeckTwist01", b + "Spine02"},
                {b + "NeckTwist02", b + "NeckTwist01"},
                {b + "Head", b + "NeckTwist02"},
                {b + "JawRoot", b + "Head"}};
    const std::pair<std::string, std::string> sides{"L", "R"};
    addLimb(bones, b + "Spine02",
            {b + "#_Clavicle", b + "#_Upperarm", b + "#_Forearm", b + "#_Hand", b + "#_Mid1"},
            sides);
    addLimb(bones, b + "#_Upperarm", {b + "#_UpperarmTwist01"}, sides);
    addLimb(bones, b + "Pelvis", {b + "#_Thigh", b + "#_Calf", b + "#_Foot", b + "#_ToeBase"},
            sides);
    const auto joints = skeleton(bones);
    const BoneMap map = guessBoneMap(joints);
    expectParts(joints, map,
                {{"pelvis", b + "Hip"},
                 {"left_shoulder", b + "L_Upperarm"},
                 {"left_middle1", b + "L_Mid1"},
                 {"jaw", b + "JawRoot"},
                 {"right_foot", b + "R_ToeBase"}});
    EXPECT_THAT(namesOf(joints, map.spine), ElementsAre(b + "Waist", b + "Spine01", b + "Spine02"));
    EXPECT_THAT(namesOf(joints, map.neck), ElementsAre(b + "NeckTwist01", b + "NeckTwist02"));
}

TEST(BoneMapGuess, KnowsSmplXAndBipeds) {
    std::vector<SceneJoint> ours;
    for (std::size_t j = 0; j < motion::kJointCount; ++j) {
        SceneJoint joint;
        joint.name = std::string(motion::jointNames()[j]);
        joint.parent = motion::jointParents()[j];
        ours.push_back(joint);
    }
    const BoneMap map = guessBoneMap(ours);
    for (int j = 0; j < motion::kJointCount; ++j)
        if (j != 3 && j != 6 && j != 9 && j != motion::kNeck) {
            EXPECT_EQ(map.of(j), j);
        }
    EXPECT_THAT(map.spine, ElementsAre(3, 6, 9));
    EXPECT_THAT(map.neck, ElementsAre(12));

    const std::string b = "Bip001 ";
    Bones bones{{"Bip001", "-"},
                {b + "Pelvis", "Bip001"},
                {b + "Spine", b + "Pelvis"},
                {b + "Spine1", b + "Spine"},
                {b + "Neck", b + "Spine1"},
                {b + "Head", b + "Neck"}};
    const std::pair<std::string, std::string> sides{"L", "R"};
    addLimb(bones, b + "Neck", {b + "# Clavicle", b + "# UpperArm", b + "# Forearm", b + "# Hand"},
            sides);
    addLimb(bones, b + "# Hand", {b + "# Finger0", b + "# Finger01", b + "# Finger02"}, sides);
    addLimb(bones, b + "# Hand", {b + "# Finger1", b + "# Finger11", b + "# Finger12"}, sides);
    addLimb(bones, b + "Pelvis", {b + "# Thigh", b + "# Calf", b + "# Foot", b + "# Toe0"}, sides);
    const auto biped = skeleton(bones);
    const BoneMap guess = guessBoneMap(biped);
    expectParts(biped, guess,
                {{"pelvis", b + "Pelvis"},
                 {"left_thumb1", b + "L Finger0"},
                 {"left_thumb2", b + "L Finger01"},
                 {"right_index3", b + "R Finger12"},
                 {"left_foot", b + "L Toe0"}});
    EXPECT_THAT(namesOf(biped, guess.spine), ElementsAre(b + "Spine", b + "Spine1"));
    EXPECT_THAT(namesOf(biped, guess.neck), ElementsAre(b + "Neck"));
}

TEST(BoneMapGuess, NamesWhatIsMissing) {
    const auto joints = skeleton({{"Bone", "-"}, {"Bone.001", "Bone"}});
    const Status complete = checkBoneMap(guessBoneMap(joints), joints);
    ASSERT_FALSE(complete.ok());
    EXPECT_THAT(complete.error().message(),
                AllOf(HasSubstr("left_knee"), HasSubstr("--print-map")));
}

class BoneMapFile : public ::testing::Test {
protected:
    BoneMapFile() {
        for (std::size_t j = 0; j < motion::kJointCount; ++j) {
            SceneJoint joint;
            joint.name = std::string(motion::jointNames()[j]);
            joint.parent = motion::jointParents()[j];
            joints.push_back(joint);
        }
    }
    std::string message(const std::string& text) const {
        const auto map = parseBoneMap(text, joints);
        return map ? "" : map.error().message();
    }
    std::vector<SceneJoint> joints;
};

TEST_F(BoneMapFile, SurvivesBeingWrittenAndRead) {
    const BoneMap map = guessBoneMap(joints);
    const auto again = parseBoneMap(boneMapJson(map, joints), joints);
    ASSERT_TRUE(again.ok()) << again.error().message();
    EXPECT_EQ(*again, map);
}

TEST_F(BoneMapFile, SaysWhatIsWrong) {
    const std::string head = R"({"format": "gesture-bone-map", "version": 1, )";
    EXPECT_THAT(message("[]"), HasSubstr("no JSON object"));
    EXPECT_THAT(message(std::string(100'000, '[')), HasSubstr("no JSON object"));
    EXPECT_THAT(message(R"({"format": "gesture-bone-map", "version": 2})"), HasSubstr("version"));
    EXPECT_THAT(message(head + R"("bones": {"pelvis": "tail"}})"), HasSubstr("'tail'"));
    EXPECT_THAT(message(head + R"("bones": {"tail": "pelvis"}})"), HasSubstr("no part 'tail'"));
    EXPECT_THAT(message(head + R"("spine": 3})"), HasSubstr("not a list"));
    EXPECT_THAT(message(head + R"("root": 3})"), HasSubstr("not the name of a bone"));
    EXPECT_THAT(message(head + R"("bones": {}})"), HasSubstr("none for pelvis"));
    std::string twice = boneMapJson(guessBoneMap(joints), joints);
    twice.replace(twice.find("\"left_wrist\": \"left_wrist\""), 26, "\"left_wrist\": \"head\"");
    EXPECT_THAT(message(twice), HasSubstr("twice"));
}

} // namespace
} // namespace gesture::interchange
