// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/transcript/fuzzed_transcript.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

namespace gesture::fuzz {

namespace {

void require(bool holds, std::string_view what, const std::string& detail) {
    if (holds) return;
    std::fprintf(stderr, "%s: %s\n", std::string(what).c_str(), detail.c_str());
    std::abort();
}

std::string messageOf(const Status& status) {
    return status.ok() ? std::string() : status.error().message();
}

std::vector<audio::TimedLabel> spoken(const std::vector<audio::TimedLabel>& labels) {
    std::vector<audio::TimedLabel> words;
    std::copy_if(labels.begin(), labels.end(), std::back_inserter(words),
                 [](const audio::TimedLabel& label) { return !label.isPause(); });
    return words;
}

/// Formats that keep everything, to the bit.
void checkExact(const audio::Transcript& transcript, const std::string& name) {
    const auto text = io::serializeTranscript(name, transcript);
    require(text.ok(), "not written", name);
    const auto again = io::parseTranscript(*text, name);
    require(again.ok(), "own file is refused", again.ok() ? "" : again.error().message());
    require(again->transcript.words == transcript.words, "words differ", *text);
    require(again->transcript.phones == transcript.phones, "phones differ", *text);
}

/// A TextGrid loses confidences and gains blanks; labels meet where they overlapped by rounding.
void checkTextGrid(const audio::Transcript& transcript) {
    const auto text = io::serializeTranscript("a.TextGrid", transcript);
    if (!text) return; // nothing in it
    const auto again = io::parseTranscript(*text, "a.TextGrid");
    require(again.ok(), "own TextGrid is refused", again.ok() ? "" : again.error().message());
    const auto before = spoken(transcript.words);
    const auto after = spoken(again->transcript.words);
    require(before.size() == after.size(), "words are lost", *text);
    for (std::size_t i = 0; i < before.size(); ++i)
        require(before[i].text == after[i].text && before[i].begin == after[i].begin &&
                    before[i].end == after[i].end,
                "a word changed", *text);
}

void checkSubtitles(const audio::Transcript& transcript) {
    for (const std::string name : {"a.srt", "a.vtt"}) {
        const auto text = io::serializeTranscript(name, transcript);
        require(text.ok(), "not written", name);
    }
}

} // namespace

void checkTranscript(const std::uint8_t* data, std::size_t size, const std::string& name) {
    std::string bytes(size, '\0');
    std::copy_n(data, size, bytes.begin());
    const auto loaded = io::parseTranscript(std::move(bytes), name);
    if (!loaded) {
        const std::string& sentence = loaded.error().message();
        require(!firstInvalidUtf8(sentence) && sentence.find(name) != std::string::npos &&
                    sentence.ends_with('.'),
                "no sentence", sentence);
        return;
    }
    const audio::Transcript& transcript = loaded->transcript;
    require(audio::validate(transcript).ok(), "not valid", messageOf(validate(transcript)));
    checkExact(transcript, "a.json");
    checkExact(transcript, "a.csv");
    checkExact(transcript, "a.tsv");
    checkTextGrid(transcript);
    checkSubtitles(transcript);
}

} // namespace gesture::fuzz
