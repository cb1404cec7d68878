// SPDX-License-Identifier: Apache-2.0
// Projects on the command line, with the real engine and networks of the smallest sizes.
#include "tests/e2e/cli.h"
#include "tests/support/scoped_variable.h"
#include "tests/support/temporary_folder.h"

#include <algorithm>
#include <fstream>

namespace gesture {
namespace {

namespace fs = std::filesystem;

const fs::path kDemo = fs::path(GESTURE_TEST_SOURCE) / "resources" / "demo";

class ProjectCommands : public testing::Test {
protected:
    ProjectCommands()
        : cache_("XDG_CACHE_HOME", (folder_ / "cache").string())
        , data_("GESTURE_DATA", (folder_ / "data").string()) {}

    void SetUp() override {
        const auto made =
            runProgram({fs::path(GESTURE_TEST_BINARIES) / "tiny_bundle", {"echomask", bundle_}},
                       std::chrono::minutes(1));
        ASSERT_TRUE(made.ok() && made->exitStatus == 0) << (made ? made->text : "");
        fs::copy_file(kDemo / "voice.flac", voice_);
        const auto output =
            engine({"generate", voice_, "-o", project_, "--transcript",
                    (kDemo / "voice.TextGrid").string(), "--takes", "2", "--temperature", "1"});
        ASSERT_EQ(output.exitStatus, 0) << output.text;
    }

    /// A command that asks the engine.
    ProgramOutput engine(std::vector<std::string> arguments) {
        for (const char* more : {"-m", bundle_.c_str(), "--threads", "1", "--device", "cpu"})
            arguments.emplace_back(more);
        return test::runGesture(arguments);
    }

    nlohmann::json info() {
        return test::jsonLineWith(test::runGesture({"--json", "info", project_}), "takes");
    }

    test::TemporaryFolder folder_;
    test::ScopedVariable cache_;
    test::ScopedVariable data_;
    std::string bundle_ = (folder_ / "tiny").string();
    std::string voice_ = (folder_ / "voice.flac").string();
    std::string project_ = (folder_ / "line.gesture").string();
};

TEST_F(ProjectCommands, GenerateMakesOneThatHoldsItsTakes) {
    const auto project = info();
    EXPECT_EQ(project["kind"], "project");
    EXPECT_EQ(project["words"], 48);
    ASSERT_EQ(project["takes"].size(), 2U);
    EXPECT_EQ(project["takes"][0]["name"], "1");
    EXPECT_EQ(project["takes"][1]["provenance"]["seed"], 1);
    EXPECT_TRUE(project["takes"][1]["chosen"]);
    const auto check = test::runGesture({"project", "check", project_});
    EXPECT_EQ(check.exitStatus, 0) << check.text;

    const auto again = engine({"generate", voice_, "-o", project_});
    EXPECT_EQ(again.exitStatus, 2) << again.text;
    EXPECT_NE(again.text.find("is there already"), std::string::npos);
}

TEST_F(ProjectCommands, EditAddsATakeThatDiffersOnlyInTheMask) {
    const auto edited = engine({"edit", project_, "--mask", "hands:2-3", "--seed", "9", "--take",
                                "1", "--temperature", "1"});
    ASSERT_EQ(edited.exitStatus, 0) << edited.text;
    const auto project = info();
    ASSERT_EQ(project["takes"].size(), 3U);
    EXPECT_EQ(project["takes"][2]["name"], "1.1");
    EXPECT_EQ(project["takes"][2]["parent"], "1");
    EXPECT_EQ(project["takes"][2]["provenance"]["made"], "edit");

    const auto extract = [&](const char* take) {
        const std::string path = (folder_ / (std::string(take) + ".npz")).string();
        const auto output =
            test::runGesture({"project", "extract", project_, "--take", take, "-o", path});
        EXPECT_EQ(output.exitStatus, 0) << output.text;
        return io::readMotionFile(path).value();
    };
    const motion::Clip before = extract("1");
    const motion::Clip after = extract("1.1");
    ASSERT_EQ(before.frameCount(), after.frameCount());
    int changed = 0;
    for (FrameIndex frame{0}; frame.value < before.frameCount(); frame = frame + 1) {
        const bool same = std::ranges::equal(before.pose(frame), after.pose(frame));
        changed += same ? 0 : 1;
        EXPECT_TRUE(same || (frame.value >= 60 && frame.value < 90)) << frame.value;
    }
    EXPECT_GT(changed, 10);
}

TEST_F(ProjectCommands, AnalyseKeepsWhatItFound) {
    const std::string out = (folder_ / "analysis").string();
    const auto output = engine({"analyse", project_, "-o", out});
    ASSERT_EQ(output.exitStatus, 0) << output.text;
    EXPECT_TRUE(fs::exists(fs::path(out) / "attention.npz"));
    EXPECT_TRUE(info()["takes"][1]["analysed"]);
    EXPECT_EQ(test::runGesture({"project", "check", project_}).exitStatus, 0);
}

TEST_F(ProjectCommands, CollectCarriesTheSoundWithTheProject) {
    ASSERT_EQ(test::runGesture({"project", "collect", project_}).exitStatus, 0);
    fs::remove(voice_);
    EXPECT_TRUE(info()["audioInside"]);
    const auto edited = engine({"edit", project_, "--mask", "upper:1-2"});
    EXPECT_EQ(edited.exitStatus, 0) << edited.text;
}

TEST_F(ProjectCommands, MissingSoundsAndTakesAreNamed) {
    fs::remove(voice_);
    const auto edited = engine({"edit", project_, "--mask", "upper:1-2"});
    EXPECT_EQ(edited.exitStatus, 1);
    EXPECT_NE(edited.text.find("is not there any more"), std::string::npos) << edited.text;
    const auto extracted = test::runGesture(
        {"project", "extract", project_, "--take", "7", "-o", (folder_ / "x.npz").string()});
    EXPECT_EQ(extracted.exitStatus, 1);
    EXPECT_NE(extracted.text.find("there is: '1', '2'"), std::string::npos) << extracted.text;
}

TEST_F(ProjectCommands, DamageIsFoundAndSalvaged) {
    {
        std::fstream file(project_, std::ios::binary | std::ios::in | std::ios::out);
        file.seekp(static_cast<std::streamoff>(fs::file_size(project_) / 2));
        const std::string noise(9000, '\x5a');
        file.write(noise.data(), std::ssize(noise));
    }
    const auto check = test::runGesture({"project", "check", project_});
    EXPECT_EQ(check.exitStatus, 1) << check.text;
    const std::string saved = (folder_ / "saved.gesture").string();
    const auto salvage = test::runGesture({"project", "salvage", project_, "-o", saved});
    EXPECT_EQ(salvage.exitStatus, 0) << salvage.text;
    EXPECT_EQ(test::runGesture({"project", "check", saved}).exitStatus, 0);
}

} // namespace
} // namespace gesture
