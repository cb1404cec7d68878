// SPDX-License-Identifier: Apache-2.0
#include "training/corpus/flite_synthesiser.h"

#include "training/corpus/espeak_phones.h"
#include "training/corpus/espeak_synthesiser.h"
#include "training/corpus/speakers.h"
#include "training/corpus/templates.h"
#include "training/corpus/word_lists.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

namespace gesture::training {
namespace {

constexpr const char* kSentence = "The enormous house was above the quiet river.";

/// What every engine promises of a sentence.
void expectExactTimes(const SpeechSound& speech) {
    const auto& text = speech.text;
    ASSERT_FALSE(text.phones.empty());
    EXPECT_EQ(speech.sound.sampleRate, 16000);
    EXPECT_DOUBLE_EQ(text.phones.back().span.end.value, speech.sound.duration().value);
    for (std::size_t i = 0; i < text.phones.size(); ++i) {
        EXPECT_GT(text.phones[i].span.length(), 0.0);
        if (i > 0) {
            EXPECT_NEAR(text.phones[i].span.begin.value, text.phones[i - 1].span.end.value, 1e-6);
        }
    }
    for (const auto& word : text.words) {
        ASSERT_TRUE(word.vowel) << word.text;
        EXPECT_LE(word.span.begin, word.vowel->begin) << word.text;
        EXPECT_GE(word.span.end, word.vowel->end) << word.text;
    }
}

/// RMS of a stretch of a sound.
double loudness(const audio::Sound& sound, const gestures::TimeSpan& span) {
    const auto begin = static_cast<std::size_t>(span.begin.value * sound.sampleRate);
    const auto end = static_cast<std::size_t>(span.end.value * sound.sampleRate);
    double sum = 0.0;
    for (std::size_t i = begin; i < end; ++i)
        sum += static_cast<double>(sound.samples[i]) * sound.samples[i];
    return std::sqrt(sum / static_cast<double>(end - begin));
}

class FliteVoices : public testing::TestWithParam<Voice> {};

TEST_P(FliteVoices, SayExactlyWhenWhatIsSaid) {
    const auto flite = makeFliteSynthesiser();
    const auto speech = flite->speak(GetParam(), kSentence, {});
    ASSERT_TRUE(speech.ok()) << speech.error().message();
    expectExactTimes(*speech);
    ASSERT_EQ(speech->text.words.size(), 8U);
    EXPECT_EQ(speech->text.words[1].text, "enormous");
    // Vowels are where the sound is: louder than the sentence on the whole.
    const double whole = loudness(speech->sound, {{0.0}, speech->sound.duration()});
    double vowels = 0.0;
    for (const auto& word : speech->text.words)
        vowels += loudness(speech->sound, *word.vowel) / 8.0;
    EXPECT_GT(vowels, 1.2 * whole);
}

TEST_P(FliteVoices, SpeakTheSameBytesWhateverWasSaidBefore) {
    const auto flite = makeFliteSynthesiser();
    const auto first = flite->speak(GetParam(), kSentence, {});
    ASSERT_TRUE(first.ok());
    ASSERT_TRUE(flite->speak(GetParam(), "Another sentence is said meanwhile.", {1.1, 0.9}).ok());
    const auto again = flite->speak(GetParam(), kSentence, {});
    EXPECT_EQ(first->sound.samples, again->sound.samples);
}

const std::vector<Voice> kVoices = {{"slt", SpeechEngine::Flite, "slt"},
                                    {"rms", SpeechEngine::Flite, "rms"},
                                    {"awb", SpeechEngine::Flite, "awb"},
                                    {"kal", SpeechEngine::Flite, "kal16"},
                                    {"small", SpeechEngine::Flite, "slt", 1.1, 1.15},
                                    {"large", SpeechEngine::Flite, "kal16", 0.9, 0.85}};
INSTANTIATE_TEST_SUITE_P(All, FliteVoices, testing::ValuesIn(kVoices),
                         [](const auto& voice) { return voice.param.name; });

TEST(FliteSynthesiser, StressesWordsAsTheDictionarySays) {
    const auto flite = makeFliteSynthesiser();
    const auto speech = flite->speak(kVoices[0], kSentence, {});
    ASSERT_TRUE(speech.ok());
    const auto& above = speech->text.words[4];
    ASSERT_EQ(above.text, "above");
    EXPECT_GT(above.vowel->begin.value - above.span.begin.value, 0.03); // the second syllable
}

TEST(FliteSynthesiser, SaysEveryWordOfTheGrammarAsOne) {
    const auto flite = makeFliteSynthesiser();
    const WordLists& lists = wordLists();
    for (const auto& list : {lists.nouns, lists.plurals, lists.adjectives, lists.verbs,
                             lists.intransitives, lists.adverbials}) {
        std::string text;
        for (std::size_t i = 0; i < list.size(); ++i) {
            text += std::string(list[i]) + " ";
            if (i % 12 != 11 && i + 1 != list.size()) continue;
            const auto speech = flite->speak(kVoices[3], text + ".", {0.5});
            ASSERT_TRUE(speech.ok()) << speech.error().message();
            text.clear();
        }
    }
}

TEST(FliteSynthesiser, PaceStretchesAndUnknownVoicesAreNamed) {
    const auto flite = makeFliteSynthesiser();
    const auto usual = flite->speak(kVoices[2], kSentence, {1.0});
    const auto slow = flite->speak(kVoices[2], kSentence, {1.2});
    EXPECT_NEAR(slow->sound.duration().value / usual->sound.duration().value, 1.2, 0.05);
    const auto none = flite->speak({"x", SpeechEngine::Flite, "nobody"}, kSentence, {});
    ASSERT_FALSE(none.ok());
    EXPECT_NE(none.error().message().find("nobody"), std::string::npos);
}

TEST(EspeakPhones, BecomeThoseOfFlite) {
    EXPECT_EQ(arpabetOfEspeak("tS"), "ch");
    EXPECT_EQ(arpabetOfEspeak("eI"), "ey");
    EXPECT_EQ(arpabetOfEspeak("_:"), "pau");
    EXPECT_EQ(arpabetOfEspeak("?!"), "ax");
}

TEST(EspeakSynthesiser, SpeaksAllItsVoicesWithExactTimes) {
    if (!espeakIsInstalled())
        GTEST_SKIP() << "gesture-corpus-espeak is not built (GESTURE_ESPEAK is off)";
    auto espeak = startEspeakSynthesiser();
    ASSERT_TRUE(espeak.ok()) << espeak.error().message();
    for (const Speaker& speaker : corpusSpeakers(true)) {
        if (speaker.voice.engine != SpeechEngine::Espeak) continue;
        const auto first = (*espeak)->speak(speaker.voice, kSentence, {});
        ASSERT_TRUE(first.ok()) << speaker.voice.name << ": " << first.error().message();
        expectExactTimes(*first);
        ASSERT_EQ(first->text.words.size(), 8U);
        const auto& above = first->text.words[4];
        EXPECT_GT(above.vowel->begin.value - above.span.begin.value, 0.03) << speaker.voice.name;
        const auto again = (*espeak)->speak(speaker.voice, kSentence, {});
        EXPECT_EQ(first->sound.samples, again->sound.samples) << speaker.voice.name;
    }
}

} // namespace
} // namespace gesture::training
