// SPDX-License-Identifier: Apache-2.0
#include "core/base/atomic_file.h"
#include "core/motion/average_skeleton.h"
#include "core/motion/forward_kinematics.h"
#include "tests/e2e/cli.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <map>
#include <string>

namespace gesture::test {
namespace {

using Eigen::Vector3d;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

const fs::path kSource = GESTURE_TEST_SOURCE;

/// Runs a script of ours in Blender; empty text where there is no Blender.
std::string blender(const std::string& script, const std::vector<std::string>& arguments) {
    std::vector<std::string> all{"-b",
                                 "--factory-startup",
                                 "-noaudio",
                                 "--python-exit-code",
                                 "3",
                                 "-P",
                                 (kSource / "tests/e2e/blender" / script).string(),
                                 "--"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    const auto run = runProgram({"/usr/bin/blender", all}, std::chrono::minutes(3));
    return run && run->exitStatus == 0 ? run->text : std::string();
}

motion::SkeletonPose sourcePose(const motion::Clip& clip, std::int64_t frame) {
    const auto moved = clip.translation({frame});
    return motion::forwardKinematics(motion::localRotations(clip.pose({frame})),
                                     motion::averageRestJoints(), {moved[0], moved[1], moved[2]});
}

/// Bones by the joint of SMPL-X that they are.
using Bones = std::map<std::string, std::string>;

const Bones kRigify{{"left_shoulder", "upper_arm.L"}, {"left_elbow", "forearm.L"},
                    {"left_wrist", "hand.L"},         {"right_shoulder", "upper_arm.R"},
                    {"right_elbow", "forearm.R"},     {"right_wrist", "hand.R"},
                    {"left_ankle", "foot.L"},         {"right_ankle", "foot.R"}};
const Bones kMixamo{
    {"left_shoulder", "mixamorig:LeftArm"},    {"left_elbow", "mixamorig:LeftForeArm"},
    {"left_wrist", "mixamorig:LeftHand"},      {"right_shoulder", "mixamorig:RightArm"},
    {"right_elbow", "mixamorig:RightForeArm"}, {"right_wrist", "mixamorig:RightHand"},
    {"left_ankle", "mixamorig:LeftFoot"},      {"right_ankle", "mixamorig:RightFoot"}};

class RetargetInBlender : public ::testing::Test {
protected:
    void SetUp() override {
        if (!fs::exists("/usr/bin/blender")) GTEST_SKIP() << "Blender is not installed.";
        if (blender("make_rigs.py", {folder.path().string()}).empty())
            GTEST_SKIP() << "Blender cannot make the characters here (no NumPy or no Rigify).";
    }

    /// Retargets the demo motion and holds what Blender sees against the source.
    void check(const std::string& rig, const std::string& output, const Bones& bones) {
        const fs::path motion = kSource / "resources/demo/greeting.npz";
        const auto run = runGesture({"retarget", motion.string(), "--to", (folder / rig).string(),
                                     "-o", (folder / output).string()});
        ASSERT_EQ(run.exitStatus, 0) << run.text;
        const std::string text =
            blender("bone_places.py", {(folder / output).string(), "0,20,45,70"});
        const std::size_t at = text.find("places ");
        ASSERT_NE(at, std::string::npos) << text;
        const auto places =
            nlohmann::json::parse(text.substr(at + 7, text.find('\n', at) - at - 7));
        const auto clip = io::readMotionFile(motion);
        ASSERT_TRUE(clip.ok());
        for (const std::int64_t frame : {0, 20, 45, 70})
            compare(places, *clip, frame, bones);
    }

    static void compare(const nlohmann::json& places, const motion::Clip& clip, std::int64_t frame,
                        const Bones& bones) {
        constexpr double kDegrees = 1.0;
        constexpr double kStep = 0.004; // metres; feet that stand
        const auto at = [&](std::int64_t when, const std::string& joint) {
            const auto& place = places.at(std::to_string(when)).at(bones.at(joint));
            return Vector3d(place.at(0), place.at(1), place.at(2));
        };
        const auto source = [&](std::int64_t when, const std::string& joint) {
            return Vector3d(sourcePose(clip, when)
                                .positions[static_cast<std::size_t>(*motion::findJoint(joint))]
                                .cast<double>());
        };
        for (const std::string side : {"left_", "right_"}) {
            for (const auto& [from, to] :
                 {std::pair("shoulder", "elbow"), std::pair("elbow", "wrist")}) {
                const Vector3d seen = at(frame, side + to) - at(frame, side + from);
                const Vector3d wanted = source(frame, side + to) - source(frame, side + from);
                const double cosine = seen.normalized().dot(wanted.normalized());
                EXPECT_GT(cosine, std::cos(kDegrees * 3.14159 / 180)) << side << from << frame;
            }
            const Vector3d step = at(frame, side + "ankle") - at(0, side + "ankle");
            const Vector3d wanted = source(frame, side + "ankle") - source(0, side + "ankle");
            EXPECT_LT((step - wanted).norm(), kStep + 0.3 * wanted.norm()) << side << frame;
        }
    }

    TemporaryFolder folder;
};

TEST_F(RetargetInBlender, GoesOntoTheHumanOfRigify) { check("rigify.fbx", "out.fbx", kRigify); }

TEST_F(RetargetInBlender, GoesOntoAnAPoseWithMixamosNames) {
    check("mixamo.fbx", "out.glb", kMixamo);
    check("mixamo.glb", "out.fbx", kMixamo);
}

TEST(RetargetCommand, SaysWhatIsMissing) {
    const TemporaryFolder folder;
    const std::string motion = (kSource / "resources/demo/greeting.npz").string();
    const auto noOutput = runGesture({"retarget", motion, "--to", "a.fbx"});
    EXPECT_EQ(noOutput.exitStatus, 2) << noOutput.text;
    const auto wrongName = runGesture({"retarget", motion, "--to", "a.fbx", "-o", "b.obj"});
    EXPECT_EQ(wrongName.exitStatus, 2);
    EXPECT_THAT(wrongName.text, HasSubstr(".fbx or .glb"));
    const auto noRig = runGesture({"retarget", motion, "--to", (folder / "a.fbx").string(), "-o",
                                   (folder / "b.fbx").string()});
    EXPECT_EQ(noRig.exitStatus, 1);
    EXPECT_THAT(noRig.text, HasSubstr("a.fbx"));
    ASSERT_TRUE(writeTextAtomically(folder / "a.fbx", "nonsense").ok());
    const auto damaged = runGesture({"retarget", motion, "--to", (folder / "a.fbx").string(), "-o",
                                     (folder / "b.fbx").string()});
    EXPECT_EQ(damaged.exitStatus, 1);
    EXPECT_THAT(damaged.text, HasSubstr("cannot be read"));
    EXPECT_EQ(folder.entryCount(), 1);
}

TEST(ImportCommand, MakesAMotionFileOfABvh) {
    const TemporaryFolder folder;
    ASSERT_TRUE(writeTextAtomically(folder / "a.bvh", "HIERARCHY\nROOT Hips\n{\nOFFSET 0 0 0\n"
                                                      "CHANNELS 3 Zrotation Xrotation Yrotation\n"
                                                      "}\nMOTION\nFrames: 1\nFrame Time: 0.04\n"
                                                      "0 0 0\n")
                    .ok());
    const auto bones =
        runGesture({"import", (folder / "a.bvh").string(), "-o", (folder / "a.npz").string()});
    EXPECT_EQ(bones.exitStatus, 1);
    EXPECT_THAT(bones.text, HasSubstr("--print-map"));
    const auto map = runGesture({"import", (folder / "a.bvh").string(), "--print-map"});
    EXPECT_EQ(map.exitStatus, 0) << map.text;
    EXPECT_THAT(map.text, HasSubstr("gesture-bone-map"));
}

} // namespace
} // namespace gesture::test
