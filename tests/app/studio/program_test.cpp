// SPDX-License-Identifier: Apache-2.0
// gesture-studio as it is started, in a virtual X server with OpenGL by software.
#include "core/io/motion_file.h"
#include "render/image.h"
#include "tests/app/studio/studio_program.h"
#include "tests/app/studio/test_clip.h"
#include "tests/app/studio/test_sound.h"
#include "tests/support/temporary_folder.h"

#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>
#include <set>

namespace gesture {
namespace {

class ProgramTest : public ::testing::Test {
protected:
    void SetUp() override {
        if (!test::hasDisplay()) GTEST_SKIP() << "xvfb-run is not installed.";
        ASSERT_TRUE(io::writeMotionFile(folder / "clip.npz", *test::clipOf(90)).ok());
        test::writeSine(folder / "clip.wav", 16000, 3);
    }
    std::string file(const std::string& name) { return (folder / name).string(); }

    test::TemporaryFolder folder;
};

/// Distinct colours in a part of a picture; a flat or missing view has few.
std::size_t coloursIn(const render::Image& image, int x, int y, int width, int height) {
    std::set<std::uint32_t> colours;
    for (int row = y; row < y + height; ++row) {
        for (int column = x; column < x + width; ++column) {
            const std::uint8_t* const pixel = image.at(column, row);
            colours.insert(static_cast<std::uint32_t>(pixel[0] << 16 | pixel[1] << 8 | pixel[2]));
        }
    }
    return colours.size();
}

TEST_F(ProgramTest, ShowsTheBodyInEveryThemeAndSize) {
    for (const std::string& theme : {std::string("dark"), std::string("light")}) {
        for (const auto& [width, height] : {std::pair{1600, 1000}, std::pair{1280, 720}}) {
            const auto size = std::to_string(width) + "x" + std::to_string(height);
            const auto output =
                test::runStudio(folder, {file("clip.npz"), "--theme", theme, "--size", size,
                                         "--frame", "30", "--screenshot", file("picture.png")});
            ASSERT_EQ(output.exitStatus, 0) << output.text;
            const auto image = render::readPng(folder / "picture.png");
            ASSERT_TRUE(image.ok());
            EXPECT_EQ(image->width, width);
            EXPECT_EQ(image->height, height);
            // The body stands in the middle of the view.
            EXPECT_GT(coloursIn(*image, width / 2 - 60, 120, 120, 200), 200U) << theme << size;
        }
    }
}

TEST_F(ProgramTest, StartsAndPlaysWithoutOpenGl) {
    const auto output =
        test::runStudio(folder, {file("clip.npz"), "--screenshot", file("picture.png")},
                        {"QT_XCB_GL_INTEGRATION=none"});
    ASSERT_EQ(output.exitStatus, 0) << output.text;
    EXPECT_TRUE(render::readPng(folder / "picture.png").ok());
}

TEST_F(ProgramTest, CarriesOutScripts) {
    std::ofstream(folder / "script.jsonl")
        << "{\"open\": [\"" << file("clip.npz") << "\"]}\n{\"wait\": \"loaded\"}\n"
        << "{\"do\": \"view.camFace\"}\n{\"seek\": 12}\n{\"do\": \"play.in\"}\n"
        << "{\"screenshot\": \"" << file("script.png") << "\"}\n";
    const auto output = test::runStudio(folder, {"--script", file("script.jsonl")});
    EXPECT_EQ(output.exitStatus, 0) << output.text;
    EXPECT_TRUE(std::filesystem::exists(folder / "script.png"));
}

TEST_F(ProgramTest, LostContextsLeaveTheSamePicture) {
    constexpr int kLosses = 4; // each compiles all shaders again, a second without a graphics card
    std::ofstream script(folder / "script.jsonl");
    script << "{\"open\": [\"" << file("clip.npz") << "\"]}\n{\"wait\": \"loaded\"}\n"
           << "{\"screenshot\": \"" << file("before.png") << "\"}\n";
    for (int i = 0; i < kLosses; ++i) {
        script << "{\"loseContext\": true}\n";
    }
    script << "{\"screenshot\": \"" << file("after.png") << "\"}\n";
    script.close();
    const auto output =
        test::runStudio(folder, {"--size", "1280x720", "--script", file("script.jsonl")});
    ASSERT_EQ(output.exitStatus, 0) << output.text;
    const auto before = render::readPng(folder / "before.png");
    const auto after = render::readPng(folder / "after.png");
    ASSERT_TRUE(before.ok() && after.ok());
    const auto aboveStatusBar = static_cast<std::ptrdiff_t>(4) * 1280 * (720 - 27);
    EXPECT_TRUE(std::equal(before->pixels.begin(), before->pixels.begin() + aboveStatusBar,
                           after->pixels.begin()));
}

TEST_F(ProgramTest, AScriptThatNamesNoActionFails) {
    std::ofstream(folder / "script.jsonl") << "{\"do\": \"make.coffee\"}\n";
    const auto output = test::runStudio(folder, {"--script", file("script.jsonl")});
    EXPECT_EQ(output.exitStatus, 1);
    EXPECT_NE(output.text.find("make.coffee"), std::string::npos) << output.text;
}

TEST(Program, ToldNonsenseEndsWithStatusTwo) {
    const auto output = runProgram({GESTURE_TEST_BINARIES "/gesture-studio", {"--theme", "blue"}},
                                   test::kProgramLimit);
    ASSERT_TRUE(output.ok());
    EXPECT_EQ(output->exitStatus, 2);
}

TEST(Program, IsNotLinkedToTorch) {
    const auto output = test::runTool("ldd", {GESTURE_TEST_BINARIES "/gesture-studio"});
    EXPECT_NE(output.text.find("libQt6Widgets"), std::string::npos);
    EXPECT_EQ(output.text.find("libtorch"), std::string::npos);
    EXPECT_EQ(output.text.find("libc10"), std::string::npos);
}

} // namespace
} // namespace gesture
