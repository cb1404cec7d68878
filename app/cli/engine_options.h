// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/inference/generation.h"

#include <filesystem>
#include <memory>
#include <string>

namespace CLI {
class App;
}

namespace gesture::app {

/// What every command that asks the engine takes, as it was typed.
struct EngineArguments {
    std::string speech;
    std::string bundle;     ///< Folder or name; empty: the first that is installed.
    std::string transcript; ///< Empty: no words.
    inference::ComputeOptions compute;
};

/// Adds -m, --device and --threads.
void addComputeOptions(CLI::App& command, EngineArguments& arguments);
/// Adds those and --transcript.
void addEngineOptions(CLI::App& command, EngineArguments& arguments);

/// How motion is to be made, as it was typed.
struct MotionArguments {
    inference::GenerateOptions options;
    inference::Sampling sampling; ///< Of all parts.

    [[nodiscard]] inference::GenerateOptions complete() const;
};

/// Adds --speaker, --seed, --temperature and --top-p.
void addMotionOptions(CLI::App& command, MotionArguments& arguments);

/// The sound as an absolute path, with its words. NotFound, the transcript's errors.
[[nodiscard]] Result<inference::SpeechSource> speechSource(const EngineArguments& arguments);
/// The same of two files; an empty `transcript` stands for no words.
[[nodiscard]] Result<inference::SpeechSource> speechSource(const std::filesystem::path& speech,
                                                           const std::filesystem::path& transcript);

/// The bundle's folder. Unavailable when none is installed.
[[nodiscard]] Result<std::filesystem::path> bundleFolder(const EngineArguments& arguments);

} // namespace gesture::app
