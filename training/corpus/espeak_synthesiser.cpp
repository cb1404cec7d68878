// SPDX-License-Identifier: Apache-2.0
#include "training/corpus/espeak_synthesiser.h"

#include "core/audio/resample.h"
#include "core/base/paths.h"
#include "core/base/process.h"
#include "training/corpus/espeak_phones.h"
#include "training/corpus/sentence.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <utility>

namespace gesture::training {

namespace {

using gestures::SpokenPhone;
using gestures::SpokenText;
using gestures::SpokenWord;
using nlohmann::json;

constexpr const char* kProgram = "gesture-corpus-espeak";
constexpr std::chrono::milliseconds kPatience{30000};
constexpr std::size_t kMaxHeader = std::size_t{1} << 20U;      ///< bytes
constexpr std::int64_t kMaxSamples = std::int64_t{60} * 22050; ///< A sentence lasts no minute.
constexpr double kMarkLag = 0.016; ///< Seconds that eSpeak's marks come after their sound.

Error broken(std::string_view what) {
    return {ErrorCode::Unavailable,
            fmt::format("{} {}. Leave its voices out, or install eSpeak NG anew.", kProgram, what)};
}

/// Where each word of a text begins, in bytes.
std::vector<std::size_t> wordPlaces(std::string_view text, const std::vector<std::string>& words) {
    std::vector<std::size_t> places;
    std::size_t from = 0;
    for (const std::string& word : words) {
        places.push_back(text.find(word, from));
        from = places.back() + word.size();
    }
    return places;
}

/// What the program says of a sentence: the header line of its answer.
class Marks {
public:
    Marks(const json& header, double sampleRate, double end)
        : header_(header)
        , rate_(sampleRate)
        , end_(end) {}

    [[nodiscard]] SpokenText text(std::string_view sentence) const {
        SpokenText text;
        text.duration = {end_};
        text.sentences = {{{0.0}, {end_}}};
        const std::vector<std::string> words = wordsOf(sentence);
        const std::vector<std::size_t> places = wordPlaces(sentence, words);
        for (const std::string& word : words)
            text.words.push_back({word, {}, std::nullopt, gestures::WordSense::Plain});
        const json& phones = header_.at("phones");
        std::size_t word = 0;
        std::size_t vowel = 0;
        for (std::size_t i = 0; i < phones.size(); ++i) {
            // [name, sample, place of the word in the text]
            const Seconds begin = timeOf(phones[i].at(1));
            const Seconds end = i + 1 < phones.size() ? timeOf(phones[i + 1].at(1)) : Seconds{end_};
            SpokenPhone phone{
                arpabetOfEspeak(phones[i].at(0).get<std::string>()), {begin, end}, false};
            const auto after =
                std::upper_bound(places.begin(), places.end(), phones[i].at(2).get<std::size_t>());
            const auto now = static_cast<std::size_t>(after - places.begin());
            if (now != word) vowel = 0;
            word = now;
            const bool spoken = phone.phone != "pau" && word > 0;
            if (spoken) addTo(text.words[word - 1], word - 1, phone, vowel);
            if (phone.span.length() > 0.0) text.phones.push_back(phone);
        }
        if (!text.phones.empty()) text.phones.back().span.end = {end_};
        return text;
    }

private:
    [[nodiscard]] Seconds timeOf(const json& sample) const {
        return {std::clamp(sample.get<double>() / rate_ - kMarkLag, 0.0, end_)};
    }

    /// Adds a phone to its word; `vowel` counts the word's vowels.
    void addTo(SpokenWord& word, std::size_t index, SpokenPhone& phone, std::size_t& vowel) const {
        if (word.span.length() <= 0.0) word.span.begin = phone.span.begin;
        word.span.end = phone.span.end;
        if (!gestures::isVowel(phone.phone)) return;
        const std::int64_t main = header_.at("stress").at(index).get<std::int64_t>();
        phone.stressed = main == static_cast<std::int64_t>(vowel);
        if (!word.vowel || phone.stressed) word.vowel = phone.span;
        ++vowel;
    }

    const json& header_;
    double rate_;
    double end_;
};

class EspeakSynthesiser final : public Synthesiser {
public:
    explicit EspeakSynthesiser(Process process)
        : process_(std::move(process)) {}

    Result<SpeechSound> speak(const Voice& voice, std::string_view text,
                              const Delivery& delivery) override {
        json words = json::array();
        for (const std::string& word : wordsOf(text))
            words.push_back(word);
        const json request = {
            {"voice", voice.base},
            {"text", std::string(text)},
            {"words", words},
            {"rate", static_cast<int>(std::lround(162.0 / delivery.pace))},
            {"pitch", static_cast<int>(std::lround(50.0 + 166.0 * (delivery.pitch - 1.01)))},
            {"range", static_cast<int>(std::lround(45.0 + 45.0 * delivery.liveliness))}};
        const std::string line = request.dump() + "\n";
        if (auto sent = process_.write(std::as_bytes(std::span(line))); !sent)
            return broken("has ended");
        return answer(text);
    }

private:
    Result<SpeechSound> answer(std::string_view text) {
        auto line = readLine();
        if (!line) return line.error();
        const json header = json::parse(*line, nullptr, false);
        if (!header.is_object()) return broken("answers nonsense");
        if (header.contains("error"))
            return Error{ErrorCode::NotFound, header["error"].get<std::string>()};
        try {
            return soundOf(header, text);
        } catch (const json::exception&) {
            return broken("answers without what was asked for");
        }
    }

    Result<SpeechSound> soundOf(const json& header, std::string_view text) {
        const auto count = header.at("samples").get<std::int64_t>();
        const int rate = header.at("rate").get<int>();
        if (count <= 0 || count > kMaxSamples || rate != 22050)
            return broken(fmt::format("says '{}' in {} samples at {} Hz", text, count, rate));
        std::vector<std::int16_t> pcm(static_cast<std::size_t>(count));
        if (auto read = readBytes(std::as_writable_bytes(std::span(pcm))); !read)
            return read.error();
        audio::Sound spoken{rate, {}};
        spoken.samples.reserve(pcm.size());
        for (const std::int16_t sample : pcm)
            spoken.samples.push_back(static_cast<float>(sample) / 32768.0F);
        auto sound = audio::resampled(spoken, kSpeechRate);
        if (!sound) return std::move(sound).error();
        SpeechSound speech{std::move(*sound), {}};
        speech.text = Marks(header, rate, speech.sound.duration().value).text(text);
        return speech;
    }

    Result<std::string> readLine() {
        while (true) {
            const std::size_t end = pending_.find('\n');
            if (end != pending_.npos) {
                std::string line = pending_.substr(0, end);
                pending_.erase(0, end + 1);
                return line;
            }
            if (pending_.size() > kMaxHeader) return broken("answers nonsense");
            if (auto more = readMore(); !more) return more.error();
        }
    }

    Status readBytes(std::span<std::byte> out) {
        while (pending_.size() < out.size())
            if (auto more = readMore(); !more) return more;
        std::memcpy(out.data(), pending_.data(), out.size());
        pending_.erase(0, out.size());
        return Status::success();
    }

    Status readMore() {
        std::array<std::byte, 65536> buffer;
        const auto count = process_.read(buffer, kPatience);
        if (!count) return broken("does not answer");
        if (*count == 0) return broken("has ended");
        pending_.append(reinterpret_cast<const char*>(buffer.data()), *count);
        return Status::success();
    }

    Process process_;
    std::string pending_; ///< Read, but not yet used.
};

} // namespace

bool espeakIsInstalled() { return findProgram(kProgram).has_value(); }

Result<std::unique_ptr<Synthesiser>> startEspeakSynthesiser() {
    const auto program = findProgram(kProgram);
    if (!program)
        return Error{ErrorCode::Unavailable,
                     fmt::format("The program '{}' is not there. Build with -DGESTURE_ESPEAK=ON "
                                 "(package libespeak-ng-dev), or leave --espeak out: the corpus is "
                                 "made with flite's voices alone.",
                                 kProgram)};
    auto process = Process::start({*program, {}}, Process::Output::Streamed);
    if (!process) return std::move(process).error();
    return std::unique_ptr<Synthesiser>(new EspeakSynthesiser(std::move(*process)));
}

} // namespace gesture::training
