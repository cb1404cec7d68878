// SPDX-License-Identifier: Apache-2.0
#include "core/speech/recognition.h"

#include "core/speech/beam_search.h"
#include "core/speech/cepstra.h"
#include "core/speech/decoder.h"
#include "core/speech/speech_presence.h"
#include "core/speech/word_times.h"

#include <algorithm>

namespace gesture::speech {

namespace {

/// Recognised words are all taken to be there.
constexpr float kNeverSkip = 1e6F;
constexpr float kBeam = 600.0F;

/// Times and phones of the words that were heard in frames [begin, end).
Result<PlacedWords> placeDecoded(const SpeechModel& model, const Cepstra& cepstra,
                                 const std::vector<DecodedWord>& words, std::int64_t begin,
                                 std::int64_t end) {
    std::vector<SpokenWord> spoken;
    for (const DecodedWord& word : words) {
        spoken.push_back(model.dictionary().find(word.word));
        // A word of the language model without a dictionary's entry is never heard.
        if (spoken.back().empty()) spoken.back() = {{model.acoustic().definition().silence()}};
    }
    const AlignmentGraph graph(model.acoustic(), spoken);
    BeamSearchOptions options;
    options.begin = begin;
    options.end = end;
    options.beam = kBeam;
    options.costs.skippedWord = kNeverSkip;
    JobControl quiet;
    const auto alignment = searchAlignment(model.acoustic(), graph, cepstra, options, quiet);
    if (!alignment) return Error(alignment.error());
    return placeWords(model.acoustic(), graph, cepstra, *alignment, begin);
}

/// Adds the words of one piece. Where the alignment lost a word, the decoder's own times stand.
void addPiece(const std::vector<DecodedWord>& words, PlacedWords placed, Seconds duration,
              audio::Transcript& transcript) {
    std::vector<ShownWord> shown;
    for (std::size_t i = 0; i < words.size(); ++i) {
        shown.push_back({words[i].word, i, i + 1});
        if (!placed.words[i]) placed.words[i] = PlacedWord{words[i].begin, words[i].end, 0.0F};
    }
    std::vector<audio::TimedLabel> labels = timeWords(shown, placed, duration);
    for (std::size_t i = 0; i < labels.size(); ++i) {
        if (!transcript.words.empty())
            labels[i].begin = std::max(labels[i].begin, transcript.words.back().end);
        if (labels[i].begin >= labels[i].end) continue;
        labels[i].confidence = words[i].posterior;
        transcript.words.push_back(std::move(labels[i]));
    }
    for (audio::TimedLabel& phone : placed.phones) {
        phone.end = std::min(phone.end, duration);
        if (phone.begin < phone.end) transcript.phones.push_back(std::move(phone));
    }
}

} // namespace

Result<TimedSpeech> recogniseSpeech(const SpeechModel& model, const audio::Sound& sound,
                                    JobControl& control) {
    if (auto present = checkSpeechPresence(sound); !present) return std::move(present).error();
    const auto cepstra = Cepstra::compute(sound, model.files().acoustic, control);
    if (!cepstra) return Error(cepstra.error());
    auto decoder = Decoder::create(model.files());
    if (!decoder) return std::move(decoder).error();
    TimedSpeech result;
    result.recognised = true;
    result.transcript.duration = sound.duration();
    result.transcript.language = "en";
    control.beginStage("Recognising", cepstra->frameCount());
    for (const SampleSpan& piece : cutAtPauses(sound)) {
        const std::int64_t begin = std::min(piece.begin / kFrameStep, cepstra->frameCount());
        const std::int64_t end = std::min(piece.end / kFrameStep, cepstra->frameCount());
        if (begin == end) continue;
        const auto words = decoder->decode(*cepstra, begin, end, control);
        if (!words) return Error(words.error());
        if (words->empty()) continue;
        auto placed = placeDecoded(model, *cepstra, *words, begin, end);
        if (!placed) return std::move(placed).error();
        addPiece(*words, std::move(*placed), sound.duration(), result.transcript);
    }
    if (result.transcript.words.empty())
        return Error{ErrorCode::InvalidInput,
                     "No speech was understood in the sound. Check that the right track was "
                     "recorded, or give its words with --text."};
    for (const audio::TimedLabel& word : result.transcript.words)
        result.confidence += word.confidence.value_or(0.0F);
    result.confidence /= static_cast<double>(result.transcript.words.size());
    result.placedShare = 1.0;
    return result;
}

} // namespace gesture::speech
