// SPDX-License-Identifier: Apache-2.0
#include "training/corpus/clip_speech.h"

#include "training/corpus/sentence.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace gesture::training {

namespace {

using gestures::SpokenPhone;
using gestures::SpokenWord;
using gestures::TimeSpan;

constexpr int kSentences = 14;
constexpr float kPeak = 0.5F; ///< Of each sentence: loudness differs within sentences alone.

double between(double low, double high, CounterRandom& random) {
    return low + (high - low) * random.uniform();
}

double drawPause(CounterRandom& random) {
    const bool brief = random.uniform() < 0.75;
    return brief ? between(0.05, 0.35, random) : between(0.6, 1.4, random);
}

/// Puts sentences and pauses one after the other.
class ClipSpeech {
public:
    ClipSpeech() { clip_.sound.sampleRate = kSpeechRate; }

    void addPause(double seconds) {
        const auto samples = static_cast<std::size_t>(std::lround(seconds * kSpeechRate));
        const double begin = now();
        clip_.sound.samples.resize(clip_.sound.samples.size() + samples, 0.0F);
        addPhone({"pau", {{begin}, {now()}}, false});
    }

    void addSentence(const Sentence& sentence, const SpeechSound& speech) {
        const double begin = now();
        const auto moved = [&](const TimeSpan& span) {
            return TimeSpan{{span.begin.value + begin}, {span.end.value + begin}};
        };
        addSamples(speech.sound.samples);
        for (const SpokenPhone& phone : speech.text.phones)
            addPhone({phone.phone, moved(phone.span), phone.stressed});
        TimeSpan voiced{{now()}, {begin}};
        for (std::size_t i = 0; i < speech.text.words.size(); ++i) {
            SpokenWord word = speech.text.words[i];
            if (word.span.length() <= 0.0) continue;
            word.span = moved(word.span);
            if (word.vowel) word.vowel = moved(*word.vowel);
            word.sense = sentence.senses[i];
            voiced = {std::min(voiced.begin, word.span.begin), std::max(voiced.end, word.span.end)};
            clip_.text.words.push_back(std::move(word));
        }
        clip_.text.sentences.push_back(voiced);
    }

    [[nodiscard]] SpeechSound finish() && {
        clip_.text.duration = clip_.sound.duration();
        return std::move(clip_);
    }

private:
    [[nodiscard]] double now() const { return clip_.sound.duration().value; }

    void addSamples(const std::vector<float>& samples) {
        float peak = 1e-6F;
        for (const float sample : samples)
            peak = std::max(peak, std::abs(sample));
        for (const float sample : samples)
            clip_.sound.samples.push_back(sample * (kPeak / peak));
    }

    /// Silences that follow each other become one.
    void addPhone(SpokenPhone phone) {
        auto& phones = clip_.text.phones;
        if (phone.phone == "pau" && !phones.empty() && phones.back().phone == "pau")
            phones.back().span.end = phone.span.end;
        else
            phones.push_back(std::move(phone));
    }

    SpeechSound clip_;
};

} // namespace

Result<SpeechSound> makeClipSpeech(Synthesiser& synthesiser, const Voice& voice,
                                   CounterRandom& random) {
    ClipSpeech clip;
    const double pace = between(0.90, 1.12, random);
    clip.addPause(between(0.5, 0.9, random));
    for (int i = 0; i < kSentences; ++i) {
        if (i > 0) clip.addPause(drawPause(random));
        const Sentence sentence = drawSentence(random);
        Delivery delivery;
        delivery.pace = pace * between(0.95, 1.05, random);
        delivery.pitch = between(0.92, 1.10, random);
        delivery.liveliness = random.uniform();
        auto speech = synthesiser.speak(voice, sentence.text, delivery);
        if (!speech) return std::move(speech).error();
        clip.addSentence(sentence, *speech);
    }
    clip.addPause(0.5);
    return std::move(clip).finish();
}

} // namespace gesture::training
