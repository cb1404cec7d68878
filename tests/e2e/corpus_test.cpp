// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/cli.h"
#include "tests/support/temporary_folder.h"
#include "tests/training/data/corpus_maker.h"

#include <gtest/gtest.h>

namespace gesture {
namespace {

using test::jsonLineWith;
using test::runGesture;

TEST(CorpusCommand, CheckSaysWhatThereIs) {
    const test::TemporaryFolder folder;
    test::makeBeat2Corpus(folder.path());
    const auto output = runGesture({"corpus", "check", folder.path().string()});
    EXPECT_EQ(output.exitStatus, 0) << output.text;
    EXPECT_NE(output.text.find("layout beat2, 6 clips"), std::string::npos) << output.text;
    const auto some =
        runGesture({"corpus", "check", folder.path().string(), "--speakers", "30", "--json"});
    EXPECT_EQ(jsonLineWith(some, "layout")["clips"], 1);
}

TEST(CorpusCommand, BadClipsAreNamedAndFail) {
    const test::TemporaryFolder folder;
    test::makeBeat2Corpus(folder.path());
    test::writeText(folder / "smplxflame_30/2_scott_0_2_2.npz", "no zip");
    const auto output = runGesture({"corpus", "check", folder.path().string(), "--json"});
    EXPECT_EQ(output.exitStatus, 1);
    const auto json = jsonLineWith(output, "bad");
    ASSERT_EQ(json["bad"].size(), 1U);
    EXPECT_EQ(json["bad"][0]["id"], "2_scott_0_2_2");
    EXPECT_EQ(json["splits"]["train"]["clips"], 3);
    EXPECT_EQ(runGesture({"corpus", "check", (folder / "nowhere").string()}).exitStatus, 1);
    EXPECT_EQ(runGesture({"corpus", "check"}).exitStatus, 2);
}

} // namespace
} // namespace gesture
