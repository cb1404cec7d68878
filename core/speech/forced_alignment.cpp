// SPDX-License-Identifier: Apache-2.0
#include "core/speech/forced_alignment.h"

#include "core/speech/beam_search.h"
#include "core/speech/cepstra.h"
#include "core/speech/pronouncer.h"
#include "core/speech/speech_presence.h"
#include "core/speech/text_words.h"
#include "core/speech/word_times.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace gesture::speech {

namespace {

/// Nobody speaks faster, not for a whole text: phones in a second.
constexpr double kMostPhonesPerSecond = 45.0;
/// Beams that are tried one after the other until the text's end is reached, in nats.
constexpr std::array<float, 3> kBeams{300.0F, 900.0F, 2700.0F};

/// A text ready for the search.
struct SpokenText {
    std::vector<ShownWord> shown;
    std::vector<SpokenWord> spoken;
    std::vector<std::string> guessed;
};

Result<SpokenText> prepare(const SpeechModel& model, std::string_view text, JobControl& control) {
    auto words = wordsOfText(text);
    if (!words) return std::move(words).error();
    SpokenText result;
    Pronouncer pronouncer(model.dictionary(), model.acoustic().definition());
    control.beginStage("Reading the text", static_cast<std::int64_t>(words->size()));
    for (const TextWord& word : *words) {
        if (control.stopRequested()) return JobControl::cancelled("Reading the text");
        ShownWord shown{word.shown, result.spoken.size(), 0};
        bool guessed = false;
        for (const Utterance& utterance : word.spoken) {
            auto answer = pronouncer.pronounce(utterance);
            guessed = guessed || answer.guessed;
            if (!answer.ways.empty()) result.spoken.push_back(std::move(answer.ways));
        }
        if (guessed) result.guessed.push_back(word.shown);
        shown.end = result.spoken.size();
        result.shown.push_back(std::move(shown));
        control.advanceTo(static_cast<std::int64_t>(result.shown.size()));
    }
    if (result.spoken.empty())
        return Error{ErrorCode::InvalidInput,
                     words->empty() ? "The text has no words: give the words that are spoken."
                                    : "The text has no words that can be spoken as English: give "
                                      "it in Latin letters."};
    return result;
}

Status checkLength(const SpokenText& text, Seconds duration) {
    std::size_t phones = 0;
    for (const SpokenWord& word : text.spoken)
        phones += word.front().size();
    const double needed = static_cast<double>(phones) / kMostPhonesPerSecond;
    if (needed <= duration.value) return Status::success();
    return Error{
        ErrorCode::InvalidInput,
        fmt::format("The text is too long for the sound: its {} words take at least {:.1f} "
                    "s, the sound lasts {:.1f} s. Give the words of this sound alone.",
                    text.spoken.size(), needed, duration.value)};
}

Result<Alignment> search(const SpeechModel& model, const AlignmentGraph& graph,
                         const Cepstra& cepstra, JobControl& control) {
    BeamSearchOptions options;
    options.end = cepstra.frameCount();
    for (const float beam : kBeams) {
        options.beam = beam;
        auto alignment = searchAlignment(model.acoustic(), graph, cepstra, options, control);
        if (!alignment || alignment->complete || beam == kBeams.back()) return alignment;
    }
    return Error{ErrorCode::Internal, "No alignment was tried."};
}

void summarise(const PlacedWords& placed, TimedSpeech& result) {
    std::size_t count = 0;
    double sum = 0;
    for (const auto& word : placed.words) {
        if (!word) continue;
        ++count;
        sum += word->confidence;
    }
    result.placedShare = static_cast<double>(count) / static_cast<double>(placed.words.size());
    result.confidence = count > 0 ? sum / static_cast<double>(count) : 0.0;
}

} // namespace

Result<TimedSpeech> alignText(const SpeechModel& model, const audio::Sound& sound,
                              std::string_view text, JobControl& control) {
    auto spoken = prepare(model, text, control);
    if (!spoken) return std::move(spoken).error();
    if (auto present = checkSpeechPresence(sound); !present) return std::move(present).error();
    if (auto fits = checkLength(*spoken, sound.duration()); !fits) return std::move(fits).error();
    const auto cepstra = Cepstra::compute(sound, model.files().acoustic, control);
    if (!cepstra) return Error(cepstra.error());
    const AlignmentGraph graph(model.acoustic(), spoken->spoken);
    const auto alignment = search(model, graph, *cepstra, control);
    if (!alignment) return Error(alignment.error());
    PlacedWords placed = placeWords(model.acoustic(), graph, *cepstra, *alignment, 0);
    TimedSpeech result;
    summarise(placed, result);
    result.transcript.duration = sound.duration();
    result.transcript.language = "en";
    result.transcript.words = timeWords(spoken->shown, placed, sound.duration());
    result.transcript.phones = std::move(placed.phones);
    for (audio::TimedLabel& phone : result.transcript.phones)
        phone.end = std::min(phone.end, sound.duration());
    std::erase_if(result.transcript.phones,
                  [](const audio::TimedLabel& phone) { return phone.begin >= phone.end; });
    result.guessedWords = std::move(spoken->guessed);
    return result;
}

} // namespace gesture::speech
