// SPDX-License-Identifier: Apache-2.0
#include "training/corpus/flite_synthesiser.h"

#include "core/audio/resample.h"
#include "training/corpus/sentence.h"

#include <flite/flite.h>
#include <flite/flite_version.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <utility>

extern "C" {
cst_voice* register_cmu_us_slt(const char* folder);
cst_voice* register_cmu_us_rms(const char* folder);
cst_voice* register_cmu_us_awb(const char* folder);
cst_voice* register_cmu_us_kal16(const char* folder);
}

namespace gesture::training {

namespace {

using gestures::SpokenPhone;
using gestures::SpokenText;
using gestures::SpokenWord;
using gestures::TimeSpan;

struct UtteranceDeleter {
    void operator()(cst_utterance* utterance) const { delete_utterance(utterance); }
};
using Utterance = std::unique_ptr<cst_utterance, UtteranceDeleter>;

/// Where a segment is, in the engine's seconds.
TimeSpan spanOf(const cst_item* segment) {
    const cst_item* before = item_prev(segment);
    const double begin = before != nullptr ? item_feat_float(before, "end") : 0.0;
    return {{begin}, {static_cast<double>(item_feat_float(segment, "end"))}};
}

bool isStressed(const cst_item* syllable) {
    return item_feat_present(syllable, "stress") != 0 &&
           std::strcmp(item_feat_string(syllable, "stress"), "1") == 0;
}

std::vector<SpokenPhone> phonesOf(const cst_utterance* utterance) {
    std::vector<SpokenPhone> phones;
    const cst_item* segment = relation_head(utt_relation(utterance, "Segment"));
    for (; segment != nullptr; segment = item_next(segment))
        phones.push_back({item_feat_string(segment, "name"), spanOf(segment), false});
    return phones;
}

/// Marks the phone that begins where `vowel` does as stressed.
void markStressed(const TimeSpan& vowel, std::vector<SpokenPhone>& phones) {
    for (SpokenPhone& phone : phones)
        if (phone.span == vowel) phone.stressed = true;
}

/// A word's time, and the vowel of its first stressed syllable, else of its first syllable.
SpokenWord wordOf(const cst_item* item, std::vector<SpokenPhone>& phones) {
    SpokenWord word;
    bool found = false;
    bool stressed = false;
    const cst_item* syllable = item_daughter(item_as(item, "SylStructure"));
    for (; syllable != nullptr; syllable = item_next(syllable)) {
        const bool main = isStressed(syllable);
        const cst_item* daughter = item_daughter(syllable);
        for (; daughter != nullptr; daughter = item_next(daughter)) {
            const cst_item* segment = item_as(daughter, "Segment");
            const TimeSpan span = spanOf(segment);
            if (!found) word.span.begin = span.begin;
            word.span.end = span.end;
            found = true;
            if (!gestures::isVowel(item_feat_string(segment, "name"))) continue;
            if (main) markStressed(span, phones);
            if (!word.vowel || (main && !stressed)) word.vowel = span;
            stressed = stressed || main;
        }
    }
    return word;
}

void scaleTimes(SpokenText& text, double factor, double end) {
    const auto scale = [&](TimeSpan& span) {
        span = {{std::min(span.begin.value * factor, end)},
                {std::min(span.end.value * factor, end)}};
    };
    for (SpokenPhone& phone : text.phones)
        scale(phone.span);
    std::erase_if(text.phones, [](const SpokenPhone& phone) { return phone.span.length() <= 0; });
    if (!text.phones.empty()) text.phones.back().span.end = {end};
    for (SpokenWord& word : text.words) {
        scale(word.span);
        if (word.vowel) scale(*word.vowel);
    }
    text.duration = {end};
    text.sentences = {{{0.0}, {end}}};
}

class FliteSynthesiser final : public Synthesiser {
public:
    FliteSynthesiser() {
        flite_init();
        voices_ = {{{"slt", register_cmu_us_slt(nullptr)},
                    {"rms", register_cmu_us_rms(nullptr)},
                    {"awb", register_cmu_us_awb(nullptr)},
                    {"kal16", register_cmu_us_kal16(nullptr)}}};
    }

    Result<SpeechSound> speak(const Voice& voice, std::string_view text,
                              const Delivery& delivery) override {
        const auto found = std::find_if(voices_.begin(), voices_.end(), [&](const auto& entry) {
            return entry.first == voice.base;
        });
        if (found == voices_.end())
            return Error{
                ErrorCode::NotFound,
                fmt::format("Flite has no voice '{}' here; it has slt, rms, awb and kal16.",
                            voice.base)};
        // What shortens the tract speeds the sound up; stretching and pitch take that back.
        const int playedAt = static_cast<int>(std::lround(kSpeechRate * voice.tract));
        const double speed = static_cast<double>(playedAt) / kSpeechRate;
        cst_features* features = found->second->features;
        feat_set_float(features, "duration_stretch", static_cast<float>(delivery.pace * speed));
        feat_set_float(features, "f0_shift",
                       static_cast<float>(delivery.pitch * voice.pitch / speed));
        std::srand(1); // The voices' noise: same sentence, same bytes.
        const Utterance utterance(flite_synth_text(std::string(text).c_str(), found->second));
        return soundOf(utterance.get(), text, playedAt);
    }

private:
    static Result<SpeechSound> soundOf(cst_utterance* utterance, std::string_view text,
                                       int playedAt) {
        const cst_wave* wave = utterance != nullptr ? utt_wave(utterance) : nullptr;
        if (wave == nullptr || wave->sample_rate != kSpeechRate)
            return Error{ErrorCode::Unavailable,
                         fmt::format("Flite did not speak '{}' as it should.", text)};
        audio::Sound played{playedAt, {}};
        played.samples.reserve(static_cast<std::size_t>(wave->num_samples));
        for (int i = 0; i < wave->num_samples; ++i)
            played.samples.push_back(static_cast<float>(wave->samples[i]) / 32768.0F);
        auto sound = audio::resampled(played, kSpeechRate);
        if (!sound) return std::move(sound).error();
        SpeechSound speech{std::move(*sound), {}};
        speech.text.phones = phonesOf(utterance);
        const std::vector<std::string> words = wordsOf(text);
        const cst_item* item = relation_head(utt_relation(utterance, "Word"));
        for (; item != nullptr; item = item_next(item))
            speech.text.words.push_back(wordOf(item, speech.text.phones));
        if (speech.text.words.size() != words.size())
            return Error{ErrorCode::Internal,
                         fmt::format("Flite says '{}' as {} words instead of {}.", text,
                                     speech.text.words.size(), words.size())};
        for (std::size_t i = 0; i < words.size(); ++i)
            speech.text.words[i].text = words[i];
        scaleTimes(speech.text, static_cast<double>(kSpeechRate) / playedAt,
                   speech.sound.duration().value);
        return speech;
    }

    std::array<std::pair<std::string_view, cst_voice*>, 4> voices_;
};

} // namespace

std::unique_ptr<Synthesiser> makeFliteSynthesiser() { return std::make_unique<FliteSynthesiser>(); }

std::string fliteVersion() { return FLITE_PROJECT_VERSION; }

} // namespace gesture::training
