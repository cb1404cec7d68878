// SPDX-License-Identifier: Apache-2.0
#include "core/speech/recognition.h"
#include "tests/core/speech/flite_speech.h"
#include "tests/core/speech/librivox_speech.h"
#include "tests/core/speech/speech_fixture.h"

#include <gmock/gmock.h>

namespace gesture::speech {
namespace {

class Recognition : public test::SpeechTest {
protected:
    void SetUp() override {
        SpeechTest::SetUp();
        if (!IsSkipped() && test::librivoxSpeech().empty())
            GTEST_SKIP() << "The package pocketsphinx-testdata is not installed.";
    }
};

// Measured: see docs/numbers.md. The bound fails when the sound and the model do not fit.
TEST_F(Recognition, WordsOfReadSpeechAreMostlyRight) {
    std::size_t wrong = 0;
    std::size_t words = 0;
    ::testing::internal::CaptureStdout();
    ::testing::internal::CaptureStderr();
    for (const test::ReadSpeech& speech : test::librivoxSpeech()) {
        JobControl control;
        const auto heard = recogniseSpeech(model(), speech.sound, control);
        if (!heard) {
            ADD_FAILURE() << heard.error().message();
            continue;
        }
        EXPECT_TRUE(heard->recognised);
        EXPECT_FALSE(heard->transcript.phones.empty());
        wrong += test::wordEdits(heard->transcript.words, speech.text);
        words += test::splitWords(speech.text).size();
    }
    EXPECT_EQ(::testing::internal::GetCapturedStderr(), "") << "The decoder talks by itself.";
    EXPECT_EQ(::testing::internal::GetCapturedStdout(), "");
    EXPECT_LT(static_cast<double>(wrong) / static_cast<double>(words), 0.40);
}

TEST_F(Recognition, ReadSpeechIsAlignedWithConfidence) {
    for (const test::ReadSpeech& speech : test::librivoxSpeech()) {
        JobControl control;
        const auto aligned = alignText(model(), speech.sound, speech.text, control);
        ASSERT_TRUE(aligned.ok()) << aligned.error().message();
        EXPECT_EQ(aligned->placedShare, 1.0) << speech.text;
        EXPECT_GT(aligned->confidence, 0.85) << speech.text;
    }
}

TEST_F(Recognition, SilenceAndNoiseAreNoSpeech) {
    for (const audio::Sound& sound :
         {audio::Sound{16000, std::vector<float>(48000)}, test::noise(4, 0.1F)}) {
        JobControl control;
        const auto heard = recogniseSpeech(model(), sound, control);
        ASSERT_FALSE(heard.ok());
        EXPECT_THAT(heard.error().message(), ::testing::HasSubstr("no speech"));
    }
}

TEST_F(Recognition, StopsWithinAPiece) {
    std::stop_source stop;
    JobControl control(stop.get_token(), [&](const Progress& progress) {
        if (progress.stage == "Recognising" && progress.done > 0) stop.request_stop();
    });
    const auto heard = recogniseSpeech(model(), test::librivoxSpeech().front().sound, control);
    ASSERT_FALSE(heard.ok());
    EXPECT_EQ(heard.error().code(), ErrorCode::Cancelled);
}

} // namespace
} // namespace gesture::speech
