// SPDX-License-Identifier: Apache-2.0
#include "core/base/atomic_file.h"
#include "core/motion/procedural_clip.h"
#include "tests/e2e/cli.h"
#include "tests/support/temporary_folder.h"

#include <algorithm>

namespace gesture {
namespace {

using test::runGesture;

class ExportCommand : public ::testing::Test {
protected:
    void SetUp() override {
        motion_ = folder_ / "greeting.npz";
        ASSERT_TRUE(io::writeMotionFile(motion_, motion::makeGreetingClip()).ok());
    }
    std::string out(const std::string& name) const { return (folder_ / name).string(); }
    std::string contents(const std::string& name) const {
        return readTextFile(folder_ / name, 1 << 28).value();
    }

    test::TemporaryFolder folder_;
    std::filesystem::path motion_;
};

TEST_F(ExportCommand, EveryFormatIsWrittenAtOnce) {
    const auto output = runGesture({"export", motion_.string(),  "-o",      out("a.fbx"),
                                    "-o",     out("a.glb"),      "-o",      out("a.bvh"),
                                    "-o",     out("b.npz"),      "-o",      out("a.arkit.csv"),
                                    "-o",     out("a.face.csv"), "-o",      out("a.joints.csv"),
                                    "-o",     out("a.json"),     "--range", "0-2",
                                    "--json"});
    ASSERT_EQ(output.exitStatus, 0) << output.text;
    EXPECT_EQ(folder_.entryCount(), 9);
    EXPECT_EQ(test::jsonLineWith(output, "output")["frames"], 60);
    EXPECT_EQ(contents("a.fbx").substr(0, 18), "Kaydara FBX Binary");
    EXPECT_EQ(contents("a.glb").substr(0, 4), "glTF");
    EXPECT_NE(contents("a.bvh").find("Frames: 60\nFrame Time: 0.033333333"), std::string::npos);
    EXPECT_EQ(io::readMotionFile(folder_ / "b.npz")->frameCount(), 60);
    EXPECT_EQ(contents("a.arkit.csv").find("Timecode,BlendShapeCount,EyeBlinkLeft,EyeLookDownLeft"),
              0U);
    EXPECT_NE(contents("a.joints.csv").find("left_wrist x (m)"), std::string::npos);
    const auto json = nlohmann::json::parse(contents("a.json"));
    EXPECT_EQ(json["motion"].size(), 60U);
    EXPECT_EQ(json["motion"][0]["joints"].size(), 7U * 55U);
    EXPECT_EQ(json["motion"][0]["face"].size(), 52U);
}

TEST_F(ExportCommand, TheSameRequestGivesTheSameBytes) {
    for (const char* name : {"a", "b"}) {
        const auto output =
            runGesture({"export", motion_.string(), "-o", out(std::string(name) + ".fbx"), "-o",
                        out(std::string(name) + ".glb"), "--fps", "24"});
        ASSERT_EQ(output.exitStatus, 0) << output.text;
    }
    EXPECT_EQ(contents("a.fbx"), contents("b.fbx"));
    EXPECT_EQ(contents("a.glb"), contents("b.glb"));
}

TEST_F(ExportCommand, MotionFilesAreWrittenAtTheRateThatAddOnsTake) {
    const auto output = runGesture({"export", motion_.string(), "-o", out("a.npz"), "--fps", "24"});
    ASSERT_EQ(output.exitStatus, 0) << output.text;
    EXPECT_NE(output.text.find("multiples of 30"), std::string::npos) << output.text;
    const auto clip = io::readMotionFile(folder_ / "a.npz");
    ASSERT_TRUE(clip.ok());
    EXPECT_EQ(clip->rate(), (FrameRate{30, 1}));
    const auto original = motion::makeGreetingClip();
    EXPECT_TRUE(std::ranges::equal(clip->poses(), original.poses()));
}

TEST_F(ExportCommand, UnrealGetsItsNamesAndARoot) {
    const auto output = runGesture({"export", motion_.string(), "-o", out("a.bvh"), "--unreal"});
    ASSERT_EQ(output.exitStatus, 0) << output.text;
    EXPECT_EQ(contents("a.bvh").find("HIERARCHY\nROOT root\n"), 0U);
    EXPECT_NE(contents("a.bvh").find("JOINT upperarm_l"), std::string::npos);
}

TEST_F(ExportCommand, SlipsAreNamedBeforeAnythingIsWritten) {
    struct Slip {
        std::vector<std::string> arguments;
        int status;
        std::string word;
    };
    const std::vector<Slip> slips{{{"-o", out("a.dae")}, 2, ".fbx"},
                                  {{"-o", out("a.fbx"), "--names", "maya"}, 2, "mixamo"},
                                  {{"-o", out("a.fbx"), "--fps", "500"}, 2, "120"},
                                  {{"-o", out("a.fbx"), "--for", "toaster"}, 2, "unreal"},
                                  {{"-o", out("a.fbx"), "--segments"}, 2, ".gesture"},
                                  {{"-o", out("a.fbx"), "-o", out("a.fbx")}, 2, "twice"},
                                  {{"-o", out("a.fbx"), "--range", "5-100"}, 1, "frames 0 to"},
                                  {{"-o", out("no/such/folder/a.fbx")}, 1, "Nothing was changed"}};
    for (const Slip& slip : slips) {
        std::vector<std::string> arguments{"export", motion_.string()};
        arguments.insert(arguments.end(), slip.arguments.begin(), slip.arguments.end());
        const auto output = runGesture(arguments);
        EXPECT_EQ(output.exitStatus, slip.status) << output.text;
        EXPECT_NE(output.text.find(slip.word), std::string::npos) << output.text;
    }
    EXPECT_EQ(folder_.entryCount(), 1);
    EXPECT_EQ(runGesture({"export", out("absent.npz"), "-o", out("a.fbx")}).exitStatus, 1);
}

} // namespace
} // namespace gesture
