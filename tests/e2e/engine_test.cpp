// SPDX-License-Identifier: Apache-2.0
// generate, analyse and edit with the real engine and networks of the smallest sizes.
#include "core/io/npz.h"
#include "tests/e2e/cli.h"
#include "tests/support/scoped_variable.h"
#include "tests/support/temporary_folder.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

namespace gesture {
namespace {

namespace fs = std::filesystem;

const fs::path kDemo = fs::path(GESTURE_TEST_SOURCE) / "resources" / "demo";

std::string bytesOf(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// A tiny bundle, a cache of its own, and the demo's voice with its words.
class EngineCommands : public testing::Test {
protected:
    EngineCommands()
        : cache_("XDG_CACHE_HOME", (folder_ / "cache").string())
        , data_("GESTURE_DATA", (folder_ / "data").string()) {}

    std::string bundle(const std::string& architecture) {
        const fs::path folder = folder_ / architecture;
        const auto made =
            runProgram({fs::path(GESTURE_TEST_BINARIES) / "tiny_bundle", {architecture, folder}},
                       std::chrono::minutes(1));
        EXPECT_TRUE(made.ok() && made->exitStatus == 0) << (made ? made->text : "");
        return folder.string();
    }

    /// `gesture` with what all commands here share.
    ProgramOutput run(std::vector<std::string> arguments) {
        for (const std::string& more :
             {std::string("--threads"), std::string("1"), std::string("--device"),
              std::string("cpu"), std::string("--transcript"), (kDemo / "voice.TextGrid").string()})
            arguments.push_back(more);
        return test::runGesture(arguments);
    }

    std::string generate(const std::string& bundleFolder, const std::string& name) {
        const std::string path = (folder_ / name).string();
        const auto output = run({"generate", voice_, "-m", bundleFolder, "-o", path});
        EXPECT_EQ(output.exitStatus, 0) << output.text;
        return path;
    }

    test::TemporaryFolder folder_;
    test::ScopedVariable cache_;
    test::ScopedVariable data_;
    std::string voice_ = (kDemo / "voice.flac").string();
};

TEST_F(EngineCommands, GenerateMakesMotionAsLongAsTheSpeechAndTheSameTwice) {
    const std::string tiny = bundle("semtalk");
    const std::string first = generate(tiny, "first.npz");
    const auto clip = io::readMotionFile(first);
    ASSERT_TRUE(clip.ok()) << clip.error().message();
    EXPECT_NEAR(clip->duration().value, 15.45, 1.0 / 30);
    const auto provenance = io::readMotionProvenance(first);
    ASSERT_TRUE(provenance.ok());
    const auto record = nlohmann::json::parse(*provenance);
    EXPECT_EQ(record["made"], "generate");
    EXPECT_EQ(record["audio"], "voice.flac");
    EXPECT_EQ(record["words"], 48);
    EXPECT_EQ(bytesOf(generate(tiny, "second.npz")), bytesOf(first));
}

TEST_F(EngineCommands, TakesDifferAndAreNumbered) {
    const auto output = run({"generate", voice_, "-m", bundle("echomask"), "-o",
                             folder_ / "take.npz", "--takes", "2", "--temperature", "1.5"});
    ASSERT_EQ(output.exitStatus, 0) << output.text;
    EXPECT_TRUE(fs::exists(folder_ / "take-1.npz"));
    EXPECT_NE(bytesOf(folder_ / "take-1.npz"), bytesOf(folder_ / "take-2.npz"));
}

TEST_F(EngineCommands, AnalyseWritesArraysTablesAndFigures) {
    const std::string tiny = bundle("echomask");
    const std::string motion = generate(tiny, "motion.npz");
    const auto output = run({"analyse", voice_, "--motion", motion, "-m", tiny, "-o",
                             folder_ / "analysis", "--hop", "60"});
    ASSERT_EQ(output.exitStatus, 0) << output.text;
    for (const char* name : {"attention.npz", "attention.json", "importance.csv", "tokens.npz",
                             "overview.svg", "overview.pdf", "overview.png", "attention-hands.pdf"})
        EXPECT_TRUE(fs::exists(folder_ / "analysis" / name)) << name;
    const auto npz = io::NpzReader::open(folder_ / "analysis" / "attention.npz");
    ASSERT_TRUE(npz.ok());
    const auto* maps = npz->find("maps");
    ASSERT_NE(maps, nullptr);
    EXPECT_EQ(maps->shape.size(), 6U);
    EXPECT_EQ(maps->shape.back(), 64U);
    EXPECT_NE(bytesOf(folder_ / "analysis" / "overview.svg").find(">Dashwood<"), std::string::npos);
}

TEST_F(EngineCommands, SemanticScoreComesFromSemTalk) {
    const auto output =
        run({"analyse", voice_, "-m", bundle("semtalk"), "-o", folder_ / "analysis"});
    ASSERT_EQ(output.exitStatus, 0) << output.text;
    const std::string table = bytesOf(folder_ / "analysis" / "semantic.csv");
    EXPECT_EQ(std::count(table.begin(), table.end(), '\n'), 1 + 116);
}

TEST_F(EngineCommands, EditKeepsEveryByteOutsideOfItsMask) {
    const std::string tiny = bundle("emage");
    const std::string motion = generate(tiny, "motion.npz");
    const auto output = run({"edit", motion, "--audio", voice_, "-m", tiny, "--mask",
                             "hands@words:Dashwood;all:300f-330f", "--temperature", "2", "-o",
                             folder_ / "edited.npz"});
    ASSERT_EQ(output.exitStatus, 0) << output.text;
    const auto before = io::readMotionFile(motion);
    const auto after = io::readMotionFile(folder_ / "edited.npz");
    ASSERT_TRUE(before.ok() && after.ok());
    ASSERT_EQ(after->frameCount(), before->frameCount());
    int changed = 0;
    for (FrameIndex frame{0}; frame.value < before->frameCount(); frame = frame + 1) {
        const bool same = std::ranges::equal(before->pose(frame), after->pose(frame));
        const bool word = frame.value >= 29 && frame.value < 48; // 0.99 to 1.57 s
        const bool range = frame.value >= 300 && frame.value < 330;
        EXPECT_TRUE(same || word || range) << frame.value;
        changed += same ? 0 : 1;
    }
    EXPECT_GT(changed, 30);
}

TEST_F(EngineCommands, EditGoesThroughPosesAndPlaces) {
    const std::string tiny = bundle("echomask");
    const std::string motion = generate(tiny, "motion.npz");
    const std::string pose = (kDemo / "greeting.npz").string();
    const auto output = run({"edit", motion, "--audio", voice_, "-m", tiny, "--mask",
                             "all:60f-90f;loss:top10%", "--pose", "upper@70f=" + pose + "@12f",
                             "--hand", "left@80f=0.25,1.2,0.35", "-o", folder_ / "edited.npz"});
    ASSERT_EQ(output.exitStatus, 0) << output.text;
    const auto after = io::readMotionFile(folder_ / "edited.npz");
    const auto pinned = io::readMotionFile(pose);
    ASSERT_TRUE(after.ok() && pinned.ok());
    for (const int joint : motion::jointsOf(motion::BodyPart::Upper))
        EXPECT_TRUE(std::ranges::equal(after->pose({70}).subspan(3U * joint, 3),
                                       pinned->pose({12}).subspan(3U * joint, 3)))
            << joint;
    const auto provenance = io::readMotionProvenance(folder_ / "edited.npz");
    ASSERT_TRUE(provenance.ok());
    EXPECT_EQ(nlohmann::json::parse(*provenance)["hands"][0]["frame"], 80);
}

TEST_F(EngineCommands, TargetsThatCannotBeReadSayHowTheyAreWritten) {
    const std::string tiny = bundle("echomask");
    const std::string pose = (kDemo / "greeting.npz").string();
    for (const auto& [option, text, said] :
         {std::tuple{"--pose", std::string("1.5"), "TIME=FILE.npz"},
          {"--pose", "feet@1=" + pose, "TIME=FILE.npz"},
          {"--pose", "1=" + pose + "@9999f", "has"},
          {"--hand", std::string("left@1=0,1"), "metres"},
          {"--hand", std::string("middle@1=0,1,2"), "metres"},
          {"--hand", std::string("left@1=0,1,nan"), "metres"}}) {
        const auto output = run({"edit", pose, "--audio", voice_, "-m", tiny, "--mask", "all:1-2",
                                 option, text, "-o", folder_ / "edited.npz"});
        EXPECT_EQ(output.exitStatus, 1) << text;
        EXPECT_NE(output.text.find(said), std::string::npos) << output.text;
    }
    EXPECT_FALSE(fs::exists(folder_ / "edited.npz"));
}

TEST_F(EngineCommands, EvaluateTakesFeaturesFromTheBundle) {
    const std::string tiny = bundle("semtalk");
    const std::string motion = generate(tiny, "motion.npz");
    const auto evaluate = [&](const std::string& mode, const std::string& model) {
        const auto output =
            test::runGesture({"evaluate", motion, "--reference", motion, "--mode", mode, "-m",
                              model, "--device", "cpu", "--threads", "1", "--json"});
        EXPECT_EQ(output.exitStatus, 0) << output.text;
        return test::jsonLineWith(output, "clips")["all"];
    };
    const auto standard = evaluate("standard", tiny);
    EXPECT_NEAR(standard["metrics"]["fgd"].get<double>(), 0.0, 1e-6);
    EXPECT_NE(standard["remarks"]["fgd"].get<std::string>().find("only 28 features"),
              std::string::npos);
    EXPECT_TRUE(evaluate("paper", tiny)["metrics"].contains("fgd"));
    const auto without = evaluate("paper", bundle("emage"));
    EXPECT_FALSE(without["metrics"].contains("fgd"));
    EXPECT_NE(without["remarks"]["fgd"].get<std::string>().find("no motion_features network"),
              std::string::npos);
}

TEST_F(EngineCommands, WithoutABundleItSaysHowToGetOne) {
    const test::ScopedVariable resources("GESTURE_RESOURCES", (folder_ / "nothing").string());
    const auto output = run({"generate", voice_, "-o", folder_ / "out.npz"});
    EXPECT_EQ(output.exitStatus, 4) << output.text;
    EXPECT_NE(output.text.find("No bundle is installed"), std::string::npos) << output.text;
}

TEST_F(EngineCommands, TheNetworksThatShipMakeMotionWithoutBeingNamed) {
    const fs::path out = folder_ / "out.npz";
    const auto output = run({"generate", voice_, "-o", out, "--still"});
    ASSERT_EQ(output.exitStatus, 0) << output.text;
    const auto clip = io::readMotionFile(out);
    ASSERT_TRUE(clip.ok()) << clip.error().message();
    EXPECT_EQ(clip->expressionSpace(), motion::ExpressionSpace::Arkit52);
    // Somebody who talks: arms and jaw move, ankles hardly do.
    const auto travel = [&](int joint) {
        double sum = 0;
        for (std::int64_t f = 1; f < clip->frameCount(); ++f)
            for (std::size_t axis = 0; axis < 3; ++axis) {
                const auto at = static_cast<std::size_t>(joint) * 3 + axis;
                sum += std::abs(clip->pose({f})[at] - clip->pose({f - 1})[at]);
            }
        return sum / clip->duration().value; // radians a second
    };
    EXPECT_GT(travel(motion::kRightElbow) + travel(motion::kLeftElbow), 0.2);
    EXPECT_GT(travel(motion::kJaw), 0.1);
    EXPECT_LT(travel(motion::kLeftAnkle), 0.5);
}

TEST_F(EngineCommands, BadInputGetsASentenceAndLeavesNothing) {
    const std::string tiny = bundle("echomask");
    const std::string motion = generate(tiny, "motion.npz");
    const std::string out = (folder_ / "out.npz").string();
    struct Case {
        std::vector<std::string> arguments;
        int status;
        std::string says;
    };
    const std::vector<Case> cases{
        {{"generate", voice_, "-m", "nowhere", "-o", out}, 1, "neither a folder"},
        {{"generate", "absent.wav", "-m", tiny, "-o", out}, 1, "There is no file"},
        {{"generate", voice_, "-m", tiny, "-o", folder_ / "out.xyz"}, 2, "motion is written as"},
        {{"generate", voice_, "-m", tiny, "-o", out, "--speaker", "70"}, 1, "Speaker 70"},
        {{"generate", motion, "-m", tiny, "-o", out}, 1, "motion.npz"},
        {{"edit", motion, "--audio", voice_, "-m", tiny, "-o", out, "--mask", "hand:1-2"},
         1,
         "hand"},
        {{"edit", motion, "--audio", voice_, "-m", tiny, "-o", out, "--mask", "all:90-91"},
         1,
         "90"},
        {{"edit", motion, "--audio", voice_, "-m", tiny, "-o", out, "--mask", "words:zebra"},
         1,
         "zebra"},
        {{"edit", motion, "--audio", voice_, "-m", tiny, "-o", out, "--mask", "semantic>0.5"},
         1,
         "semantic"}};
    for (const Case& bad : cases) {
        const auto output = run(bad.arguments);
        EXPECT_EQ(output.exitStatus, bad.status) << output.text;
        EXPECT_NE(output.text.find(bad.says), std::string::npos)
            << bad.says << " is not in: " << output.text;
        EXPECT_FALSE(fs::exists(out));
    }
}

TEST_F(EngineCommands, ABundleIsCheckedInFull) {
    const std::string tiny = bundle("semtalk");
    const auto whole = test::runGesture({"bundle", "check", tiny, "--json"});
    EXPECT_EQ(whole.exitStatus, 0) << whole.text;
    EXPECT_EQ(test::jsonLineWith(whole, "networks")["usable"], true);
    const auto info = test::jsonLineWith(
        test::runGesture({"info", tiny, tiny + "/base.safetensors", "--json"}), "kind");
    EXPECT_EQ(info["kind"], "bundle");
    EXPECT_EQ(info["architecture"], "semtalk");
    EXPECT_EQ(test::jsonLineWith(test::runGesture({"info", tiny + "/base.safetensors", "--json"}),
                                 "kind")["network"],
              "semtalk_base");
    // The wrong file in a place, with the right hash.
    fs::copy_file(fs::path(tiny) / "base.safetensors", fs::path(tiny) / "sparse.safetensors",
                  fs::copy_options::overwrite_existing);
    EXPECT_EQ(test::runGesture({"bundle", "check", tiny}).exitStatus, 1);
    ASSERT_EQ(test::runGesture({"bundle", "pack", tiny}).exitStatus, 0);
    const auto wrong = test::runGesture({"bundle", "check", tiny});
    EXPECT_EQ(wrong.exitStatus, 1);
    EXPECT_NE(wrong.text.find("sparse.safetensors"), std::string::npos) << wrong.text;
}

} // namespace
} // namespace gesture
