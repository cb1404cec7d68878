// SPDX-License-Identifier: Apache-2.0
#include "app/cli/engine_options.h"

#include "core/io/bundle/bundle.h"
#include "core/io/transcript/transcript_file.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <system_error>
#include <utility>

namespace gesture::app {

void addComputeOptions(CLI::App& command, EngineArguments& arguments) {
    command.add_option("-m,--bundle", arguments.bundle,
                       "Bundle: a folder or the name of an installed one (gesture bundle list)");
    command.add_option("--device", arguments.compute.device, "auto, cpu, cuda or cuda:N")
        ->capture_default_str();
    command.add_option("--threads", arguments.compute.threads, "Threads; 0: one a core")
        ->check(CLI::Range(0, 1024));
    command.add_flag_callback(
        "--half", [&arguments] { arguments.compute.precision = inference::Precision::Half; },
        "Half precision, on a GPU: faster, some codes differ");
}

inference::GenerateOptions MotionArguments::complete() const {
    inference::GenerateOptions all = options;
    for (inference::Sampling& part : all.sampling.values)
        part = sampling;
    return all;
}

void addMotionOptions(CLI::App& command, MotionArguments& arguments) {
    command.add_option("--speaker", arguments.options.speaker, "Whose style: 0, 1, …")
        ->check(CLI::NonNegativeNumber);
    command.add_option("--seed", arguments.options.seed, "Of the random numbers");
    command
        .add_option("--temperature", arguments.sampling.temperature,
                    "0: the likeliest motion; 1: as varied as the network thinks")
        ->check(CLI::Range(0.0, 4.0));
    command
        .add_option("--top-p", arguments.sampling.topP,
                    "Draw among the likeliest codes that have this probability together")
        ->check(CLI::Range(0.01, 1.0));
}

void addEngineOptions(CLI::App& command, EngineArguments& arguments) {
    addComputeOptions(command, arguments);
    command.add_option("--transcript", arguments.transcript,
                       "Words with times: TextGrid, SRT, VTT, CTM, JSON, CSV");
}

Result<inference::SpeechSource> speechSource(const std::filesystem::path& speech,
                                             const std::filesystem::path& transcript) {
    std::error_code code;
    if (!std::filesystem::exists(speech, code))
        return Error{ErrorCode::NotFound, fmt::format("There is no file '{}'.", speech.string())};
    inference::SpeechSource source;
    source.audio = std::filesystem::absolute(speech, code);
    if (transcript.empty()) return source;
    auto words = io::readTranscript(transcript);
    if (!words) return std::move(words).error();
    source.transcript = std::move(*words);
    return source;
}

Result<inference::SpeechSource> speechSource(const EngineArguments& arguments) {
    return speechSource(arguments.speech, arguments.transcript);
}

Result<std::filesystem::path> bundleFolder(const EngineArguments& arguments) {
    return io::findBundle(arguments.bundle);
}

} // namespace gesture::app
