// SPDX-License-Identifier: Apache-2.0
#include "core/base/atomic_file.h"
#include "core/speech/cepstra.h"
#include "core/speech/decoder.h"
#include "core/speech/gaussian_mixtures.h"
#include "tests/core/speech/speech_fixture.h"
#include "tests/support/temporary_folder.h"

#include <array>
#include <cstdlib>
#include <cstring>
#include <gmock/gmock.h>

namespace gesture::speech {
namespace {

namespace fs = std::filesystem;

class SpeechModelFile : public test::SpeechTest {
protected:
    /// A copy of the acoustic model in which one file can be damaged.
    void SetUp() override {
        SpeechTest::SetUp();
        if (IsSkipped()) return;
        for (const char* name : kNames)
            fs::copy_file(model().files().acoustic / name, folder_ / name);
    }

    void replace(const std::string& name, const std::string& content) {
        ASSERT_TRUE(writeTextAtomically(folder_ / name, content).ok());
    }
    std::string content(const std::string& name) {
        return *readTextFile(model().files().acoustic / name, 64U << 20);
    }
    void expectRefused(const std::string& name) {
        const auto read = AcousticModel::read(folder_.path());
        ASSERT_FALSE(read.ok()) << name;
        EXPECT_THAT(read.error().message(), ::testing::HasSubstr("pocketsphinx-en-us"));
    }

    static constexpr std::array kNames{"mdef", "means", "variances", "sendump",
                                       "transition_matrices"};
    test::TemporaryFolder folder_;
};

TEST_F(SpeechModelFile, CutFilesAreRefused) {
    for (const char* name : kNames) {
        const std::string whole = content(name);
        for (const std::size_t size : {std::size_t{0}, std::size_t{3}, std::size_t{60},
                                       whole.size() / 2, whole.size() - whole.size() / 50}) {
            replace(name, whole.substr(0, size));
            expectRefused(name);
        }
        replace(name, whole);
    }
    EXPECT_TRUE(AcousticModel::read(folder_.path()).ok());
}

TEST_F(SpeechModelFile, SizesThatLieAreRefused) {
    std::string definition = content("mdef");
    // The ten sizes follow the description, whose length is the third number of the file.
    std::int32_t description = 0;
    std::memcpy(&description, definition.data() + 8, 4);
    for (std::size_t field = 0; field < 9; ++field) {
        std::string changed = definition;
        const std::int32_t huge = 0x7FFFFFF0;
        std::memcpy(changed.data() + 12 + description + static_cast<std::ptrdiff_t>(4 * field),
                    &huge, 4);
        replace("mdef", changed);
        // The numbers of base senones and of contexts are not used.
        if (field != 3 && field != 7) expectRefused("mdef");
    }
}

TEST_F(SpeechModelFile, LanguageModelsOfOtherKindsAreRefusedBeforeTheyAreOpened) {
    SpeechModelFiles files = model().files();
    files.languageModel = folder_ / "language";
    replace("language", "not a language model");
    const auto decoder = Decoder::create(files);
    ASSERT_FALSE(decoder.ok());
    EXPECT_EQ(decoder.error().code(), ErrorCode::InvalidInput);
}

TEST_F(SpeechModelFile, FramesComeEachTenMilliseconds) {
    JobControl control;
    const auto cepstra = Cepstra::compute(test::noise(2, 0.1F), model().files().acoustic, control);
    ASSERT_TRUE(cepstra.ok());
    EXPECT_NEAR(static_cast<double>(cepstra->frameCount()), 200, 3);
    EXPECT_NEAR(timeOfFrame(100).value, 1.0, 0.02);
}

TEST(SpeechModelFolders, AMissingModelNamesThePackageAndTheFolders) {
    for (const fs::path& folder : speechModelFolders())
        EXPECT_TRUE(folder.is_absolute());
    const test::TemporaryFolder empty;
    const char* before = std::getenv("GESTURE_DATA");
    const std::string kept = before != nullptr ? before : "";
    ::setenv("GESTURE_DATA", empty.path().c_str(), 1);
    EXPECT_EQ(speechModelFolders().front(), empty.path() / "speech" / "en-us");
    if (before != nullptr)
        ::setenv("GESTURE_DATA", kept.c_str(), 1);
    else
        ::unsetenv("GESTURE_DATA");
    const auto missing = findSpeechModelIn({empty.path() / "one", empty.path() / "two"});
    ASSERT_FALSE(missing.ok());
    EXPECT_EQ(missing.error().code(), ErrorCode::Unavailable);
    EXPECT_THAT(missing.error().message(), ::testing::HasSubstr("pocketsphinx-en-us"));
    EXPECT_THAT(missing.error().message(), ::testing::HasSubstr("two"));
}

} // namespace
} // namespace gesture::speech
