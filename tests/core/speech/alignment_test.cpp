// SPDX-License-Identifier: Apache-2.0
#include "core/speech/forced_alignment.h"
#include "tests/core/speech/flite_speech.h"
#include "tests/core/speech/speech_fixture.h"

#include <algorithm>
#include <cmath>
#include <gmock/gmock.h>
#include <thread>

namespace gesture::speech {
namespace {

using ::testing::HasSubstr;

class ForcedAlignment : public test::SpeechTest {
protected:
    void SetUp() override {
        SpeechTest::SetUp();
        if (!IsSkipped() && !test::haveFlite())
            GTEST_SKIP() << "The program flite, which speaks with known times, is not installed.";
    }

    static test::SyntheticSpeech speak(std::size_t sentence, const std::string& voice = "slt") {
        return test::speakWithFlite(model(), test::flitesSentences()[sentence], voice)
            .value_or(test::SyntheticSpeech{});
    }
    static const std::string& sentence(std::size_t index) { return test::flitesSentences()[index]; }

    static Result<TimedSpeech> align(const audio::Sound& sound, std::string_view text) {
        JobControl control;
        return alignText(model(), sound, text, control);
    }

    /// Distances between the begins of words and the truth, in seconds, smallest first.
    static std::vector<double> beginErrors(const std::vector<audio::TimedLabel>& words,
                                           const std::vector<audio::TimedLabel>& truth,
                                           double offset = 0) {
        std::vector<double> errors;
        for (std::size_t i = 0; i < truth.size(); ++i)
            errors.push_back(std::abs(words[i].begin.value - offset - truth[i].begin.value));
        std::sort(errors.begin(), errors.end());
        return errors;
    }
};

void expectOrdered(const std::vector<audio::TimedLabel>& labels, Seconds duration) {
    double end = 0;
    for (const audio::TimedLabel& label : labels) {
        EXPECT_GE(label.begin.value, end - 1e-6) << label.text;
        EXPECT_LT(label.begin, label.end) << label.text;
        end = label.end.value;
    }
    EXPECT_LE(end, duration.value);
}

// Measured: median 7 ms, 90 % within 23 ms (docs/numbers.md). A frame is 10 ms; an alignment that
// lost its way is off by whole words, hundreds of milliseconds.
TEST_F(ForcedAlignment, WordsOfSyntheticSpeechAreFoundWithinAFewFrames) {
    std::vector<double> errors;
    for (std::size_t i = 0; i < test::flitesSentences().size(); ++i) {
        const test::SyntheticSpeech speech = speak(i, i % 2 == 0 ? "slt" : "rms");
        const auto aligned = align(speech.sound, sentence(i));
        ASSERT_TRUE(aligned.ok()) << aligned.error().message();
        ASSERT_EQ(aligned->transcript.words.size(), speech.words.size());
        EXPECT_EQ(aligned->placedShare, 1.0) << sentence(i);
        expectOrdered(aligned->transcript.words, speech.sound.duration());
        expectOrdered(aligned->transcript.phones, speech.sound.duration());
        const auto some = beginErrors(aligned->transcript.words, speech.words);
        errors.insert(errors.end(), some.begin(), some.end());
    }
    std::sort(errors.begin(), errors.end());
    EXPECT_LT(errors[errors.size() / 2], 0.012);
    EXPECT_LT(errors[errors.size() * 9 / 10], 0.035);
    EXPECT_LT(errors[errors.size() * 99 / 100], 0.150);
}

TEST_F(ForcedAlignment, NoiseSilenceAndSpeechThatTheTextLacksLieBetweenWords) {
    audio::Sound sound = test::noise(4, 0.05F);
    const double first = sound.duration().value;
    const test::SyntheticSpeech begin = speak(3);
    test::append(sound, begin.sound);
    test::append(sound, speak(4).sound);
    const double second = sound.duration().value;
    const test::SyntheticSpeech end = speak(8);
    test::append(sound, end.sound);
    test::append(sound, test::noise(4, 0.05F));
    const auto aligned = align(sound, sentence(3) + "\n" + sentence(8));
    ASSERT_TRUE(aligned.ok()) << aligned.error().message();
    const auto& words = aligned->transcript.words;
    const std::vector<audio::TimedLabel> tail(
        words.begin() + static_cast<std::ptrdiff_t>(begin.words.size()), words.end());
    const auto early = beginErrors(words, begin.words, first);
    const auto late = beginErrors(tail, end.words, second);
    EXPECT_LT(early[early.size() * 9 / 10], 0.1);
    EXPECT_LT(late[late.size() * 8 / 10], 0.1);
}

TEST_F(ForcedAlignment, WordsThatAreNotSaidHaveNoConfidence) {
    test::SyntheticSpeech speech = speak(3);
    test::append(speech.sound, speak(8).sound);
    const auto aligned = align(speech.sound, sentence(3) + sentence(7) + sentence(8));
    ASSERT_TRUE(aligned.ok()) << aligned.error().message();
    double said = 0;
    double unsaid = 0;
    const std::size_t from = speech.words.size();
    const std::size_t to = from + speak(7).words.size();
    for (std::size_t i = 0; i < aligned->transcript.words.size(); ++i)
        (i >= from && i < to ? unsaid : said) += *aligned->transcript.words[i].confidence;
    EXPECT_LT(unsaid / static_cast<double>(to - from), 0.3);
    EXPECT_GT(said / static_cast<double>(aligned->transcript.words.size() - (to - from)), 0.85);
    expectOrdered(aligned->transcript.words, speech.sound.duration());
}

TEST_F(ForcedAlignment, AWrongTextHasLowConfidences) {
    const auto right = align(speak(4).sound, sentence(4));
    const auto wrong = align(speak(4).sound, sentence(11));
    ASSERT_TRUE(right.ok() && wrong.ok());
    EXPECT_GT(right->confidence * right->placedShare, 0.9);
    EXPECT_LT(wrong->confidence * wrong->placedShare, 0.5);
}

TEST_F(ForcedAlignment, UnknownWordsAreSaidByTheirLettersAndNamed) {
    const std::string text = "Mister Snorplewick gave me a grimbolious bottle.";
    const auto speech = test::speakWithFlite(model(), text, "slt");
    ASSERT_TRUE(speech);
    const auto aligned = align(speech->sound, text);
    ASSERT_TRUE(aligned.ok()) << aligned.error().message();
    EXPECT_THAT(aligned->guessedWords, ::testing::ElementsAre("Snorplewick", "grimbolious"));
    EXPECT_LT(beginErrors(aligned->transcript.words, speech->words).back(), 0.08);
}

TEST_F(ForcedAlignment, EmojiTakeALittleTimeBetweenTheirNeighbours) {
    const test::SyntheticSpeech speech = speak(0);
    const auto aligned =
        align(speech.sound, "👍 The quick 你好 brown fox jumps over the lazy dog. 👍 👍");
    ASSERT_TRUE(aligned.ok()) << aligned.error().message();
    ASSERT_EQ(aligned->transcript.words.size(), speech.words.size() + 4);
    EXPECT_EQ(aligned->transcript.words[3].text, "你好");
    EXPECT_EQ(aligned->transcript.words[3].confidence, 0.0F);
    expectOrdered(aligned->transcript.words, speech.sound.duration());
}

TEST_F(ForcedAlignment, LongSoundIsAlignedToItsEnd) {
    audio::Sound sound{16000, {}};
    std::string text;
    std::vector<audio::TimedLabel> truth;
    for (std::size_t i = 0; sound.duration().value < 180; i = (i + 1) % 24) {
        const test::SyntheticSpeech speech = speak(i);
        for (audio::TimedLabel word : speech.words) {
            word.begin = word.begin + sound.duration();
            truth.push_back(word);
        }
        test::append(sound, speech.sound);
        text += sentence(i) + "\n";
    }
    const auto aligned = align(sound, text);
    ASSERT_TRUE(aligned.ok()) << aligned.error().message();
    const auto errors = beginErrors(aligned->transcript.words, truth);
    EXPECT_LT(errors[errors.size() / 2], 0.012);
    EXPECT_LT(errors.back(), 1.0);
}

TEST_F(ForcedAlignment, TextsThatCannotBeSpokenAreRefused) {
    const test::SyntheticSpeech speech = speak(0);
    std::string endless;
    for (int i = 0; i < 200; ++i)
        endless += sentence(1);
    const std::vector<std::pair<std::string, std::string>> cases{
        {"", "has no words"},
        {"... — !", "has no words"},
        {"👍 你好", "no words that can be spoken"},
        {endless, "too long for the sound"}};
    for (const auto& [text, message] : cases) {
        const auto aligned = align(speech.sound, text);
        ASSERT_FALSE(aligned.ok()) << text.substr(0, 40);
        EXPECT_EQ(aligned.error().code(), ErrorCode::InvalidInput);
        EXPECT_THAT(aligned.error().message(), HasSubstr(message));
    }
}

TEST_F(ForcedAlignment, SoundsWithoutSpeechAreRefused) {
    const std::vector<std::pair<audio::Sound, std::string>> cases{
        {audio::Sound{16000, std::vector<float>(48000)}, "silent"},
        {test::noise(5, 0.1F), "even noise"},
        {audio::Sound{16000, {}}, "too short"},
        {audio::Sound{44100, test::noise(1, 0.1F).samples}, "44100"}};
    for (const auto& [sound, message] : cases) {
        const auto aligned = align(sound, "hello");
        ASSERT_FALSE(aligned.ok()) << message;
        EXPECT_THAT(aligned.error().message(), HasSubstr(message));
    }
}

TEST_F(ForcedAlignment, ATenthOfASecondGivesLittleConfidence) {
    const auto aligned = align(test::noise(0.12, 0.1F), "hi");
    ASSERT_TRUE(aligned.ok()) << aligned.error().message();
    expectOrdered(aligned->transcript.words, {0.12});
}

TEST_F(ForcedAlignment, StopsWhenAsked) {
    std::stop_source stop;
    JobControl control(stop.get_token(), [&](const Progress& progress) {
        if (progress.stage == "Aligning") stop.request_stop();
    });
    const auto aligned = alignText(model(), speak(1).sound, sentence(1), control);
    ASSERT_FALSE(aligned.ok());
    EXPECT_EQ(aligned.error().code(), ErrorCode::Cancelled);
}

TEST_F(ForcedAlignment, IsTheSameEachTime) {
    const test::SyntheticSpeech speech = speak(2);
    const auto once = align(speech.sound, sentence(2));
    const auto again = align(speech.sound, sentence(2));
    ASSERT_TRUE(once.ok() && again.ok());
    EXPECT_EQ(once->transcript, again->transcript);
}

} // namespace
} // namespace gesture::speech
