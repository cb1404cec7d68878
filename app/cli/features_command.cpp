// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command.h"
#include "core/audio/features/beat_features.h"
#include "core/audio/features/speech_analysis.h"
#include "core/audio/resample.h"
#include "core/io/motion_file.h"
#include "core/io/npz.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gesture::app {

namespace {

using nlohmann::json;
using Arrays = std::vector<std::pair<std::string, io::NpyArray>>;

constexpr int kSpeechRate = 16000;

struct Arguments {
    std::string speech;
    std::string output;
    double fps = 30.0;
    bool reference = false;
};

/// All that is computed of one file.
struct Features {
    double seconds = 0.0;
    audio::SpeechAnalysis analysis;
    audio::BeatFeatures perFrame;
    std::optional<audio::BeatFeatures> reference;
};

Result<Features> compute(const Arguments& arguments, JobControl& job) {
    const auto rate = io::frameRateFromNumber(arguments.fps);
    if (!rate)
        return Error{ErrorCode::Usage,
                     fmt::format("--fps {:g} is no frame rate: give a number from 1 to 1000.",
                                 arguments.fps)};
    const auto sound = audio::readMono(arguments.speech, kSpeechRate, job);
    if (!sound) return Error(sound.error());
    auto analysis = audio::analyseSpeech(*sound, job);
    if (!analysis) return std::move(analysis).error();
    auto perFrame = audio::frameBeatFeatures(*sound, *rate, analysis->onsets, job);
    if (!perFrame) return std::move(perFrame).error();
    Features features{sound->duration().value, std::move(*analysis), std::move(*perFrame), {}};
    if (!arguments.reference) return features;
    auto reference = audio::referenceBeatFeatures(*sound, job);
    if (!reference) return std::move(reference).error().withContext(arguments.speech);
    features.reference = std::move(*reference);
    return features;
}

template <typename T>
io::NpyArray column(const std::vector<T>& values) {
    return io::NpyArray::from<T>(values, {values.size()});
}

io::NpyArray table(const audio::BeatFeatures& beat) {
    return io::NpyArray::from<float>(beat.values,
                                     {static_cast<std::size_t>(beat.frameCount()),
                                      static_cast<std::size_t>(audio::BeatFeatures::kChannels)});
}

Arrays arraysOf(const Features& features) {
    const audio::SpeechAnalysis& analysis = features.analysis;
    std::vector<double> onsets(analysis.onsets.size());
    std::transform(analysis.onsets.begin(), analysis.onsets.end(), onsets.begin(),
                   [](Seconds time) { return time.value; });
    Arrays arrays{
        {"duration", io::NpyArray::scalar(features.seconds)},
        {"onset_rate", io::NpyArray::scalar(analysis.onsetStrength.framesPerSecond)},
        {"onset_strength", column(analysis.onsetStrength.values)},
        {"onset_times", column(onsets)},
        {"voice_rate", io::NpyArray::scalar(analysis.pitch.framesPerSecond)},
        {"energy", column(analysis.energy.values)},
        {"pitch", column(analysis.pitch.hertz)},
        {"voicing", column(analysis.pitch.voicing)},
        {"speech", column(analysis.speech)},
        {"fps", io::NpyArray::scalar(features.perFrame.rate.perSecond())},
        {"frame_beat", table(features.perFrame)},
    };
    if (features.reference) arrays.emplace_back("reference_beat", table(*features.reference));
    return arrays;
}

/// Middle of the pitches of voiced frames, Hz; 0 when there are none.
double medianPitch(const std::vector<float>& hertz) {
    std::vector<float> voiced;
    std::copy_if(hertz.begin(), hertz.end(), std::back_inserter(voiced),
                 [](float value) { return value > 0.0F; });
    if (voiced.empty()) return 0.0;
    const auto middle = voiced.begin() + static_cast<std::ptrdiff_t>(voiced.size() / 2);
    std::nth_element(voiced.begin(), middle, voiced.end());
    return *middle;
}

json summaryOf(const Arguments& arguments, const Features& features) {
    const audio::SpeechAnalysis& analysis = features.analysis;
    const auto speechFrames = std::accumulate(analysis.speech.begin(), analysis.speech.end(), 0.0);
    json arrays = json::object();
    for (const auto& [name, array] : arraysOf(features))
        arrays[name] = array.shape();
    return {{"output", arguments.output},
            {"seconds", features.seconds},
            {"onsets", analysis.onsets.size()},
            {"speechSeconds", speechFrames / analysis.pitch.framesPerSecond},
            {"medianPitchHz", medianPitch(analysis.pitch.hertz)},
            {"frames", features.perFrame.frameCount()},
            {"fps", features.perFrame.rate.perSecond()},
            {"arrays", arrays}};
}

Status runFeatures(const Arguments& arguments, Console& console) {
    JobControl job = console.job();
    const auto features = compute(arguments, job);
    if (!features) return Error(features.error());
    if (auto written = io::writeNpz(arguments.output, arraysOf(*features)); !written)
        return written;
    const json summary = summaryOf(arguments, *features);
    console.object(summary);
    console.line(
        fmt::format("Wrote {}: {:.2f} s of sound, {:.2f} s of them speech, {} onsets, "
                    "pitch about {:.0f} Hz, {} frames at {:g} fps.",
                    arguments.output, features->seconds, summary["speechSeconds"].get<double>(),
                    features->analysis.onsets.size(), summary["medianPitchHz"].get<double>(),
                    features->perFrame.frameCount(), features->perFrame.rate.perSecond()));
    return Status::success();
}

} // namespace

void addFeaturesCommand(CLI::App& app, const ChooseCommand& choose) {
    CLI::App* command = app.add_subcommand(
        "features", "Measure speech: onsets, loudness, pitch, pauses, rhythm per motion frame");
    auto arguments = std::make_shared<Arguments>();
    command->add_option("SPEECH", arguments->speech, "Sound file, or a film with sound")
        ->required();
    command->add_option("-o,--output", arguments->output, "features.npz (docs/formats.md)")
        ->required();
    command->add_option("--fps", arguments->fps, "Motion frames a second")->capture_default_str();
    command->add_flag("--reference", arguments->reference,
                      "Also the rhythm input of the SemTalk networks, as they were trained with");
    command->callback(
        [=] { choose([=](Console& console) { return runFeatures(*arguments, console); }); });
}

} // namespace gesture::app
