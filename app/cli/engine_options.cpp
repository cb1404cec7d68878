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
