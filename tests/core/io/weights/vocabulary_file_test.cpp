// SPDX-License-Identifier: Apache-2.0
#include "core/io/weights/vocabulary_file.h"
#include "tests/core/io/file_damage.h"
#include "tests/core/io/weights/golden_weights.h"
#include "tests/core/io/weights/pickle_assembler.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gesture::io {
namespace {

using test::PickleAssembler;
using testing::HasSubstr;

class GoldenVocabulary : public testing::TestWithParam<std::string> {};

TEST_P(GoldenVocabulary, GivesTheWordsIndices) {
    const auto words = readPickledVocabulary(test::goldenWeights(GetParam()));
    ASSERT_TRUE(words.ok()) << words.error().message();
    EXPECT_EQ(*words, test::goldenVocabulary());
}

INSTANTIATE_TEST_SUITE_P(Protocols, GoldenVocabulary, testing::Values("vocab2.pkl", "vocab4.pkl"),
                         [](const auto& test) { return test.param.substr(0, 6); });

TEST(Vocabulary, ComesBackFromTheProgramsOwnTable) {
    const test::TemporaryFolder folder;
    const Vocabulary words = test::goldenVocabulary();
    test::writeBytes(folder / "words.json", test::bytesOf(vocabularyJson(words)));
    const auto read = readVocabularyJson(folder / "words.json");
    ASSERT_TRUE(read.ok()) << read.error().message();
    EXPECT_EQ(*read, words);
}

TEST(Vocabulary, RefusesOtherClassesByName) {
    const test::TemporaryFolder folder;
    PickleAssembler pickle;
    pickle.proto(2).global("subprocess", "Popen").emptyTuple().op(0x81).stop();
    test::writeBytes(folder / "vocab.pkl", pickle.bytes());
    const auto words = readPickledVocabulary(folder / "vocab.pkl");
    ASSERT_FALSE(words.ok());
    EXPECT_THAT(words.error().message(), HasSubstr("vocab.pkl' asks for 'subprocess.Popen'"));
}

TEST(Vocabulary, RefusesIndicesThatAreNone) {
    const test::TemporaryFolder folder;
    PickleAssembler pickle;
    pickle.proto(2).op('}').text("word2index").op('}').text("word").integer(-1).op('s').op('s');
    pickle.stop();
    test::writeBytes(folder / "vocab.pkl", pickle.bytes());
    const auto words = readPickledVocabulary(folder / "vocab.pkl");
    ASSERT_FALSE(words.ok());
    EXPECT_THAT(words.error().message(), HasSubstr("word 'word' has no index"));
}

TEST(Vocabulary, IsRefusedWhereverItIsCut) {
    const test::TemporaryFolder folder;
    const auto path = folder / "vocab.pkl";
    std::filesystem::copy_file(test::goldenWeights("vocab4.pkl"), path);
    test::forEachTruncation(path, [&](std::size_t length) {
        EXPECT_FALSE(readPickledVocabulary(path).ok()) << length;
    });
}

} // namespace
} // namespace gesture::io
