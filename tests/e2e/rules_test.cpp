// SPDX-License-Identifier: Apache-2.0
// Motion without a network, and networks measured against it.
#include "core/base/atomic_file.h"
#include "tests/e2e/cli.h"
#include "tests/support/scoped_variable.h"
#include "tests/support/temporary_folder.h"

namespace gesture {
namespace {

namespace fs = std::filesystem;
using test::runGesture;

const fs::path kDemo = fs::path(GESTURE_TEST_SOURCE) / "resources" / "demo";

TEST(RuleCommand, RulesMakeMotionWithoutABundle) {
    const test::TemporaryFolder folder;
    const std::string voice = (kDemo / "voice.flac").string();
    const std::string motion = (folder / "motion.npz").string();
    const auto output =
        runGesture({"generate", voice, "-m", "rules", "-o", motion, "--transcript",
                    (kDemo / "voice.TextGrid").string(), "--speaker", "2", "--verify"});
    ASSERT_EQ(output.exitStatus, 0) << output.text;
    EXPECT_NE(output.text.find("by rules"), std::string::npos) << output.text;
    const auto clip = io::readMotionFile(motion);
    ASSERT_TRUE(clip.ok()) << clip.error().message();
    EXPECT_NEAR(clip->duration().value, 15.45, 1.0 / 30);
    EXPECT_EQ(clip->expressionSpace(), motion::ExpressionSpace::Arkit52);
    const auto provenance = io::readMotionProvenance(motion);
    ASSERT_TRUE(provenance.ok());
    EXPECT_EQ(nlohmann::json::parse(*provenance)["bundle"], "rules");
}

TEST(RuleCommand, SpeakersThatRulesDoNotKnowAreRefused) {
    const test::TemporaryFolder folder;
    const auto output = runGesture({"generate", (kDemo / "voice.flac").string(), "-m", "rules",
                                    "-o", (folder / "motion.npz").string(), "--speaker", "10"});
    EXPECT_EQ(output.exitStatus, 1);
    EXPECT_NE(output.text.find("there are 0 to 9"), std::string::npos) << output.text;
    EXPECT_FALSE(fs::exists(folder / "motion.npz"));
}

TEST(BenchmarkCommand, ComparesNetworksWithRulesAndTheTruth) {
    const test::TemporaryFolder folder;
    const test::ScopedVariable cache("XDG_CACHE_HOME", (folder / "cache").string());
    const std::string corpus = (folder / "corpus").string();
    const auto made =
        runGesture({"corpus", "make", corpus, "--minutes", "1.2", "--speakers", "2,3"});
    ASSERT_EQ(made.exitStatus, 0) << made.text;
    const fs::path tiny = folder / "tiny";
    const auto bundle =
        runProgram({fs::path(GESTURE_TEST_BINARIES) / "tiny_bundle", {"echomask", tiny.string()}},
                   std::chrono::minutes(1));
    ASSERT_TRUE(bundle.ok() && bundle->exitStatus == 0);
    const auto output =
        runGesture({"--json", "benchmark", "ablation", corpus, "-m", tiny.string(), "--split",
                    "test-voice", "--clips", "1", "-o", (folder / "table.csv").string()});
    ASSERT_EQ(output.exitStatus, 0) << output.text;
    const auto rows = test::jsonLineWith(output, "rows")["rows"];
    ASSERT_EQ(rows.size(), 6U) << output.text;
    EXPECT_EQ(rows[0]["name"], "truth");
    EXPECT_NEAR(rows[0]["hand_correlation"].get<double>(), 1.0, 1e-6);
    EXPECT_EQ(rows[1]["name"], "tiny");
    EXPECT_TRUE(rows[1].contains("attention_auc")) << rows[1].dump();
    EXPECT_EQ(rows[5]["name"], "mean pose");
    EXPECT_NEAR(rows[5]["wrist_acceleration"].get<double>(), 0.0, 1e-4);
    const auto table = readTextFile(folder / "table.csv", std::size_t{1} << 16);
    ASSERT_TRUE(table.ok());
    EXPECT_EQ(std::count(table->begin(), table->end(), '\n'), 7);
}

} // namespace
} // namespace gesture
