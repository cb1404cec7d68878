// SPDX-License-Identifier: Apache-2.0
#include "tests/core/speech/librivox_speech.h"

#include "tests/core/speech/flite_speech.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace gesture::test {

namespace {

std::vector<ReadSpeech> readAll() {
    const std::filesystem::path folder = "/usr/share/pocketsphinx/test/data/librivox";
    std::ifstream lines(folder / "transcription");
    std::vector<ReadSpeech> all;
    // "<s> the words </s> (name of the recording)"
    for (std::string line; std::getline(lines, line);) {
        const std::size_t begin = line.find("<s>");
        const std::size_t end = line.find("</s>");
        const std::size_t name = line.find('(');
        if (begin == std::string::npos || end == std::string::npos || name == std::string::npos)
            continue;
        const std::string file = line.substr(name + 1, line.find(')') - name - 1) + ".wav";
        ReadSpeech speech{readSound(folder / file), line.substr(begin + 3, end - begin - 3)};
        if (!speech.sound.samples.empty()) all.push_back(std::move(speech));
    }
    return all;
}

/// "mr" and "mister" are one word.
std::string spelling(const std::string& word) { return word == "mister" ? "mr" : word; }

} // namespace

const std::vector<ReadSpeech>& librivoxSpeech() {
    static const std::vector<ReadSpeech> all = readAll();
    return all;
}

std::vector<std::string> splitWords(const std::string& text) {
    std::istringstream stream(text);
    std::vector<std::string> words;
    for (std::string word; stream >> word;)
        words.push_back(word);
    return words;
}

std::size_t wordEdits(const std::vector<audio::TimedLabel>& heard, const std::string& text) {
    const std::vector<std::string> words = splitWords(text);
    std::vector<std::size_t> row(words.size() + 1);
    for (std::size_t j = 0; j <= words.size(); ++j)
        row[j] = j;
    for (std::size_t i = 1; i <= heard.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= words.size(); ++j) {
            const bool same = spelling(heard[i - 1].text) == spelling(words[j - 1]);
            const std::size_t replaced = diagonal + (same ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row.back();
}

} // namespace gesture::test
