// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "training/commands/devices_command.h"
#include "training/config/config_reader.h"
#include "training/data/store_writer.h"

#include <filesystem>
#include <string>
#include <vector>

namespace gesture::training {

/// What `gesture-train prepare` is told by its configuration.
struct Preparation {
    PrepareOptions options;
    std::filesystem::path output;
    std::filesystem::path speechEncoder; ///< A bundle; empty: no speech streams.
    std::string device = "auto";
};

/// Asks for the keys of a preparation: corpus, layout, speakers, splits, streams, vocabulary,
/// body_model, speech_encoder, device, threads, window.length, window.stride, output. Paths that
/// are not absolute are taken from `base`. What is wrong is said by `config.finish()`.
[[nodiscard]] Preparation readPreparation(ConfigReader& config, const std::filesystem::path& base);

/// Makes a corpus ready for training. The errors of `prepareStore` and of the encoder.
[[nodiscard]] Result<PrepareReport> runPreparation(const Preparation& preparation,
                                                   JobControl& control);

/// Lines for people, or one line of JSON.
[[nodiscard]] std::string prepareReport(const PrepareReport& report, ReportStyle style);

/// As typed.
struct PrepareArguments {
    std::filesystem::path config;
    std::filesystem::path output; ///< Empty: what the configuration says.
    ReportStyle style = ReportStyle::Text;
};

/// The errors of the configuration and of `runPreparation`.
[[nodiscard]] Result<PrepareReport> runPrepare(const PrepareArguments& arguments,
                                               JobControl& control);

} // namespace gesture::training
