// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/import/rig_client.h"

#include "core/base/atomic_file.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace gesture::interchange {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class RigClient : public ::testing::Test {
protected:
    void SetUp() override {
        options.program = std::filesystem::path(GESTURE_TEST_BINARIES) / "gesture-import-rig";
        if (!std::filesystem::exists(options.program))
            GTEST_SKIP() << "gesture-import-rig is not built here.";
    }
    /// What reading a file of this content says; empty when it is read.
    std::string messageFor(const std::string& name, const std::string& content) {
        EXPECT_TRUE(writeTextAtomically(folder / name, content).ok());
        JobControl control;
        const auto scene = readRigFile(folder / name, options, control);
        if (scene) return "";
        EXPECT_EQ(exitStatus(scene.error().code()), 1) << scene.error().message();
        return scene.error().message();
    }
    test::TemporaryFolder folder;
    RigOptions options;
};

/// One triangle that follows two nodes, as glTF with its data inside.
std::string smallGltf() {
    return R"({"asset":{"version":"2.0"},"scene":0,"scenes":[{"nodes":[0,2]}],
"nodes":[{"name":"Hips","translation":[0,1,0],"children":[1]},{"name":"Spine","translation":[0,0.5,0]},
{"name":"Body","mesh":0,"skin":0}],
"skins":[{"joints":[0,1],"inverseBindMatrices":3}],
"meshes":[{"primitives":[{"attributes":{"POSITION":0,"JOINTS_0":1,"WEIGHTS_0":2}}]}],
"accessors":[{"bufferView":0,"componentType":5126,"count":3,"type":"VEC3","min":[0,0,0],"max":[1,1,0]},
{"bufferView":1,"componentType":5121,"count":3,"type":"VEC4"},
{"bufferView":2,"componentType":5126,"count":3,"type":"VEC4"},
{"bufferView":3,"componentType":5126,"count":2,"type":"MAT4"}],
"bufferViews":[{"buffer":0,"byteOffset":0,"byteLength":36},{"buffer":0,"byteOffset":36,"byteLength":12},
{"buffer":0,"byteOffset":48,"byteLength":48},{"buffer":0,"byteOffset":96,"byteLength":128}],
"buffers":[{"byteLength":224,"uri":"data:application/octet-stream;base64,@"}]})";
}

std::string base64(const std::string& bytes) {
    constexpr std::string_view kLetters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t word = 0;
        for (std::size_t k = 0; k < 3; ++k)
            word =
                word << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            text += i + k > bytes.size() ? '=' : kLetters[word >> (18 - 6 * k) & 63];
    }
    return text;
}

std::string withBuffer(float spineScale) {
    std::string bytes;
    const auto add = [&](float value) {
        bytes.append(reinterpret_cast<const char*>(&value), sizeof(value));
    };
    for (const float value : {0.F, 0.F, 0.F, 1.F, 0.F, 0.F, 0.F, 1.F, 0.F})
        add(value);
    bytes += std::string("\0\1\0\0\0\1\0\0\0\1\0\0", 12);
    for (int vertex = 0; vertex < 3; ++vertex)
        for (const float weight : {0.5F, 0.5F, 0.F, 0.F})
            add(weight);
    for (const auto& [scale, height] : {std::pair(1.F, -1.F), std::pair(spineScale, -1.5F)})
        for (int i = 0; i < 16; ++i)
            add(i == 13 ? height : i == 15 ? 1.F : i % 5 == 0 ? scale : 0.F);
    std::string text = smallGltf();
    return text.replace(text.find('@'), 1, base64(bytes));
}

TEST_F(RigClient, ReadsBonesInTheirBindPoseWithTheSkin) {
    ASSERT_TRUE(writeTextAtomically(folder / "a.gltf", withBuffer(1)).ok());
    JobControl control;
    const auto scene = readRigFile(folder / "a.gltf", options, control);
    ASSERT_TRUE(scene.ok()) << scene.error().message();
    ASSERT_EQ(scene->joints.size(), 2U);
    EXPECT_EQ(scene->joints[0].name, "Hips");
    EXPECT_EQ(scene->joints[1].parent, 0);
    EXPECT_NEAR(scene->joints[1].restTranslation.y(), 0.5F, 1e-6F);
    ASSERT_EQ(scene->meshes.size(), 1U);
    EXPECT_EQ(scene->meshes.front().influences.front().size(), 2U);
    EXPECT_EQ(scene->meshes.front().triangles.size(), 1U);
}

TEST_F(RigClient, SaysInOneSentenceWhatIsWrong) {
    EXPECT_THAT(messageFor("a.gltf", withBuffer(0)), HasSubstr("bone 'Spine' has no size"));
    EXPECT_THAT(messageFor("a.glb", "nonsense"),
                AllOf(HasSubstr("a.glb"), HasSubstr("cannot be read")));
    EXPECT_THAT(messageFor("a.fbx", ""), HasSubstr("a.fbx"));
    EXPECT_THAT(messageFor("a.fbx", "Kaydara FBX Binary  " + std::string(100, '\0')),
                HasSubstr("a.fbx"));
    EXPECT_THAT(messageFor("a.dae", "<COLLADA version=\"1.4.1\"></COLLADA>"), HasSubstr("a.dae"));
    EXPECT_THAT(
        messageFor("a.gltf", R"({"asset":{"version":"2.0"},"scene":0,"scenes":[{"nodes":[0]}],
"nodes":[{"name":"n"}]})"),
        HasSubstr("no mesh"));
    EXPECT_THAT(
        messageFor("a.gltf", R"({"asset":{"version":"2.0"},"scene":0,"scenes":[{"nodes":[0]}],
"nodes":[{"name":"n","children":[0]}]})"),
        HasSubstr("a.gltf"));
}

TEST_F(RigClient, OpensNoOtherFile) {
    std::string text = smallGltf();
    const std::size_t at = text.find("data:application");
    text.replace(at, text.find('@') + 1 - at, "/etc/passwd");
    EXPECT_THAT(messageFor("a.gltf", text), HasSubstr("cannot be read"));
}

TEST_F(RigClient, SurvivesEveryCut) {
    const std::string text = withBuffer(1);
    for (std::size_t size = 1; size < text.size(); size += text.size() / 12)
        EXPECT_NE(messageFor("a.gltf", text.substr(0, size)), "") << size;
}

TEST_F(RigClient, NamesFilesAndPrograms) {
    JobControl control;
    const auto missing = readRigFile(folder / "a.fbx", options, control);
    EXPECT_EQ(missing.error().code(), ErrorCode::NotFound);
    const auto other = readRigFile(folder / "a.obj", options, control);
    EXPECT_EQ(other.error().code(), ErrorCode::Usage);
    ASSERT_TRUE(writeTextAtomically(folder / "a.fbx", "").ok());
    options.program = folder / "no-program";
    const auto unavailable = readRigFile(folder / "a.fbx", options, control);
    EXPECT_EQ(unavailable.error().code(), ErrorCode::Unavailable);
}

TEST(RigFailure, IsNotTrusted) {
    const Error told = parseRigFailure(rigFailureLine({ErrorCode::LimitExceeded, "Too many."}));
    EXPECT_EQ(told.code(), ErrorCode::LimitExceeded);
    EXPECT_EQ(told.message(), "Too many.");
    EXPECT_EQ(parseRigFailure("").code(), ErrorCode::Internal);
    EXPECT_EQ(parseRigFailure("99 x").code(), ErrorCode::Internal);
    EXPECT_EQ(parseRigFailure("0 \x01\xFF").message(), "??");
}

} // namespace
} // namespace gesture::interchange
