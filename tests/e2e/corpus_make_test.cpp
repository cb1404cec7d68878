// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/cli.h"
#include "tests/support/temporary_folder.h"

namespace gesture {
namespace {

using test::jsonLineWith;
using test::runGesture;

TEST(CorpusMakeCommand, MakesAClipAndThenHasNothingToDo) {
    const test::TemporaryFolder folder;
    const std::string corpus = (folder / "corpus").string();
    const std::vector<std::string> command = {"--json",    "corpus", "make",       corpus,
                                              "--minutes", "0.6",    "--speakers", "3"};
    const auto first = runGesture(command);
    ASSERT_EQ(first.exitStatus, 0) << first.text;
    EXPECT_EQ(jsonLineWith(first, "corpus")["madeNow"], 1);
    EXPECT_EQ(jsonLineWith(runGesture(command), "corpus")["madeNow"], 0);
    const auto motion = io::readMotionFile(folder / "corpus/smplxflame_30/3_awb_0_1_1.npz");
    EXPECT_TRUE(motion.ok()) << motion.error().message();
}

TEST(CorpusMakeCommand, SaysWhatIsWrongWithItsArguments) {
    EXPECT_EQ(runGesture({"corpus", "make"}).exitStatus, 2);
    EXPECT_EQ(runGesture({"corpus", "make", "--sheet", "sheet.jpeg"}).exitStatus, 2);
    EXPECT_EQ(runGesture({"corpus", "make", "x", "--speakers", "11"}).exitStatus, 2);
}

} // namespace
} // namespace gesture
