// SPDX-License-Identifier: Apache-2.0
// Exported files as Blender sees them: a strict reader, and the one most users have.
#include "core/base/atomic_file.h"
#include "core/base/paths.h"
#include "core/base/process.h"
#include "core/interchange/bvh/bvh_writer.h"
#include "core/interchange/character_scene.h"
#include "core/interchange/fbx/fbx_writer.h"
#include "core/interchange/file_names.h"
#include "core/interchange/gltf/glb_writer.h"
#include "core/interchange/scene_pose.h"
#include "core/io/motion_file.h"
#include "core/motion/procedural_clip.h"
#include "tests/support/foreign_rig.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <set>

namespace gesture::interchange {
namespace {

using nlohmann::json;

constexpr std::size_t kVertices = 20;
constexpr std::int64_t kFrames = 5;

json place(const Eigen::Vector3f& v) { return {v.x(), v.y(), v.z()}; }

json sampleOf(const Scene& scene, const std::vector<std::string>& names, std::int64_t frame,
              const std::vector<std::size_t>& vertices) {
    const SceneAnimation& motion = scene.animations.at(0);
    json sample{{"frame", frame}, {"weights", json::object()}, {"vertices", json::array()}};
    const auto joints = worldFromJoints(scene, motion, frame);
    for (std::size_t j = 0; j < joints.size(); ++j)
        sample["heads"][names[j]] = place(joints[j].translation());
    if (vertices.empty()) return sample;
    const auto posed = posedVertices(scene, scene.meshes.at(0), motion, frame);
    for (const std::size_t vertex : vertices)
        sample["vertices"].push_back(place(posed[vertex]));
    const std::size_t columns = motion.morphNames.size();
    for (std::size_t m = 0; m < columns; ++m)
        sample["weights"][motion.morphNames[m]] =
            motion.morphWeights[static_cast<std::size_t>(frame) * columns + m];
    return sample;
}

class InBlender : public ::testing::Test {
protected:
    void SetUp() override {
        if (!findProgram("blender")) GTEST_SKIP() << "The program 'blender' is not installed.";
    }

    /// Writes the scene in a format and what Blender should find there.
    void add(const Scene& scene, const std::string& ending) {
        const auto path = folder_ / ("clip" + std::to_string(expectations_.size()) + ending);
        JobControl control;
        const Status written = ending == ".fbx"   ? writeFbx(scene, path, control)
                               : ending == ".bvh" ? writeBvh(scene, path, {}, control)
                                                  : writeGlb(scene, path, {}, control);
        ASSERT_TRUE(written.ok()) << written.error().message();
        const SceneAnimation& motion = scene.animations.at(0);
        const auto names =
            jointFileNames(scene, ending == ".bvh" ? NameRules::NoSpace : NameRules::Plain);
        json expected{{"file", path.string()},
                      {"fps", motion.framesPerSecond},
                      {"frames", motion.frames},
                      {"bones", names},
                      {"rest", json::array()}};
        std::vector<std::size_t> vertices;
        if (ending != ".bvh" && !scene.meshes.empty()) {
            const std::size_t count = scene.meshes[0].positions.size();
            for (std::size_t i = 0; i < kVertices; ++i)
                vertices.push_back(i * count / kVertices);
            for (const std::size_t vertex : vertices)
                expected["rest"].push_back(place(scene.meshes[0].positions[vertex]));
        }
        std::set<std::int64_t> frames;
        for (std::int64_t i = 0; i < kFrames; ++i)
            frames.insert(i * (motion.frames - 1) / (kFrames - 1));
        for (const std::int64_t frame : frames)
            expected["samples"].push_back(sampleOf(scene, names, frame, vertices));
        const auto file = path.string() + ".json";
        ASSERT_TRUE(writeTextAtomically(file, expected.dump()).ok());
        expectations_.push_back(file);
    }

    void addAll(const Scene& scene) {
        for (const char* ending : {".fbx", ".glb", ".bvh"})
            add(scene, ending);
    }

    void check() {
        std::vector<std::string> arguments{"-b",
                                           "--factory-startup",
                                           "-noaudio",
                                           "--python-exit-code",
                                           "3",
                                           "-P",
                                           GESTURE_TEST_SOURCE "/tests/e2e/blender/check.py",
                                           "--"};
        arguments.insert(arguments.end(), expectations_.begin(), expectations_.end());
        auto output = runProgram({"blender", arguments}, std::chrono::seconds(280));
        ASSERT_TRUE(output.ok()) << output.error().message();
        EXPECT_EQ(output->exitStatus, 0) << output->text;
        std::size_t checked = 0;
        for (std::size_t at = 0; (at = output->text.find("checked ", at)) != std::string::npos;
             ++at)
            ++checked;
        EXPECT_EQ(checked, expectations_.size()) << output->text;
    }

    static Scene character(const motion::Clip& clip, const CharacterOptions& options) {
        static const io::Avatar avatar =
            io::readAvatarFile(GESTURE_TEST_SOURCE "/resources/avatar/free-avatar.npz").value();
        JobControl control;
        return characterScene({avatar, std::make_shared<const motion::Clip>(clip), {}, nullptr},
                              options, control)
            .value();
    }

    test::TemporaryFolder folder_;
    std::vector<std::string> expectations_;
};

TEST_F(InBlender, TheGreetingIsWhereItShouldBe) {
    addAll(character(motion::makeGreetingClip(), {}));
    check();
}

TEST_F(InBlender, OtherRatesRangesAndNames) {
    CharacterOptions options;
    options.range = FrameRange{{30}, {75}};
    options.mesh = false;
    for (const FrameRate rate : {FrameRate{24, 1}, FrameRate{30000, 1001}, FrameRate{120, 1}}) {
        options.rate = rate;
        options.names = JointNaming::Mixamo;
        addAll(character(motion::makeGreetingClip(), options));
    }
    options.rate.reset();
    options.range = FrameRange{{60}, {61}};
    options.names = JointNaming::Unreal;
    options.rootBone = true;
    addAll(character(motion::makeGreetingClip(), options));
    check();
}

TEST_F(InBlender, RigsOfOthersKeepTheirTurnedBonesAndNames) {
    Scene scene = test::foreignRig();
    // Blender's importers take one root and bones without scale.
    scene.joints[4].parent = 0;
    scene.joints[2].restScale = 1.0F;
    addAll(scene);
    check();
}

TEST_F(InBlender, ARecordedClipIsWhereItShouldBe) {
    GESTURE_SHARED_DATA_OR_SKIP(path, "2_scott_0_1_1.npz");
    CharacterOptions options;
    options.range = FrameRange{{0}, {300}};
    addAll(character(io::readMotionFile(path).value(), options));
    check();
}

} // namespace
} // namespace gesture::interchange
