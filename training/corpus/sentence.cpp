// SPDX-License-Identifier: Apache-2.0
#include "training/corpus/sentence.h"

#include "core/base/assert.h"
#include "core/gestures/lexicon.h"
#include "training/corpus/templates.h"
#include "training/corpus/word_lists.h"

#include <algorithm>
#include <cctype>

namespace gesture::training {

namespace {

using gestures::WordSense;

constexpr double kGestureShare = 0.55; ///< Of the sentences.
constexpr double kIdiomShare = 0.06;   ///< A tenth of the sentences with words that have a gesture.

std::string_view oneOf(std::span<const std::string_view> list, CounterRandom& random) {
    return list[random.below(list.size())];
}

/// Fills a template's gaps; remembers at which word the word with the gesture stands.
class Filling {
public:
    Filling(std::string_view word, CounterRandom& random)
        : word_(word)
        , random_(random) {}

    void add(std::string_view text) {
        while (!text.empty()) {
            const std::size_t gap = text.find('{');
            append(text.substr(0, gap));
            if (gap == text.npos) return;
            GESTURE_ASSERT(gap + 2 < text.size() && text[gap + 2] == '}');
            fill(text[gap + 1]);
            text.remove_prefix(gap + 3);
        }
    }

    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] std::size_t gestureAt() const { return gestureAt_; }

private:
    void append(std::string_view text) { text_ += text; }

    void fill(char slot) {
        const WordLists& lists = wordLists();
        switch (slot) {
        case 's':
            return add(oneOf(subjectTemplates(), random_));
        case 'n':
            return append(oneOf(lists.nouns, random_));
        case 'p':
            return append(oneOf(lists.plurals, random_));
        case 'a':
            return append(oneOf(lists.adjectives, random_));
        case 'v':
            return append(oneOf(lists.verbs, random_));
        case 'i':
            return append(oneOf(lists.intransitives, random_));
        case 'd':
            return append(oneOf(lists.adverbials, random_));
        default:
            GESTURE_ASSERT(slot == 'w');
            gestureAt_ = wordsOf(text_).size();
            return append(word_);
        }
    }

    std::string_view word_;
    CounterRandom& random_;
    std::string text_;
    std::size_t gestureAt_ = static_cast<std::size_t>(-1);
};

bool beginsWithVowel(std::string_view word) {
    if (word.starts_with("use") || word.starts_with("usu") || word.starts_with("one")) return false;
    return std::string_view("aeiou").find(word.front()) != std::string_view::npos;
}

/// "a old house" becomes "an old house"; the sentence gets its capital.
std::string polished(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        result += text[i];
        const bool article = text[i] == 'a' && (i == 0 || text[i - 1] == ' ') &&
                             i + 2 < text.size() && text[i + 1] == ' ';
        if (article && beginsWithVowel(text.substr(i + 2))) result += 'n';
    }
    result.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(result.front())));
    return result;
}

Sentence filled(std::string_view pattern, std::string_view word, CounterRandom& random) {
    Filling filling(word, random);
    filling.add(pattern);
    Sentence sentence{polished(filling.text()), {}};
    const std::vector<std::string> words = wordsOf(sentence.text);
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool means = i == filling.gestureAt() || !gestures::gestureOfWord(words[i]);
        sentence.senses.push_back(means ? WordSense::Plain : WordSense::Idiom);
    }
    return sentence;
}

/// Gestures are drawn, then one of their words: each is as frequent as any other.
std::string_view drawGestureWord(CounterRandom& random) {
    const auto lexicon = gestures::lexicon();
    return oneOf(lexicon[random.below(lexicon.size())].words, random);
}

} // namespace

Sentence drawSentence(CounterRandom& random) {
    const double kind = random.uniform();
    if (kind < kIdiomShare) return filled(oneOf(idiomTemplates(), random), {}, random);
    if (kind >= kIdiomShare + kGestureShare)
        return filled(oneOf(plainTemplates(), random), {}, random);
    const std::string_view word = drawGestureWord(random);
    for (const GestureSentences& group : gestureSentences())
        if (std::find(group.words.begin(), group.words.end(), word) != group.words.end())
            return filled(oneOf(group.templates, random), word, random);
    GESTURE_ASSERT(false);
    return {};
}

std::vector<std::string> wordsOf(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    for (const char c : text) {
        if (std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '\'') {
            word += c;
        } else if (!word.empty()) {
            words.push_back(std::move(word));
            word.clear();
        }
    }
    if (!word.empty()) words.push_back(std::move(word));
    return words;
}

std::string grammarText() {
    std::string text;
    const auto add = [&](std::span<const std::string_view> list) {
        for (const std::string_view entry : list) {
            text += entry;
            text += '\n';
        }
    };
    const WordLists& lists = wordLists();
    for (const auto& list :
         {lists.nouns, lists.plurals, lists.adjectives, lists.verbs, lists.intransitives,
          lists.adverbials, subjectTemplates(), plainTemplates(), idiomTemplates()})
        add(list);
    for (const GestureSentences& group : gestureSentences()) {
        add(group.words);
        add(group.templates);
    }
    return text;
}

} // namespace gesture::training
