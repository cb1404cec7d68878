// SPDX-License-Identifier: Apache-2.0
#include "training/data/corpus.h"

#include "core/io/motion_file.h"
#include "tests/support/counter_random.h"
#include "tests/support/golden_values.h"
#include "tests/support/temporary_folder.h"
#include "tests/training/data/corpus_maker.h"
#include "training/data/clip_motion.h"
#include "training/data/corpus_check.h"
#include "training/data/split_table.h"

#include <algorithm>
#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>

namespace gesture::training {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

std::vector<std::string> idsOf(const Corpus& corpus) {
    std::vector<std::string> ids;
    for (const CorpusRecording& clip : corpus.clips)
        ids.push_back(clip.id);
    return ids;
}

TEST(Corpus, Beat2SpeakersAreNumberedAsInTheReference) {
    EXPECT_EQ(beat2SpeakerIndex(1), 0);
    EXPECT_EQ(beat2SpeakerIndex(2), 1);
    EXPECT_EQ(beat2SpeakerIndex(30), 7);
    EXPECT_EQ(beat2SpeakerIndex(28), 13);
    EXPECT_EQ(beat2SpeakerIndex(27), 18);
    EXPECT_EQ(beat2SpeakerIndex(25), 24);
}

TEST(Corpus, Beat2IsListedInTheTablesOrderWithItsFiles) {
    const test::TemporaryFolder folder;
    test::makeBeat2Corpus(folder.path());
    const auto corpus = openCorpus(folder.path());
    ASSERT_TRUE(corpus.ok()) << corpus.error().message();
    EXPECT_EQ(corpus->layout, CorpusLayout::Beat2);
    ASSERT_EQ(corpus->clips.size(), 6U);
    EXPECT_EQ(corpus->clips[3].id, "30_katya_0_1_1");
    EXPECT_EQ(corpus->clips[3].voice, "30");
    EXPECT_EQ(corpus->clips[3].speaker, 7);
    EXPECT_EQ(corpus->clips[2].split, "val");
    EXPECT_TRUE(fs::exists(corpus->clips[0].labels));
    EXPECT_TRUE(corpus->problems.empty());
}

TEST(Corpus, OnlyTheSpeakersThatWereAskedForAreListed) {
    const test::TemporaryFolder folder;
    test::makeBeat2Corpus(folder.path());
    const auto corpus = openCorpus(folder.path(), {{}, {"30"}, {}});
    ASSERT_TRUE(corpus.ok());
    EXPECT_EQ(idsOf(*corpus), std::vector<std::string>{"30_katya_0_1_1"});
    EXPECT_FALSE(openCorpus(folder.path(), {{}, {"9"}, {}}).ok());
}

TEST(Corpus, MissingFilesDoublesAndStrangeIdsAreProblemsAndTheRestGoesOn) {
    const test::TemporaryFolder folder;
    test::makeBeat2Corpus(folder.path());
    fs::remove(folder / "wave16k/2_scott_0_2_2.wav");
    fs::remove(folder / "sem/2_scott_0_1_1.txt");
    test::writeText(folder / "train_test_split.csv",
                    "id,type\n2_scott_0_1_1,train\n2_scott_0_2_2,train\n2_scott_0_1_1,val\n"
                    "scott,train\n");
    const auto corpus = openCorpus(folder.path());
    ASSERT_TRUE(corpus.ok());
    EXPECT_EQ(idsOf(*corpus), std::vector<std::string>{"2_scott_0_1_1"});
    EXPECT_TRUE(corpus->clips[0].labels.empty());
    ASSERT_EQ(corpus->problems.size(), 3U);
    EXPECT_THAT(corpus->problems[0].reason, HasSubstr("wave16k/2_scott_0_2_2.wav"));
    EXPECT_THAT(corpus->problems[1].reason, HasSubstr("number"));
    EXPECT_THAT(corpus->problems[2].reason, HasSubstr("more than once"));
}

TEST(Corpus, ATableThatIsNoneIsRefusedWithItsLine) {
    const test::TemporaryFolder folder;
    const fs::path table = folder / "t.csv";
    for (const auto& [text, reason] :
         {std::pair{"name;type\n", "columns"}, std::pair{"id,type\na\n", "line 2"},
          std::pair{"id,type\n../a,train\n", "line 2"}, std::pair{"", "columns"}}) {
        test::writeText(table, text);
        const auto rows = readSplitTable(table);
        ASSERT_FALSE(rows.ok()) << text;
        EXPECT_THAT(rows.error().message(), HasSubstr(reason));
    }
    test::writeText(table,
                    "\xEF\xBB\xBF\"type\",\"id\",\"speaker\"\r\n\"val\",\"x\",\"anna\"\r\n\r\n");
    const auto rows = readSplitTable(table);
    ASSERT_TRUE(rows.ok()) << rows.error().message();
    ASSERT_EQ(rows->size(), 1U);
    EXPECT_EQ(rows->front().id, "x");
    EXPECT_EQ(rows->front().split, "val");
    EXPECT_EQ(rows->front().speaker, "anna");
}

TEST(Corpus, PairsInAFolderAreSplitByTheirNamesOnceAndForAll) {
    const test::TemporaryFolder folder;
    for (const char* name : {"a", "b", "lonely"})
        ASSERT_TRUE(
            io::writeMotionFile(folder / (std::string(name) + ".npz"), test::calmClip(120, 1))
                .ok());
    test::writeSpeech(folder / "a.wav", 4.0, 1);
    test::writeSpeech(folder / "b.wav", 4.0, 2);
    test::writeText(folder / "b.srt", "1\n00:00:00,000 --> 00:00:01,000\nhello\n");
    const auto corpus = openCorpus(folder.path());
    ASSERT_TRUE(corpus.ok()) << corpus.error().message();
    EXPECT_EQ(corpus->layout, CorpusLayout::Folder);
    EXPECT_EQ(idsOf(*corpus), (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(corpus->clips[1].words.filename(), "b.srt");
    EXPECT_EQ(corpus->clips[0].split, splitByHash("a"));
    ASSERT_EQ(corpus->problems.size(), 1U);
    EXPECT_THAT(corpus->problems[0].reason, HasSubstr("lonely.wav"));
}

TEST(Corpus, NamesAreSpreadOverSplitsAsPromised) {
    std::map<std::string, int, std::less<>> counts;
    for (int i = 0; i < 10'000; ++i)
        ++counts[std::string(splitByHash("clip" + std::to_string(i)))];
    EXPECT_NEAR(counts["train"], 9000, 150);
    EXPECT_NEAR(counts["val"], 500, 100);
    EXPECT_NEAR(counts["test"], 500, 100);
}

TEST(Corpus, ATableGivesAFolderItsSplitsAndSpeakers) {
    const test::TemporaryFolder folder;
    for (const char* name : {"a", "b"}) {
        ASSERT_TRUE(
            io::writeMotionFile(folder / (std::string(name) + ".npz"), test::calmClip(120, 1))
                .ok());
        test::writeSpeech(folder / (std::string(name) + ".wav"), 4.0, 1);
    }
    test::writeText(folder / "s.csv", "id,type,speaker\na,test,zoe\nb,train,anna\n");
    const auto corpus = openCorpus(folder.path(), {{}, {}, folder / "s.csv"});
    ASSERT_TRUE(corpus.ok()) << corpus.error().message();
    EXPECT_EQ(corpus->clips[0].split, "test");
    EXPECT_EQ(corpus->clips[0].speaker, 1);
    EXPECT_EQ(corpus->clips[1].speaker, 0);
}

TEST(Corpus, ShowIsFoundWithAndWithoutSplits) {
    const test::TemporaryFolder folder;
    for (const char* place : {"oliver/v1.webm/train/s1/s1", "oliver/v1.webm/test/s2/s2",
                              "conan/v2.webm/s3/s3", "seth/v3/val/s4/s4"}) {
        test::writeText(folder / (std::string(place) + ".pkl"), "pickle");
        test::writeText(folder / (std::string(place) + ".wav"), "sound");
    }
    fs::remove(folder / "seth/v3/val/s4/s4.wav");
    const auto corpus = openCorpus(folder.path());
    ASSERT_TRUE(corpus.ok()) << corpus.error().message();
    EXPECT_EQ(corpus->layout, CorpusLayout::Show);
    EXPECT_EQ(idsOf(*corpus), (std::vector<std::string>{"conan_v2.webm_s3", "oliver_v1.webm_s2",
                                                        "oliver_v1.webm_s1"}));
    EXPECT_EQ(corpus->clips[0].speaker, 3);
    EXPECT_EQ(corpus->clips[0].split, splitByHash("conan_v2.webm_s3"));
    EXPECT_EQ(corpus->clips[1].split, "test");
    EXPECT_EQ(corpus->clips[1].speaker, 0);
    EXPECT_EQ(corpus->problems.size(), 1U);
}

TEST(Corpus, AFolderThatIsNoneSaysWhatItWouldNeed) {
    const test::TemporaryFolder folder;
    const auto corpus = openCorpus(folder.path());
    ASSERT_FALSE(corpus.ok());
    EXPECT_EQ(corpus.error().code(), ErrorCode::NotFound);
    EXPECT_THAT(corpus.error().message(), HasSubstr("smplxflame_30"));
    EXPECT_FALSE(openCorpus(folder / "nowhere").ok());
}

std::vector<float> uniforms(std::uint64_t stream, std::size_t count) {
    std::vector<float> values(count);
    for (std::size_t i = 0; i < count; ++i)
        values[i] = test::counterUniform(stream, i);
    return values;
}

TEST(ShowMotion, PicklesAreReadAsTalkShowDoes) {
    const auto golden = test::goldenValues("training/dataset.txt");
    const HandComponents hands{uniforms(920, 12 * 45), uniforms(921, 12 * 45)};
    for (const char* name : {"show.pkl", "show_2.pkl"}) {
        const auto clip =
            readShowMotion(fs::path(GESTURE_TEST_SOURCE) / "tests/golden/training" / name, hands);
        ASSERT_TRUE(clip.ok()) << clip.error().message();
        ASSERT_EQ(clip->frameCount(), 5);
        EXPECT_THAT(clip->poses(),
                    ::testing::Pointwise(::testing::FloatNear(2e-6F), golden.at("show_poses")));
        EXPECT_THAT(clip->expressions(),
                    ::testing::Pointwise(::testing::FloatEq(), golden.at("show_expressions")));
        EXPECT_THAT(clip->translations(),
                    ::testing::Pointwise(::testing::FloatEq(), golden.at("show_translations")));
        EXPECT_EQ(clip->betas().size(), 300U);
    }
}

TEST(ShowMotion, DamagedPicklesGetASentence) {
    const test::TemporaryFolder folder;
    const HandComponents hands{uniforms(920, 12 * 45), uniforms(921, 12 * 45)};
    const std::string whole =
        test::contentOf(fs::path(GESTURE_TEST_SOURCE) / "tests/golden/training/show.pkl");
    for (std::size_t size = 0; size < whole.size(); size += 97) {
        test::writeText(folder / "cut.pkl", whole.substr(0, size));
        const auto clip = readShowMotion(folder / "cut.pkl", hands);
        ASSERT_FALSE(clip.ok());
        EXPECT_THAT(clip.error().message(), HasSubstr("cut.pkl"));
    }
    for (std::size_t at = 0; at < whole.size(); at += 41) {
        std::string flipped = whole;
        flipped[at] = static_cast<char>(flipped[at] ^ 0x55);
        test::writeText(folder / "flipped.pkl", flipped);
        static_cast<void>(readShowMotion(folder / "flipped.pkl", hands).ok());
    }
}

TEST(CorpusCheck, CountsWhatThereIsAndNamesWhatIsBad) {
    const test::TemporaryFolder folder;
    test::makeBeat2Corpus(folder.path());
    test::addBeat2Clip(folder.path(), {"2_scott_0_6_6", "train", 2.5, 9});
    test::writeText(folder / "smplxflame_30/2_scott_0_2_2.npz", "no zip");
    test::writeText(folder / "sem/2_scott_0_5_5.txt", "one column\n");
    const auto corpus = openCorpus(folder.path());
    ASSERT_TRUE(corpus.ok());
    JobControl control;
    const auto check = checkCorpus(*corpus, control);
    ASSERT_TRUE(check.ok());
    EXPECT_EQ(check->whole.clips, 4);
    EXPECT_NEAR(check->whole.seconds, 5.0 + 6.5 + 7.0 + 5.9, 0.2);
    EXPECT_EQ(check->splits.at("train").clips, 2);
    EXPECT_EQ(check->voices.at("30").clips, 1);
    EXPECT_EQ(check->withTruth, 4);
    ASSERT_EQ(check->bad.size(), 3U);
    EXPECT_EQ(check->bad[0].id, "2_scott_0_2_2");
    EXPECT_THAT(check->bad[1].reason, HasSubstr("line 1"));
    EXPECT_THAT(check->bad[2].reason, HasSubstr("window"));
}

} // namespace
} // namespace gesture::training
