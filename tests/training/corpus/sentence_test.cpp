// SPDX-License-Identifier: Apache-2.0
#include "training/corpus/sentence.h"

#include "core/gestures/lexicon.h"
#include "training/corpus/templates.h"
#include "training/corpus/word_lists.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <set>

namespace gesture::training {
namespace {

TEST(WordLists, AreLargeDifferAndHoldNoGesture) {
    const WordLists& lists = wordLists();
    const std::size_t words = lists.nouns.size() + lists.adjectives.size() + lists.verbs.size();
    EXPECT_GE(words, 400U);
    for (const auto& list : {lists.nouns, lists.plurals, lists.adjectives, lists.verbs,
                             lists.intransitives, lists.adverbials}) {
        const std::set<std::string_view> different(list.begin(), list.end());
        EXPECT_EQ(different.size(), list.size());
        for (const std::string_view entry : list) {
            EXPECT_FALSE(entry.empty());
            for (const std::string& word : wordsOf(entry))
                EXPECT_FALSE(gestures::gestureOfWord(word)) << entry;
        }
    }
}

TEST(Templates, HaveOnePlaceForEveryWordOfTheLexicon) {
    std::multiset<std::string_view> words;
    for (const GestureSentences& group : gestureSentences()) {
        words.insert(group.words.begin(), group.words.end());
        for (const std::string_view text : group.templates)
            EXPECT_NE(text.find("{w}"), text.npos) << text;
    }
    for (const gestures::LexiconGesture& gesture : gestures::lexicon())
        for (const std::string_view word : gesture.words)
            EXPECT_EQ(words.count(word), 1U) << word;
    for (const std::string_view idiom : idiomTemplates()) {
        const auto spoken = wordsOf(idiom);
        EXPECT_TRUE(std::any_of(spoken.begin(), spoken.end(), [](const std::string& word) {
            return gestures::gestureOfWord(word).has_value();
        })) << idiom;
    }
}

TEST(Sentences, MarkWhichWordsMeanTheirGesture) {
    CounterRandom random(5);
    std::map<std::string, int> count;
    constexpr int kSentences = 4000;
    for (int i = 0; i < kSentences; ++i) {
        const Sentence sentence = drawSentence(random);
        const std::vector<std::string> words = wordsOf(sentence.text);
        ASSERT_EQ(words.size(), sentence.senses.size()) << sentence.text;
        bool meant = false;
        bool idiom = false;
        for (std::size_t w = 0; w < words.size(); ++w) {
            if (!gestures::gestureOfWord(words[w])) continue;
            (sentence.senses[w] == gestures::WordSense::Plain ? meant : idiom) = true;
        }
        ASSERT_FALSE(meant && idiom) << sentence.text;
        count[meant ? "meant" : idiom ? "idiom" : "plain"] += 1;
    }
    EXPECT_NEAR(count["meant"], 0.55 * kSentences, 0.03 * kSentences);
    const double decoys = 1.0 * count["idiom"] / (count["idiom"] + count["meant"]);
    EXPECT_NEAR(decoys, 0.10, 0.02);
}

TEST(Sentences, AreTheSameForTheSameSeedAndReadWell) {
    CounterRandom one(9);
    CounterRandom two(9);
    for (int i = 0; i < 300; ++i) {
        const std::string text = drawSentence(one).text;
        EXPECT_EQ(text, drawSentence(two).text);
        EXPECT_TRUE(text.front() >= 'A' && text.front() <= 'Z') << text;
        EXPECT_TRUE(text.back() == '.' || text.back() == '?') << text;
        EXPECT_EQ(text.find_first_of("{}0123456789"), text.npos) << text;
        EXPECT_EQ(text.find(" a old"), text.npos) << text;
    }
}

} // namespace
} // namespace gesture::training
