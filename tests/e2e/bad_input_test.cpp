// SPDX-License-Identifier: Apache-2.0
// Bad input gets one sentence and the documented exit code, and leaves nothing behind.
#include "core/base/atomic_file.h"
#include "core/io/npz.h"
#include "tests/e2e/cli.h"
#include "tests/support/temporary_folder.h"

#include <algorithm>
#include <limits>

namespace gesture {
namespace {

using test::runGesture;

/// Lines of the output that are not empty.
long lineCount(const std::string& text) { return std::count(text.begin(), text.end(), '\n'); }

class BadInput : public ::testing::Test {
protected:
    /// Renders `input`; it must fail with `status`, one line that names `word`, and no output file.
    void expectRefused(const std::filesystem::path& input, int status, const std::string& word) {
        const auto picture = folder_ / "out.png";
        const int before = folder_.entryCount();
        const auto output = runGesture(
            {"render", input.string(), "-o", picture.string(), "--frame", "0", "--size", "64x64"});
        EXPECT_EQ(output.exitStatus, status) << output.text;
        EXPECT_EQ(lineCount(output.text), 1) << output.text;
        EXPECT_NE(output.text.find(word), std::string::npos) << output.text;
        EXPECT_EQ(folder_.entryCount(), before);
    }

    std::filesystem::path writeArrays(const std::string& name, std::vector<std::size_t> poseShape,
                                      std::vector<std::size_t> translationShape,
                                      float value = 0.0F) {
        const auto array = [&](std::vector<std::size_t> shape) {
            std::size_t count = 1;
            for (const std::size_t n : shape)
                count *= n;
            const std::vector<float> values(count, value);
            return io::NpyArray::from<float>(values, std::move(shape));
        };
        const auto path = folder_ / name;
        const std::vector<std::int32_t> rate{30};
        EXPECT_TRUE(
            io::writeNpz(path, {{"poses", array(std::move(poseShape))},
                                {"trans", array(std::move(translationShape))},
                                {"mocap_frame_rate", io::NpyArray::from<std::int32_t>(rate, {})}})
                .ok());
        return path;
    }

    test::TemporaryFolder folder_;
};

TEST_F(BadInput, MissingFile) { expectRefused(folder_ / "nowhere.npz", 1, "nowhere.npz"); }

TEST_F(BadInput, EmptyFile) {
    ASSERT_TRUE(writeTextAtomically(folder_ / "empty.npz", "").ok());
    expectRefused(folder_ / "empty.npz", 1, "empty.npz");
}

TEST_F(BadInput, TruncatedMotion) {
    const auto whole = folder_ / "whole.npz";
    ASSERT_TRUE(io::writeMotionFile(whole, test::standingClip(30)).ok());
    const std::string bytes = readTextFile(whole, 1 << 20).value();
    ASSERT_TRUE(writeTextAtomically(folder_ / "cut.npz", bytes.substr(0, bytes.size() / 2)).ok());
    expectRefused(folder_ / "cut.npz", 1, "cut.npz");
}

TEST_F(BadInput, WrongPoseColumns) {
    expectRefused(writeArrays("wrong.npz", {4, 72}, {4, 3}), 1, "poses");
}

TEST_F(BadInput, UnequalLengths) {
    expectRefused(writeArrays("unequal.npz", {4, 165}, {5, 3}), 1, "trans");
}

TEST_F(BadInput, NoFrames) {
    expectRefused(writeArrays("none.npz", {0, 165}, {0, 3}), 1, "none.npz");
}

TEST_F(BadInput, PosesThatAreNotNumbers) {
    const float nan = std::numeric_limits<float>::quiet_NaN();
    expectRefused(writeArrays("nan.npz", {4, 165}, {4, 3}, nan), 1, "nan.npz");
}

TEST_F(BadInput, AvatarWithMissingKeys) {
    const auto motion = folder_ / "stand.npz";
    ASSERT_TRUE(io::writeMotionFile(motion, test::standingClip(2)).ok());
    const auto avatar = folder_ / "avatar.npz";
    const std::vector<float> vertices(30);
    ASSERT_TRUE(
        io::writeNpz(avatar, {{"v_template", io::NpyArray::from<float>(vertices, {10, 3})}}).ok());
    const auto output = runGesture({"render", motion.string(), "-o", (folder_ / "out.png").string(),
                                    "--frame", "0", "--avatar", avatar.string()});
    EXPECT_EQ(output.exitStatus, 1) << output.text;
    EXPECT_NE(output.text.find("avatar.npz"), std::string::npos) << output.text;
    EXPECT_NE(output.text.find("'f'"), std::string::npos) << output.text;
    EXPECT_FALSE(std::filesystem::exists(folder_ / "out.png"));
}

TEST_F(BadInput, UnwritableOutput) {
    const auto motion = folder_ / "stand.npz";
    ASSERT_TRUE(io::writeMotionFile(motion, test::standingClip(2)).ok());
    const auto output = runGesture({"render", motion.string(), "-o",
                                    (folder_ / "missing" / "out.png").string(), "--frame", "0"});
    EXPECT_EQ(output.exitStatus, 1) << output.text;
    EXPECT_NE(output.text.find("out.png"), std::string::npos) << output.text;
}

TEST_F(BadInput, FrameBeyondTheEnd) {
    const auto motion = folder_ / "stand.npz";
    ASSERT_TRUE(io::writeMotionFile(motion, test::standingClip(2)).ok());
    const auto output = runGesture(
        {"render", motion.string(), "-o", (folder_ / "out.png").string(), "--frame", "2"});
    EXPECT_EQ(output.exitStatus, 1) << output.text;
    EXPECT_NE(output.text.find("0 to 1"), std::string::npos) << output.text;
}

TEST_F(BadInput, UnknownOutputFormat) {
    const auto motion = folder_ / "stand.npz";
    ASSERT_TRUE(io::writeMotionFile(motion, test::standingClip(2)).ok());
    const auto output =
        runGesture({"render", motion.string(), "-o", (folder_ / "out.xyz").string()});
    EXPECT_EQ(output.exitStatus, 2) << output.text;
    EXPECT_NE(output.text.find(".mp4"), std::string::npos) << output.text;
}

TEST_F(BadInput, WrongUsageExitsWithTwo) {
    EXPECT_EQ(runGesture({"no-such-command"}).exitStatus, 2);
    EXPECT_EQ(runGesture({"render"}).exitStatus, 2);
    EXPECT_EQ(runGesture({"--help"}).exitStatus, 0);
    EXPECT_EQ(runGesture({"--version"}).exitStatus, 0);
}

} // namespace
} // namespace gesture
