// SPDX-License-Identifier: Apache-2.0
#include "training/data/clip_streams.h"

#include "core/io/semantic_labels.h"
#include "core/io/transcript/transcript_file.h"
#include "core/motion/representation.h"
#include "tests/support/golden_values.h"
#include "tests/support/shared_data.h"
#include "tests/support/synthetic_body.h"
#include "tests/support/temporary_folder.h"
#include "tests/training/data/corpus_maker.h"
#include "training/data/phones.h"
#include "training/data/truth_rows.h"
#include "training/data/window_store.h"
#include "training/data/word_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gesture::training {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

const fs::path kGolden = fs::path(GESTURE_TEST_SOURCE) / "tests/golden/training";
const io::Vocabulary kVocabulary{{"", 4}, {"hello", 5}, {"big", 6}, {"house", 7}};

std::shared_ptr<const motion::BodyModel> body() {
    static const auto made = motion::BodyModel::create(test::syntheticBody(
        {.vertices = 200, .shapes = 10, .expressions = 10, .correctives = {0}}));
    return made.value();
}

StreamRecipe recipeOf(std::initializer_list<std::string_view> names) {
    StreamRecipe recipe;
    for (const StreamKind& kind : streamKinds())
        if (std::find(names.begin(), names.end(), kind.name) != names.end())
            recipe.streams.push_back({std::string(kind.name), kind.width});
    recipe.body = body();
    recipe.vocabulary = kVocabulary;
    return recipe;
}

TEST(WordRows, EqualThoseOfTheReference) {
    const auto transcript = io::readTranscript(kGolden / "words.TextGrid");
    ASSERT_TRUE(transcript.ok()) << transcript.error().message();
    EXPECT_EQ(wordRows(*transcript, 120, kVocabulary),
              test::goldenValues("training/dataset.txt").at("words"));
}

TEST(WordRows, ScoresEqualThoseOfTheReference) {
    const auto labels = io::readSemanticLabels(kGolden / "labels.txt");
    ASSERT_TRUE(labels.ok()) << labels.error().message();
    EXPECT_EQ(io::semanticScores(*labels, 120, {}, io::WeakScores::Zero),
              test::goldenValues("training/dataset.txt").at("scores"));
}

TEST(WordRows, VocabularyHoldsPlainWordsFromRowFourOn) {
    VocabularyBuilder builder;
    builder.add(
        {{{"Hello,", {0}, {1}, {}}, {"", {1}, {2}, {}}, {"don't", {2}, {3}, {}}}, {}, {}, {}});
    builder.add({{{"hello", {0}, {1}, {}}, {" ", {1}, {2}, {}}}, {}, {}, {}});
    EXPECT_EQ(builder.build(), (io::Vocabulary{{"don't", 4}, {"hello", 5}}));
    const audio::Transcript said{
        {{"Hello!", {0}, {0.05}, {}}, {"", {0.05}, {0.1}, {}}}, {}, {}, {}};
    EXPECT_EQ(wordRows(said, 4, builder.build()), (std::vector<float>{5, 5, 3, 3}));
}

TEST(Phones, EveryNameHasItsClass) {
    EXPECT_EQ(phoneClass("aa"), 1);
    EXPECT_EQ(phoneClass("AH1"), 3);
    EXPECT_EQ(phoneClass("zh"), 40);
    EXPECT_EQ(phoneClass("pau"), 0);
    EXPECT_EQ(phoneClass(""), 0);
    EXPECT_FALSE(phoneClass("qq"));
}

TEST(TruthRows, AreAtFiftyASecond) {
    const test::TemporaryFolder folder;
    test::addBeat2Clip(folder.path(), {"2_a_0_1_1", "train", 4.0, 1});
    const auto truth = readTruth(folder / "truth/2_a_0_1_1.json");
    ASSERT_TRUE(truth.ok()) << truth.error().message();
    GestureLexicon lexicon;
    lexicon.add(*truth);
    EXPECT_EQ(lexicon.names(), std::vector<std::string>{"big"});
    const auto rows = truthRows(*truth, 200, lexicon.classes());
    ASSERT_TRUE(rows.ok());
    EXPECT_EQ(rows->phone[24], 0.0F);
    EXPECT_EQ(rows->phone[25], static_cast<float>(*phoneClass("b")));
    EXPECT_EQ(rows->phone[50], static_cast<float>(*phoneClass("ih")));
    EXPECT_EQ(rows->stress[49], 0.0F);
    EXPECT_EQ(rows->stress[79], 1.0F);
    EXPECT_EQ(rows->stress[80], 0.0F);
    // 1.25 s lies between rows 62 and 63: those at 1.20 to 1.30 s are nearer than 60 ms.
    for (std::size_t row = 0; row < 200; ++row)
        EXPECT_EQ(rows->apex[row], row >= 60 && row <= 65 ? 1.0F : 0.0F) << row;
    EXPECT_EQ(rows->lexicon[49], 0.0F);
    EXPECT_EQ(rows->lexicon[50], 1.0F);
    EXPECT_EQ(rows->lexicon[99], 1.0F);
    EXPECT_EQ(rows->lexicon[100], 0.0F);
    const auto stroke = strokeRows(*truth, 120);
    EXPECT_EQ(stroke[29], 0.0F);
    EXPECT_EQ(stroke[30], 1.0F);
    EXPECT_EQ(stroke[45], 1.0F);
    EXPECT_EQ(stroke[46], 0.0F);
}

TEST(TruthFile, WrongEntriesAreNamed) {
    const test::TemporaryFolder folder;
    const fs::path path = folder / "t.json";
    for (const auto& [text, reason] :
         {std::pair{"[]", "no JSON object"}, std::pair{"{", "no JSON object"},
          std::pair{R"({"strokes": [[0, 1], [2]]})", "entry 2 of 'strokes'"},
          std::pair{R"({"apexes": [{"word": "x"}]})", "entry 1 of 'apexes'"},
          std::pair{R"({"words": [{"word": 3, "begin": 0, "end": 1}]})", "'words'"},
          std::pair{R"({"phones": 3})", "'phones'"},
          std::pair{R"({"events": [{"name": "a", "begin": 1e300, "end": 2}]})", "'events'"}}) {
        test::writeText(path, text);
        const auto truth = readTruth(path);
        ASSERT_FALSE(truth.ok()) << text;
        EXPECT_THAT(truth.error().message(), HasSubstr(reason));
    }
}

TEST(ClipStreams, AClipIsAsLongAsItsShortestPartInWholeSeconds) {
    const test::TemporaryFolder folder;
    test::addBeat2Clip(folder.path(), {"2_a_0_1_1", "train", 5.9, 1});
    test::writeSpeech(folder / "wave16k/2_a_0_1_1.wav", 4.8, 1);
    const auto corpus = openCorpus(folder.path());
    ASSERT_TRUE(corpus.ok());
    JobControl control;
    const auto clip =
        makeClipStreams(corpus->clips[0],
                        recipeOf({"motion", "beat", "words", "mel", "speaker", "betas"}), control);
    ASSERT_TRUE(clip.ok()) << clip.error().message();
    EXPECT_EQ(clip->frames, 120);
    EXPECT_EQ(clip->streams.find("motion")->second.rows(), 120);
    EXPECT_EQ(clip->streams.find("mel")->second.rows(), 200);
    EXPECT_EQ(clip->streams.find("betas")->second.values[1], -0.25F);
    EXPECT_EQ(clip->streams.find("speaker")->second.values, std::vector<float>{1.0F});
    const auto& motion = clip->streams.find("motion")->second.values;
    int standing = 0;
    for (std::size_t frame = 0; frame < 120; ++frame) {
        const float contact = motion[frame * 337 + 333];
        EXPECT_TRUE(contact == 0.0F || contact == 1.0F);
        standing += contact == 1.0F ? 1 : 0;
    }
    EXPECT_GT(standing, 30);
    EXPECT_LT(standing, 100);
}

TEST(ClipStreams, WhatIsMissingOrTooShortIsSaid) {
    const test::TemporaryFolder folder;
    test::addBeat2Clip(folder.path(), {"2_a_0_1_1", "train", 2.9, 1});
    const auto corpus = openCorpus(folder.path());
    JobControl control;
    const auto tooShort = makeClipStreams(corpus->clips[0], recipeOf({"motion"}), control);
    ASSERT_FALSE(tooShort.ok());
    EXPECT_THAT(tooShort.error().message(), HasSubstr("2 whole seconds"));
    CorpusRecording clip = corpus->clips[0];
    StreamRecipe recipe = recipeOf({"motion", "score"});
    recipe.windows.length = 32;
    clip.labels.clear();
    const auto unlabelled = makeClipStreams(clip, recipe, control);
    ASSERT_FALSE(unlabelled.ok());
    EXPECT_THAT(unlabelled.error().message(), HasSubstr("'score'"));
}

/// One number a window: the sum of its numbers, each times a weight (see the golden's script).
std::vector<float> weighted(const StreamValues& rows, std::int64_t first, std::int64_t width,
                            std::uint64_t stream) {
    std::vector<float> sums;
    for (std::int64_t begin = 0; begin + 64 <= rows.rows(); begin += 20) {
        double sum = 0.0;
        for (std::int64_t frame = 0; frame < 64; ++frame)
            for (std::int64_t i = 0; i < width; ++i)
                sum += static_cast<double>(rows.values[static_cast<std::size_t>(
                           (begin + frame) * rows.width + first + i)]) *
                       test::counterUniform(stream, static_cast<std::uint64_t>(frame * width + i));
        sums.push_back(static_cast<float>(sum));
    }
    return sums;
}

TEST(ClipStreams, TheRealClipEqualsTheReferencesArrays) {
    GESTURE_SHARED_DATA_OR_SKIP(motion, "2_scott_0_1_1.npz");
    GESTURE_SHARED_DATA_OR_SKIP(sound, "2_scott_0_1_1_test.wav");
    const auto golden = test::goldenValues("training/dataset.txt");
    const CorpusRecording source{"2_scott_0_1_1", "test", "2", 1, motion, sound, {}, {}, {}};
    JobControl control;
    const auto clip = makeClipStreams(source, recipeOf({"motion", "beat", "expressions"}), control);
    ASSERT_TRUE(clip.ok()) << clip.error().message();
    EXPECT_EQ(static_cast<float>(clip->frames), golden.at("real_frames")[0]);
    const StreamValues& whole = clip->streams.find("motion")->second;
    const StreamValues& face = clip->streams.find("expressions")->second;
    const StreamValues& beat = clip->streams.find("beat")->second;
    const auto near = [](float tolerance) { return ::testing::FloatNear(tolerance); };
    EXPECT_EQ(golden.at("real_rotations").size(), 92U);
    EXPECT_THAT(weighted(whole, 0, 330, 900),
                ::testing::Pointwise(near(1e-3F), golden.at("real_rotations")));
    EXPECT_THAT(weighted(whole, 330, 3, 901),
                ::testing::Pointwise(near(1e-4F), golden.at("real_translations")));
    EXPECT_THAT(weighted(face, 0, 100, 902),
                ::testing::Pointwise(near(1e-2F), golden.at("real_expressions")));
    EXPECT_THAT(weighted(beat, 0, 3, 903),
                ::testing::Pointwise(near(2e-2F), golden.at("real_beat")));
}

} // namespace
} // namespace gesture::training
