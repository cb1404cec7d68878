// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/fbx/fbx_writer.h"

#include "core/base/atomic_file.h"
#include "core/base/paths.h"
#include "core/base/process.h"
#include "core/interchange/file_names.h"
#include "core/interchange/scene_pose.h"
#include "tests/support/foreign_rig.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace gesture::interchange {
namespace {

/// What the other reader should find.
nlohmann::json expectation(const Scene& scene) {
    const SceneAnimation& motion = scene.animations.at(0);
    nlohmann::json json{{"fps", motion.framesPerSecond},
                        {"frame_count", motion.frames},
                        {"time_mode", fbxTimeMode(motion.framesPerSecond)}};
    const auto names = jointFileNames(scene);
    for (std::int64_t frame = 0; frame < motion.frames; frame += 7) {
        const auto joints = worldFromJoints(scene, motion, frame);
        for (std::size_t j = 0; j < joints.size(); ++j) {
            const Eigen::Vector3f at = joints[j].translation();
            json["frames"][std::to_string(frame)][names[j]] = {at.x(), at.y(), at.z()};
        }
    }
    return json;
}

std::filesystem::path write(const Scene& scene, const std::filesystem::path& path) {
    JobControl control;
    const Status written = writeFbx(scene, path, control);
    EXPECT_TRUE(written.ok()) << (written.ok() ? "" : written.error().message());
    return path;
}

class FbxWriter : public ::testing::Test {
protected:
    /// Writes the scene and lets the other reader judge it.
    void expectSound(const Scene& scene) {
        if (!findProgram("python3")) GTEST_SKIP() << "The program 'python3' is not installed.";
        const auto file = write(scene, folder_ / "a.fbx");
        const auto expected = folder_ / "a.json";
        ASSERT_TRUE(writeTextAtomically(expected, expectation(scene).dump()).ok());
        const std::string script =
            std::string(GESTURE_TEST_SOURCE) + "/tests/core/interchange/check_fbx.py";
        auto output = runProgram({"python3", {script, file.string(), expected.string()}},
                                 std::chrono::seconds(30));
        ASSERT_TRUE(output.ok());
        EXPECT_EQ(output->exitStatus, 0) << output->text;
    }
    test::TemporaryFolder folder_;
};

TEST_F(FbxWriter, AnotherReaderFindsTheSceneSound) { expectSound(test::foreignRig()); }

TEST_F(FbxWriter, LongTurnsDoNotJump) { expectSound(test::foreignRig(400)); }

TEST_F(FbxWriter, OneFrameIsEnough) { expectSound(test::foreignRig(1)); }

TEST_F(FbxWriter, RatesThatHaveNoNumberAreCustom) {
    EXPECT_EQ(fbxTimeMode(24), 11);
    EXPECT_EQ(fbxTimeMode(25), 10);
    EXPECT_EQ(fbxTimeMode(30), 6);
    EXPECT_EQ(fbxTimeMode(60), 3);
    EXPECT_EQ(fbxTimeMode(120), 1);
    EXPECT_EQ(fbxTimeMode(30000.0 / 1001.0), 14);
    expectSound(test::foreignRig(50, 30000.0 / 1001.0));
    expectSound(test::foreignRig(50, 24));
}

TEST_F(FbxWriter, ASkeletonAloneIsSound) {
    Scene scene = test::foreignRig();
    scene.meshes.clear();
    scene.materials.clear();
    expectSound(scene);
}

TEST_F(FbxWriter, AMeshThatFollowsNothingIsSound) {
    Scene scene = test::foreignRig();
    scene.meshes[0].influences.clear();
    scene.meshes[0].triangleMaterials.clear();
    scene.materials[0].baseColourPng = {1, 2, 3};
    expectSound(scene);
}

TEST_F(FbxWriter, SameSceneSameBytesAndNothingLeftAfterAFailure) {
    EXPECT_EQ(readTextFile(write(test::foreignRig(), folder_ / "a.fbx"), 1 << 24).value(),
              readTextFile(write(test::foreignRig(), folder_ / "b.fbx"), 1 << 24).value());
    std::stop_source source;
    source.request_stop();
    JobControl stopped(source.get_token(), {});
    EXPECT_FALSE(writeFbx(test::foreignRig(), folder_ / "c.fbx", stopped).ok());
    Scene broken = test::foreignRig();
    broken.joints[0].parent = 3;
    JobControl control;
    EXPECT_FALSE(writeFbx(broken, folder_ / "c.fbx", control).ok());
    EXPECT_EQ(folder_.entryCount(), 2);
}

} // namespace
} // namespace gesture::interchange
