// SPDX-License-Identifier: Apache-2.0
#include "tests/core/speech/flite_speech.h"

#include "core/audio/audio_file.h"
#include "core/base/paths.h"
#include "core/base/process.h"
#include "core/speech/pronouncer.h"
#include "tests/support/temporary_folder.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <sstream>

namespace gesture::test {

namespace {

struct SpokenPhone {
    std::string name; ///< In the model's spelling; "PAU" for a pause.
    double begin = 0;
    double end = 0;
};

/// "pau:0.220 hh:0.295 …": each with its end.
std::vector<SpokenPhone> parsePhones(const std::string& text) {
    static const std::map<std::string, std::string> same{{"AX", "AH"}, {"AXR", "ER"}, {"IX", "IH"}};
    std::vector<SpokenPhone> phones;
    std::istringstream fields(text);
    double begin = 0;
    for (std::string field; fields >> field;) {
        const std::size_t colon = field.find(':');
        if (colon == std::string::npos) continue;
        std::string name = field.substr(0, colon);
        for (char& c : name)
            c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        if (const auto found = same.find(name); found != same.end()) name = found->second;
        const double end = std::stod(field.substr(colon + 1));
        phones.push_back({name, begin, end});
        begin = end;
    }
    return phones;
}

bool isVowel(const std::string& phone) {
    return std::string("AEIOU").find(phone.front()) != std::string::npos;
}

/// A phone that the text asks for, and the word that it is of.
struct WantedPhone {
    std::string name;
    std::size_t word = 0;
};

/// Which word each spoken phone belongs to: least edits between the wanted and the spoken phones.
std::vector<std::size_t> wordsOfPhones(const std::vector<WantedPhone>& wanted,
                                       const std::vector<SpokenPhone>& spoken) {
    const std::size_t width = spoken.size() + 1;
    std::vector<double> cost((wanted.size() + 1) * width, 0.0);
    const auto differ = [&](std::size_t i, std::size_t j) {
        if (wanted[i].name == spoken[j].name) return 0.0;
        return isVowel(wanted[i].name) == isVowel(spoken[j].name) ? 0.6 : 1.5;
    };
    for (std::size_t i = 0; i <= wanted.size(); ++i)
        for (std::size_t j = 0; j < width; ++j) {
            if (i == 0 && j == 0) continue;
            double best = 1e9;
            if (i > 0) best = std::min(best, cost[(i - 1) * width + j] + 1);
            if (j > 0) best = std::min(best, cost[i * width + j - 1] + 1);
            if (i > 0 && j > 0)
                best = std::min(best, cost[(i - 1) * width + j - 1] + differ(i - 1, j - 1));
            cost[i * width + j] = best;
        }
    std::vector<std::size_t> words(spoken.size(), 0);
    std::size_t i = wanted.size();
    std::size_t j = spoken.size();
    while (j > 0) {
        const double here = cost[i * width + j];
        if (i > 0 && here == cost[(i - 1) * width + j - 1] + differ(i - 1, j - 1)) {
            words[--j] = wanted[--i].word;
        } else if (i > 0 && here == cost[(i - 1) * width + j] + 1) {
            --i;
        } else {
            words[--j] = wanted[i > 0 ? i - 1 : 0].word;
        }
    }
    return words;
}

} // namespace

bool haveFlite() { return findProgram("flite").has_value(); }

audio::Sound readSound(const std::filesystem::path& path) {
    audio::Sound sound;
    auto reader = audio::AudioReader::open(path);
    if (!reader) return sound;
    const auto channels = static_cast<std::size_t>(reader->info().channels);
    sound.sampleRate = reader->info().sampleRate;
    std::vector<float> block(4096 * channels);
    for (std::int64_t read = reader->read(block); read > 0; read = reader->read(block))
        for (std::size_t i = 0; i < static_cast<std::size_t>(read); ++i) {
            float sum = 0;
            for (std::size_t c = 0; c < channels; ++c)
                sum += block[i * channels + c];
            sound.samples.push_back(sum / static_cast<float>(channels));
        }
    return sound;
}

std::optional<SyntheticSpeech> speakWithFlite(const speech::SpeechModel& model,
                                              const std::string& text, const std::string& voice) {
    const TemporaryFolder folder;
    const std::string file = (folder.path() / "speech.wav").string();
    const auto program = findProgram("flite");
    if (!program) return std::nullopt;
    const auto output = runProgram({*program, {"-voice", voice, "-psdur", "-t", text, "-o", file}},
                                   std::chrono::seconds(60));
    if (!output || output->exitStatus != 0) return std::nullopt;
    const std::vector<SpokenPhone> all = parsePhones(output->text);
    std::vector<SpokenPhone> spoken;
    for (const SpokenPhone& phone : all)
        if (phone.name != "PAU") spoken.push_back(phone);

    const auto words = speech::wordsOfText(text);
    speech::Pronouncer pronouncer(model.dictionary(), model.acoustic().definition());
    std::vector<WantedPhone> wanted;
    SyntheticSpeech result{readSound(file), {}};
    for (const speech::TextWord& word : *words) {
        for (const speech::Utterance& utterance : word.spoken) {
            const auto answer = pronouncer.pronounce(utterance);
            if (answer.ways.empty()) continue;
            for (const speech::PhoneId phone : answer.ways.front())
                wanted.push_back({model.acoustic().definition().name(phone), result.words.size()});
        }
        result.words.push_back({word.shown, {1e9}, {0}, std::nullopt});
    }
    const std::vector<std::size_t> owners = wordsOfPhones(wanted, spoken);
    for (std::size_t i = 0; i < spoken.size(); ++i) {
        audio::TimedLabel& word = result.words[owners[i]];
        word.begin = {std::min(word.begin.value, spoken[i].begin)};
        word.end = {std::max(word.end.value, spoken[i].end)};
    }
    return result;
}

const std::vector<std::string>& flitesSentences() {
    static const std::vector<std::string> sentences{
        "The quick brown fox jumps over the lazy dog.",
        "She sells sea shells by the sea shore, and the shells she sells are surely real.",
        "When the sunlight strikes raindrops in the air, they act as a prism and form a rainbow.",
        "Please call Stella and ask her to bring these things with her from the store.",
        "It was a bright cold day in April, and the clocks were striking thirteen.",
        "I have never seen so many people waiting in front of one small door.",
        "He said that the meeting would begin at nine, but nobody came before ten.",
        "We could not agree on the price, so we walked away without a word.",
        "My grandmother used to tell us stories about the war when we were young.",
        "If you want to go fast, go alone; if you want to go far, go together.",
        "The committee will announce its decision on the third of December.",
        "There are twenty seven ways to answer that question, and none of them is good.",
        "Turn left at the second light, then keep going until you reach the river.",
        "Most of the time I simply listen to music and look out of the window.",
        "A huge tapestry hung in her hallway, covered in gold and silver thread.",
        "Could you open the window, please, because it is getting very warm in here.",
        "They bought a little house near the sea, far away from the noise of the city.",
        "You know, I really think that this is the best idea that we have had so far.",
        "Nothing in the world is more dangerous than sincere ignorance.",
        "After dinner the children played in the garden until it was too dark to see.",
        "The engine started with a terrible noise, coughed twice, and stopped again.",
        "Well, what I mean is that everybody should have a chance to speak.",
        "Doctor Smith gave me a small bottle and told me to take two spoons every morning.",
        "In the end, of course, all of us had to pay for his mistake."};
    return sentences;
}

} // namespace gesture::test
