// SPDX-License-Identifier: Apache-2.0
// Prints how well and how fast words are found and recognised: the figures of docs/numbers.md.
// Needs the packages pocketsphinx-en-us, pocketsphinx-testdata and flite.
#include "core/speech/letter_to_sound.h"
#include "core/speech/recognition.h"
#include "tests/core/speech/flite_speech.h"
#include "tests/core/speech/librivox_speech.h"
#include "tests/support/edit_distance.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>

namespace gesture::speech {

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

double quantile(std::vector<double> values, double share) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

void printErrors(const char* what, const std::vector<double>& errors) {
    std::printf("  %-12s median %5.1f ms, 90 %% within %5.1f ms, 99 %% within %5.1f ms\n", what,
                1e3 * quantile(errors, 0.5), 1e3 * quantile(errors, 0.9),
                1e3 * quantile(errors, 0.99));
}

void measureAlignment(const SpeechModel& model) {
    std::vector<double> begins;
    std::vector<double> ends;
    double sounded = 0;
    double taken = 0;
    std::puts("Word boundaries of flite's speech:");
    for (const char* voice : {"slt", "rms", "kal16"}) {
        std::vector<double> own;
        for (const std::string& sentence : test::flitesSentences()) {
            const auto speech = test::speakWithFlite(model, sentence, voice);
            if (!speech) continue;
            const auto start = Clock::now();
            JobControl control;
            const auto aligned = alignText(model, speech->sound, sentence, control);
            taken += secondsSince(start);
            sounded += speech->sound.duration().value;
            if (!aligned) continue;
            for (std::size_t i = 0; i < speech->words.size(); ++i) {
                const audio::TimedLabel& found = aligned->transcript.words[i];
                own.push_back(std::abs(found.begin.value - speech->words[i].begin.value));
                ends.push_back(std::abs(found.end.value - speech->words[i].end.value));
            }
        }
        printErrors(voice, own);
        begins.insert(begins.end(), own.begin(), own.end());
    }
    printErrors("all begins", begins);
    printErrors("all ends", ends);
    std::printf("  %zu words, %.3f s a second of sound\n", begins.size(), taken / sounded);
}

void measureRecognition(const SpeechModel& model) {
    std::size_t wrong = 0;
    std::size_t words = 0;
    double sounded = 0;
    const auto start = Clock::now();
    for (const test::ReadSpeech& speech : test::librivoxSpeech()) {
        JobControl control;
        const auto heard = recogniseSpeech(model, speech.sound, control);
        if (heard) wrong += test::wordEdits(heard->transcript.words, speech.text);
        words += test::splitWords(speech.text).size();
        sounded += speech.sound.duration().value;
    }
    std::printf("Recognition of LibriVox sentences: %zu of %zu words wrong (%.1f %%), %.2f s a "
                "second of sound\n",
                wrong, words, 100.0 * static_cast<double>(wrong) / static_cast<double>(words),
                secondsSince(start) / sounded);
    for (const test::ReadSpeech& speech : test::librivoxSpeech()) {
        JobControl control;
        const auto aligned = alignText(model, speech.sound, speech.text, control);
        if (aligned)
            std::printf("  aligned: %3.0f %% placed, confidence %.3f:%s\n",
                        100 * aligned->placedShare, aligned->confidence, speech.text.c_str());
    }
}

void measureLetters(const SpeechModel& model) {
    std::vector<PronunciationDictionary::Entry> taught;
    std::vector<PronunciationDictionary::Entry> heldOut;
    const auto entries = model.dictionary().firstEntries();
    for (std::size_t i = 0; i < entries.size(); ++i)
        (i % 50 == 7 ? heldOut : taught).push_back(entries[i]);
    const auto start = Clock::now();
    const LetterToSound letters(taught);
    const double learning = secondsSince(start);
    std::size_t wrong = 0;
    std::size_t phones = 0;
    std::size_t wrongWords = 0;
    for (const auto& entry : heldOut) {
        const std::size_t differences =
            test::editDistance(letters.pronounce(entry.word), entry.phones);
        wrong += differences;
        wrongWords += differences > 0 ? 1 : 0;
        phones += entry.phones.size();
    }
    std::printf("Letters to sounds, %zu held-out words: %.1f %% of phones, %.1f %% of words wrong; "
                "learnt in %.1f s\n",
                heldOut.size(), 100.0 * static_cast<double>(wrong) / static_cast<double>(phones),
                100.0 * static_cast<double>(wrongWords) / static_cast<double>(heldOut.size()),
                learning);
}

} // namespace

} // namespace gesture::speech

int main() {
    using namespace gesture::speech;
    const auto model = SpeechModel::load();
    if (!model) {
        std::fprintf(stderr, "%s\n", model.error().message().c_str());
        return 1;
    }
    measureAlignment(*model);
    measureRecognition(*model);
    measureLetters(*model);
    return 0;
}
