// SPDX-License-Identifier: Apache-2.0
// Writes the demo voice that ships, with its words and their times:
//   make_voice RECORDINGS OUT-FOLDER
// RECORDINGS is the folder "librivox" of the package pocketsphinx-testdata. See README.md here.
#include "core/audio/audio_file.h"
#include "core/base/job.h"
#include "core/io/transcript/transcript_file.h"
#include "core/speech/forced_alignment.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <sndfile.h>

namespace gesture {

namespace {

namespace fs = std::filesystem;

/// The first three sentences follow each other in the book.
struct Recording {
    const char* file;
    double pauseAfter; ///< Seconds from its last to the next one's first word.
};
constexpr std::array kRecordings{Recording{"sense_and_sensibility_01_austen_64kb-0870.wav", 0.75},
                                 Recording{"sense_and_sensibility_01_austen_64kb-0880.wav", 0.40},
                                 Recording{"sense_and_sensibility_01_austen_64kb-0890.wav", 0.45}};
constexpr const char* kText =
    "And Mr. John Dashwood had then leisure to consider how much there might be prudently in his "
    "power to do for them. He was not an ill-disposed young man, unless to be rather cold hearted "
    "and rather selfish is to be ill-disposed.";

constexpr int kRate = 16000;
constexpr double kLead = 0.25;        ///< Seconds before the first word.
constexpr double kLoudness = -20.0;   ///< Of the speech, dB of full scale (RMS).
constexpr float kHighestPeak = 0.84F; ///< -1.5 dB
constexpr double kFade = 0.04;        ///< Seconds over which neighbours blend.

Result<audio::Sound> readRecording(const fs::path& path) {
    auto reader = audio::AudioReader::open(path);
    if (!reader) return std::move(reader).error();
    if (reader->info().sampleRate != kRate || reader->info().channels != 1)
        return Error{ErrorCode::InvalidInput, "'" + path.string() + "' is not 16 kHz mono."};
    audio::Sound sound{kRate, {}};
    sound.samples.resize(static_cast<std::size_t>(reader->info().sampleCount));
    sound.samples.resize(static_cast<std::size_t>(reader->read(sound.samples)));
    return sound;
}

/// First and last sample that is louder than a fortieth of the loudest stretch of 10 ms.
struct SpeechEdges {
    std::int64_t begin = 0;
    std::int64_t end = 0;
};

SpeechEdges findSpeech(const std::vector<float>& samples) {
    constexpr std::size_t kStep = kRate / 100;
    std::vector<double> levels;
    for (std::size_t i = 0; i + kStep <= samples.size(); i += kStep) {
        double sum = 0;
        for (std::size_t k = i; k < i + kStep; ++k)
            sum += static_cast<double>(samples[k]) * samples[k];
        levels.push_back(std::sqrt(sum / kStep));
    }
    const double threshold = *std::max_element(levels.begin(), levels.end()) / 40;
    const auto loud = [&](double level) { return level > threshold; };
    const auto first = std::find_if(levels.begin(), levels.end(), loud) - levels.begin();
    const auto last = levels.rend() - std::find_if(levels.rbegin(), levels.rend(), loud);
    return {first * static_cast<std::int64_t>(kStep), last * static_cast<std::int64_t>(kStep)};
}

/// Brings the speech to one loudness, its peaks below the limit.
void matchLevel(std::vector<float>& samples, const SpeechEdges& edges) {
    double sum = 0;
    float peak = 0;
    for (std::int64_t i = edges.begin; i < edges.end; ++i) {
        const float sample = samples[static_cast<std::size_t>(i)];
        sum += static_cast<double>(sample) * sample;
        peak = std::max(peak, std::abs(sample));
    }
    const double rms = std::sqrt(sum / static_cast<double>(edges.end - edges.begin));
    const float gain =
        std::min(static_cast<float>(std::pow(10, kLoudness / 20) / rms), kHighestPeak / peak);
    for (float& sample : samples)
        sample *= gain;
}

/// The sound of the room at an end of a recording, as long as wanted: played there and back.
std::vector<float> roomTone(std::span<const float> room, std::size_t length) {
    std::vector<float> tone;
    for (std::size_t i = 0; tone.size() < length && !room.empty(); ++i) {
        const std::size_t turn = i / room.size() % 2;
        const std::size_t at = i % room.size();
        tone.push_back(room[turn == 0 ? at : room.size() - 1 - at]);
    }
    return tone;
}

/// Appends with a cross-fade of equal power.
void blend(std::vector<float>& out, std::span<const float> more) {
    const std::size_t fade =
        std::min({static_cast<std::size_t>(kFade * kRate), out.size(), more.size()});
    for (std::size_t i = 0; i < fade; ++i) {
        const float share = (static_cast<float>(i) + 0.5F) / static_cast<float>(fade);
        float& sample = out[out.size() - fade + i];
        sample = sample * std::sqrt(1 - share) + more[i] * std::sqrt(share);
    }
    out.insert(out.end(), more.begin() + static_cast<std::ptrdiff_t>(fade), more.end());
}

Result<audio::Sound> joinRecordings(const fs::path& folder) {
    audio::Sound voice{kRate, {}};
    const auto samplesIn = [](double seconds) { return static_cast<std::size_t>(seconds * kRate); };
    for (const Recording& recording : kRecordings) {
        auto sound = readRecording(folder / recording.file);
        if (!sound) return std::move(sound).error();
        const SpeechEdges edges = findSpeech(sound->samples);
        matchLevel(sound->samples, edges);
        const std::span<const float> samples(sound->samples);
        // Speech with a little of the room around it, then the room until the next sentence.
        constexpr std::int64_t kMargin = kRate / 20;
        const std::int64_t begin = std::max<std::int64_t>(0, edges.begin - kMargin);
        const auto end = std::min(static_cast<std::int64_t>(samples.size()), edges.end + kMargin);
        const auto after = samples.subspan(static_cast<std::size_t>(end));
        const auto before = samples.first(static_cast<std::size_t>(begin));
        if (voice.samples.empty()) voice.samples = roomTone(before, samplesIn(kLead));
        blend(voice.samples, samples.subspan(static_cast<std::size_t>(begin),
                                             static_cast<std::size_t>(end - begin)));
        blend(voice.samples, roomTone(after.size() > before.size() ? after : before,
                                      samplesIn(recording.pauseAfter)));
    }
    // In and out of nothing.
    const std::size_t fade = samplesIn(kFade);
    for (std::size_t i = 0; i < fade; ++i) {
        const float share = static_cast<float>(i) / static_cast<float>(fade);
        voice.samples[i] *= share;
        voice.samples[voice.samples.size() - 1 - i] *= share;
    }
    return voice;
}

Status writeFlac(const fs::path& path, const audio::Sound& sound) {
    SF_INFO info{};
    info.samplerate = sound.sampleRate;
    info.channels = 1;
    info.format = SF_FORMAT_FLAC | SF_FORMAT_PCM_16;
    SNDFILE* const file = sf_open(path.c_str(), SFM_WRITE, &info);
    const auto count = static_cast<sf_count_t>(sound.samples.size());
    const bool written =
        file != nullptr && sf_writef_float(file, sound.samples.data(), count) == count;
    if (file == nullptr || sf_close(file) != 0 || !written)
        return Error{ErrorCode::Io, "'" + path.string() + "' cannot be written."};
    return Status::success();
}

Status makeVoice(const fs::path& recordings, const fs::path& out) {
    auto voice = joinRecordings(recordings);
    if (!voice) return std::move(voice).error();
    if (auto written = writeFlac(out / "voice.flac", *voice); !written) return written;
    // The words are found in what others will hear: 16 bits.
    const auto heard = readRecording(out / "voice.flac");
    if (!heard) return Error(heard.error());
    const auto model = speech::SpeechModel::load();
    if (!model) return Error(model.error());
    JobControl control;
    const auto timed = speech::alignText(*model, *heard, kText, control);
    if (!timed) return Error(timed.error());
    std::printf("%.2f s, %.0f %% of the words found, confidence %.3f\n", heard->duration().value,
                100 * timed->placedShare, timed->confidence);
    return io::writeTranscript(out / "voice.TextGrid", timed->transcript);
}

} // namespace

} // namespace gesture

int main(int count, char** arguments) {
    if (count != 3) {
        std::fputs("Usage: make_voice RECORDINGS OUT-FOLDER\n", stderr);
        return 2;
    }
    const gesture::Status made = gesture::makeVoice(arguments[1], arguments[2]);
    if (made.ok()) return 0;
    std::fprintf(stderr, "%s\n", made.error().message().c_str());
    return 1;
}
