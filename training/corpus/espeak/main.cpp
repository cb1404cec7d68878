// SPDX-License-Identifier: Apache-2.0
// gesture-corpus-espeak: speaks sentences with eSpeak NG for the program that makes the corpus. A
// process of its own because that library is under the GPL, and so is this program as built.
//
// A line of JSON in: {"voice", "text", "words", "rate", "pitch", "range"}. Out: a line of JSON,
// {"samples", "rate", "phones": [[name, sample, place in the text], …], "stress": [vowel, …]} (for
// each word which of its vowels has the main stress, -1: none), then the samples as 16-bit integers
// of this machine; or {"error": a sentence}.

#include <espeak-ng/speak_lib.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

namespace {

using nlohmann::json;

/// What the library delivers while it speaks; its callback has no other way to us.
struct Spoken {
    std::vector<std::int16_t> samples;
    json phones = json::array();
    std::size_t place = 0;
};
Spoken spoken;

int receive(short* samples, int count, espeak_EVENT* event) {
    if (samples != nullptr && count > 0)
        spoken.samples.insert(spoken.samples.end(), samples, samples + count);
    for (; event->type != espeakEVENT_LIST_TERMINATED; ++event) {
        if (event->type == espeakEVENT_WORD)
            spoken.place = static_cast<std::size_t>(event->text_position) - 1;
        if (event->type != espeakEVENT_PHONEME) continue;
        const char* const name = event->id.string;
        spoken.phones.push_back({std::string(name, strnlen(name, sizeof event->id.string)),
                                 event->sample, spoken.place});
    }
    return 0;
}

bool isVowel(std::string_view phoneme) {
    return !phoneme.empty() &&
           std::string_view("aeiouAEIOUV03@").find(phoneme.front()) != std::string_view::npos;
}

/// Which vowel of a word has the main stress, from 0; -1: none.
int stressedVowel(const std::string& word) {
    constexpr int kSeparated = '_' << 8; // phonemes with this sign between them
    const void* text = word.c_str();
    const char* const answer = espeak_TextToPhonemes(&text, espeakCHARS_UTF8, kSeparated);
    std::string_view phonemes = answer != nullptr ? answer : "";
    int vowels = 0;
    bool marked = false;
    while (!phonemes.empty()) {
        const std::size_t end = phonemes.find_first_of("_ ");
        std::string_view phoneme = phonemes.substr(0, end);
        phonemes.remove_prefix(end == phonemes.npos ? phonemes.size() : end + 1);
        marked = marked || phoneme.find('\'') != phoneme.npos;
        phoneme.remove_prefix(std::min(phoneme.size(), phoneme.find_first_not_of("',%=")));
        if (!isVowel(phoneme)) continue;
        if (marked) return vowels;
        ++vowels;
    }
    return -1;
}

void say(const json& object) { std::cout << object.dump() << '\n'; }

void speak(const json& request) {
    const auto voice = request.at("voice").get<std::string>();
    const auto text = request.at("text").get<std::string>();
    if (espeak_SetVoiceByName(voice.c_str()) != EE_OK)
        return say({{"error", "eSpeak NG has no voice '" + voice + "'."}});
    espeak_SetParameter(espeakRATE, request.at("rate").get<int>(), 0);
    espeak_SetParameter(espeakPITCH, request.at("pitch").get<int>(), 0);
    espeak_SetParameter(espeakRANGE, request.at("range").get<int>(), 0);
    json stress = json::array();
    for (const json& word : request.at("words"))
        stress.push_back(stressedVowel(word.get<std::string>()));
    spoken = {};
    const espeak_ERROR result = espeak_Synth(text.c_str(), text.size() + 1, 0, POS_CHARACTER, 0,
                                             espeakCHARS_UTF8 | espeakPHONEMES, nullptr, nullptr);
    if (result != EE_OK || espeak_Synchronize() != EE_OK || spoken.samples.empty())
        return say({{"error", "eSpeak NG did not speak '" + text + "'."}});
    say({{"samples", spoken.samples.size()},
         {"rate", 22050},
         {"phones", std::move(spoken.phones)},
         {"stress", std::move(stress)}});
    std::cout.write(reinterpret_cast<const char*>(spoken.samples.data()),
                    static_cast<std::streamsize>(spoken.samples.size() * sizeof(std::int16_t)));
}

} // namespace

int main() {
    const int rate =
        espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, nullptr, espeakINITIALIZE_PHONEME_EVENTS);
    if (rate != 22050) {
        std::cerr << "eSpeak NG does not start, or its voices are not at 22,050 Hz.\n";
        return 1;
    }
    espeak_SetSynthCallback(receive);
    for (std::string line; std::getline(std::cin, line);) {
        const json request = json::parse(line, nullptr, false);
        try {
            speak(request);
        } catch (const json::exception&) {
            say({{"error", "The request is not understood."}});
        }
        std::cout.flush();
    }
    espeak_Terminate();
    return 0;
}
