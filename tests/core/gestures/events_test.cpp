// SPDX-License-Identifier: Apache-2.0
#include "core/gestures/events.h"

#include "core/gestures/lexicon.h"
#include "tests/core/gestures/made_speech.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gesture::gestures {
namespace {

using testing::ElementsAre;

std::vector<GestureEvent> eventsOf(const std::vector<test::MadeWord>& words, LexiconUse use,
                                   WordSense sense = WordSense::Plain) {
    const audio::Sound sound = test::hummed(words, test::kSomeSeconds);
    SpokenText text = spokenText(test::transcriptOf(words, test::kSomeSeconds), sound.duration());
    for (SpokenWord& word : text.words)
        word.sense = sense;
    return chooseEvents(text, accentsOfWords(text, sound), speakerStyles()[0], use);
}

TEST(Lexicon, HasThirtyGesturesAndKnowsTheirWords) {
    EXPECT_EQ(lexicon().size(), 30U);
    EXPECT_EQ(lexicon()[*gestureOfWord("Enormous,")].name, "big");
    EXPECT_EQ(lexicon()[*gestureOfWord("perfect")].name, "great");
    EXPECT_FALSE(gestureOfWord("house"));
    EXPECT_FALSE(gestureOfWord(""));
}

TEST(Events, GiveWordsTheirGesturesAndProminentWordsBeats) {
    std::vector<std::string> words;
    for (const GestureEvent& event : eventsOf(test::someWords(), LexiconUse::Always))
        words.push_back(std::string(event.gesture()) + " " + event.word);
    EXPECT_THAT(words, ElementsAre("big enormous", "beat everybody", "beat listened", "no nothing",
                                   "beat yesterday"));
}

TEST(Events, IdiomsAndUnstressedPointersHaveNoGesture) {
    for (const GestureEvent& event :
         eventsOf(test::someWords(), LexiconUse::Always, WordSense::Idiom))
        EXPECT_EQ(event.gesture(), "beat") << event.word;
    const std::vector<test::MadeWord> pointer = {
        {"that", 1.0, 1.1, 0.1F}, {"garden", 1.5, 2.0, 0.3F}, {"evening", 4.0, 4.6, 0.3F}};
    EXPECT_EQ(eventsOf(pointer, LexiconUse::Always).front().gesture(), "there");
    EXPECT_EQ(eventsOf(pointer, LexiconUse::WhenStressed).front().gesture(), "beat");
}

TEST(Events, KeepTheirDistances) {
    std::vector<test::MadeWord> words;
    for (int i = 0; i < 30; ++i)
        words.push_back({i % 3 == 0 ? "huge" : "garden", 0.5 + 0.35 * i, 0.75 + 0.35 * i,
                         0.2F + 0.05F * static_cast<float>(i % 4)});
    const std::vector<GestureEvent> events = eventsOf(words, LexiconUse::Always);
    ASSERT_GT(events.size(), 5U);
    for (std::size_t i = 1; i < events.size(); ++i) {
        const double gap = events[i].apex.value - events[i - 1].apex.value;
        const bool both = events[i].entry && events[i - 1].entry;
        EXPECT_GE(gap, both ? 1.25 : 0.62) << i;
    }
}

TEST(Events, TimesOfEachAreInOrder) {
    for (const GestureEvent& event : eventsOf(test::someWords(), LexiconUse::Always)) {
        EXPECT_LE(event.prepared, event.strokeBegin) << event.word;
        EXPECT_LT(event.strokeBegin, event.strokeEnd) << event.word;
        EXPECT_LE(event.strokeEnd, event.holdEnd) << event.word;
        EXPECT_LE(meaningBegins(event), event.strokeBegin) << event.word;
    }
}

TEST(Prominence, LouderAndLongerVowelsStandOut) {
    const std::vector<test::MadeWord> words = {
        {"garden", 1.0, 1.3, 0.1F}, {"evening", 2.0, 2.3, 0.4F}, {"letter", 3.0, 3.6, 0.4F}};
    const audio::Sound sound = test::hummed(words, 5.0);
    const SpokenText text = spokenText(test::transcriptOf(words, 5.0), {5.0});
    const std::vector<Accent> accents = accentsOfWords(text, sound);
    ASSERT_EQ(accents.size(), 3U);
    EXPECT_LT(accents[0].prominence, accents[1].prominence);
    EXPECT_LT(accents[1].prominence, accents[2].prominence);
}

TEST(SpokenText, TakesTheStressedVowelFromThePhones) {
    audio::Transcript transcript;
    transcript.words = {{"above", {0.1}, {0.6}, std::nullopt}};
    transcript.phones = {{"AH0", {0.1}, {0.3}, std::nullopt},
                         {"B", {0.3}, {0.35}, std::nullopt},
                         {"AH1", {0.35}, {0.45}, std::nullopt},
                         {"V", {0.45}, {0.6}, std::nullopt}};
    const SpokenText text = spokenText(transcript, {1.0});
    ASSERT_TRUE(text.words.at(0).vowel);
    EXPECT_DOUBLE_EQ(text.words[0].vowel->begin.value, 0.35);
    EXPECT_EQ(text.phones[0].phone, "ah");
}

} // namespace
} // namespace gesture::gestures
