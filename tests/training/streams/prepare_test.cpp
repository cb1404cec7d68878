// SPDX-License-Identifier: Apache-2.0
#include "training/commands/prepare_command.h"

#include "tests/core/models/tiny_bundle.h"
#include "tests/support/scoped_variable.h"
#include "tests/support/temporary_folder.h"
#include "tests/training/data/corpus_maker.h"
#include "training/data/window_store.h"
#include "training/streams/bundle_streams.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace gesture::training {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

/// A corpus, a bundle of the smallest networks, and a cache of the test's own.
class PrepareTest : public ::testing::Test {
protected:
    PrepareTest()
        : cache_("XDG_CACHE_HOME", (folder_ / "cache").string()) {}

    void SetUp() override { test::makeBeat2Corpus(folder_ / "corpus"); }

    void writeConfig(const std::string& more) const {
        test::writeText(folder_ / "prepare.yaml", "corpus: corpus\n" + more);
    }
    /// Exit status.
    [[nodiscard]] int run() const {
        JobControl control;
        const auto report = runPrepare({folder_ / "prepare.yaml", folder_ / "store"}, control);
        return report ? 0 : exitStatus(report.error().code());
    }

    test::TemporaryFolder folder_;
    test::ScopedVariable cache_;
};

TEST_F(PrepareTest, ASpeechEncoderIsHeardOnceForEachClip) {
    ASSERT_TRUE(test::writeTinyBundle(io::Architecture::EchoMask, folder_ / "bundle").ok());
    writeConfig("speech_encoder: bundle\ndevice: cpu\nspeakers: [2]\n");
    ASSERT_EQ(run(), 0);
    const auto store = WindowStore::open(folder_ / "store", WindowStore::Verify::Yes);
    ASSERT_TRUE(store.ok()) << store.error().message();
    EXPECT_EQ(store->clips().size(), 5U);
    ASSERT_TRUE(store->streams().contains("speech"));
    ASSERT_TRUE(store->streams().contains("speech_low"));
    const StreamView speech = store->stream(0, "speech");
    EXPECT_EQ(speech.rows(), store->clips()[0].frames);

    JobControl control;
    inference::ComputeOptions compute;
    compute.device = "cpu";
    const auto streams = BundleStreams::load(folder_ / "bundle", compute, control);
    ASSERT_TRUE(streams.ok()) << streams.error().message();
    const auto heard =
        (*streams)->read({folder_ / "corpus/wave16k/2_scott_0_1_1.wav", {}, 150, {}}, control);
    ASSERT_TRUE(heard.ok()) << heard.error().message();
    const StreamValues& values = heard->find("speech")->second;
    EXPECT_EQ(values.width, speech.width);
    ASSERT_GE(values.values.size(), speech.values.size());
    EXPECT_TRUE(
        std::ranges::equal(std::span(values.values).first(speech.values.size()), speech.values));
}

TEST_F(PrepareTest, SentencesHaveARowForEachWindow) {
    ASSERT_TRUE(test::writeTinyBundle(io::Architecture::SemTalk, folder_ / "bundle").ok());
    writeConfig("speech_encoder: bundle\ndevice: cpu\n");
    ASSERT_EQ(run(), 0);
    const auto store = WindowStore::open(folder_ / "store");
    ASSERT_TRUE(store.ok()) << store.error().message();
    if (!store->streams().contains("sentence"))
        GTEST_SKIP() << "The small bundle reads no sentences.";
    EXPECT_EQ(store->stream(0, "sentence").rows(), (store->clips()[0].frames - 64) / 20 + 1);
}

TEST_F(PrepareTest, MistakesInTheConfigurationAreUsage) {
    writeConfig("colour: red\n");
    EXPECT_NE(run(), 0);
    writeConfig("speech_encoder: nowhere\n");
    EXPECT_NE(run(), 0);
    EXPECT_FALSE(fs::exists(folder_ / "store"));
}

TEST(PrepareReport, IsReadByPeopleAndPrograms) {
    PrepareReport report;
    report.key = "abc";
    report.clips = 2;
    report.frames = 108'000;
    report.made = 1;
    report.seconds = 0.5;
    report.streams = {{"motion", 337}};
    report.bad = {{"x", "It is bad."}};
    const std::string text = prepareReport(report, ReportStyle::Text);
    EXPECT_THAT(text, HasSubstr("2 clips, 1.00 hours"));
    EXPECT_THAT(text, HasSubstr("x: It is bad."));
    EXPECT_THAT(prepareReport(report, ReportStyle::Json),
                HasSubstr(R"("leftOut":{"x":"It is bad."})"));
}

} // namespace
} // namespace gesture::training
