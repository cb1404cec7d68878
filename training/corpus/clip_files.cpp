// SPDX-License-Identifier: Apache-2.0
#include "training/corpus/clip_files.h"

#include "core/audio/audio_writer.h"
#include "core/base/atomic_file.h"
#include "core/io/motion_file.h"
#include "core/io/transcript/transcript_file.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <system_error>
#include <utility>

namespace gesture::training {

namespace {

using gestures::GestureEvent;
using nlohmann::json;
namespace fs = std::filesystem;

fs::path truthPath(const fs::path& corpus, const std::string& id) {
    return corpus / "truth" / (id + ".json");
}

/// Milliseconds are more than any of this is exact to, and files stay readable.
double rounded(Seconds time) { return std::round(time.value * 1e5) / 1e5; }

std::string handOf(const GestureEvent& event, gestures::Side dominant) {
    if (event.bothHands) return "both";
    return dominant == gestures::Side::Left ? "left" : "right";
}

json eventsOf(const std::vector<GestureEvent>& events) {
    json list = json::array();
    for (const GestureEvent& event : events) {
        if (!event.entry) continue;
        list.push_back({{"name", event.gesture()},
                        {"label", semanticName(event.score())},
                        {"begin", rounded(gestures::meaningBegins(event))},
                        {"end", rounded(event.holdEnd)},
                        {"score", std::round(event.score() * 10.0F) / 10.0},
                        {"word", event.word},
                        {"gesture", event.gesture()}});
    }
    return list;
}

json truthOf(const CorpusClip& clip) {
    json apexes = json::array();
    json strokes = json::array();
    for (const GestureEvent& event : clip.events) {
        apexes.push_back({{"time", rounded(event.apex)},
                          {"word", event.word},
                          {"gesture", event.gesture()},
                          {"prominence", std::round(event.prominence * 1e4) / 1e4},
                          {"hand", handOf(event, clip.style.dominant)}});
        strokes.push_back({rounded(event.strokeBegin), rounded(event.strokeEnd)});
    }
    json phones = json::array();
    for (const gestures::SpokenPhone& phone : clip.speech.text.phones)
        phones.push_back({{"phone", phone.phone},
                          {"begin", rounded(phone.span.begin)},
                          {"end", rounded(phone.span.end)},
                          {"stress", phone.stressed ? 1 : 0}});
    json words = json::array();
    for (const gestures::SpokenWord& word : clip.speech.text.words)
        words.push_back({{"word", word.text},
                         {"begin", rounded(word.span.begin)},
                         {"end", rounded(word.span.end)}});
    return {{"apexes", apexes},
            {"strokes", strokes},
            {"events", eventsOf(clip.events)},
            {"phones", phones},
            {"words", words}};
}

Status writeSound(const fs::path& path, const audio::Sound& sound) {
    auto writer =
        audio::AudioWriter::create(path, {sound.sampleRate, 1, audio::SoundCoding::WavPcm16});
    if (!writer) return std::move(writer).error();
    if (auto written = writer->write(sound.samples); !written) return written;
    return writer->commit();
}

Status writeLabels(const fs::path& path, const std::vector<GestureEvent>& events) {
    std::string text;
    for (const GestureEvent& event : events) {
        if (!event.entry) continue;
        const double begin = rounded(gestures::meaningBegins(event));
        const double end = rounded(event.holdEnd);
        text += fmt::format("{}\t{:.5f}\t{:.5f}\t{:.5f}\t{:.1f}\t{}\n", semanticName(event.score()),
                            begin, end, end - begin, event.score(), event.word);
    }
    return writeTextAtomically(path, text);
}

} // namespace

Status makeCorpusFolders(const fs::path& corpus) {
    for (const char* folder : {"smplxflame_30", "wave16k", "textgrid", "sem", "truth"}) {
        std::error_code code;
        fs::create_directories(corpus / folder, code);
        if (code)
            return Error{ErrorCode::Io, fmt::format("The folder '{}' cannot be made: {}.",
                                                    (corpus / folder).string(), code.message())};
    }
    return Status::success();
}

bool isWritten(const fs::path& corpus, const std::string& id) {
    std::error_code code;
    return fs::exists(truthPath(corpus, id), code);
}

std::string semanticName(float score) {
    constexpr std::array<const char*, 11> kNames = {
        "00_nogesture",    "01_beat_align",   "02_deictic_l",   "03_deictic_m",
        "04_deictic_h",    "05_iconic_l",     "06_iconic_m",    "07_iconic_h",
        "08_metaphoric_l", "09_metaphoric_m", "10_metaphoric_h"};
    const long tenths = std::lround(10.0F * score);
    return kNames[static_cast<std::size_t>(std::clamp(tenths, 0L, 10L))];
}

audio::Transcript transcriptOf(const gestures::SpokenText& text) {
    audio::Transcript transcript;
    transcript.duration = text.duration;
    transcript.language = "en";
    for (const gestures::SpokenWord& word : text.words)
        transcript.words.push_back({word.text, word.span.begin, word.span.end, std::nullopt});
    for (const gestures::SpokenPhone& phone : text.phones) {
        if (phone.phone == "pau") continue;
        std::string label = phone.phone;
        std::transform(label.begin(), label.end(), label.begin(),
                       [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
        if (gestures::isVowel(phone.phone)) label += phone.stressed ? '1' : '0';
        transcript.phones.push_back({label, phone.span.begin, phone.span.end, std::nullopt});
    }
    return transcript;
}

Status writeCorpusClip(const fs::path& corpus, const std::string& id, const CorpusClip& clip) {
    if (auto motion =
            io::writeMotionFile(corpus / "smplxflame_30" / (id + ".npz"), clip.motion.clip);
        !motion)
        return motion;
    if (auto sound = writeSound(corpus / "wave16k" / (id + ".wav"), clip.speech.sound); !sound)
        return sound;
    if (auto words = io::writeTranscript(corpus / "textgrid" / (id + ".TextGrid"),
                                         transcriptOf(clip.speech.text));
        !words)
        return words;
    if (auto labels = writeLabels(corpus / "sem" / (id + ".txt"), clip.events); !labels)
        return labels;
    return writeTextAtomically(truthPath(corpus, id), truthOf(clip).dump(1, '\t') + "\n");
}

} // namespace gesture::training
