// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/speech/gaussian_mixtures.h"
#include "core/speech/model_definition.h"

#include <array>
#include <filesystem>
#include <vector>

namespace gesture::speech {

/// Natural logs of the ways through a phone's three states; row: from, column: to (3: out of it).
using TransitionLogs = std::array<std::array<float, 4>, 3>;

/// How phones sound. Immutable after reading; any thread.
class AcousticModel {
public:
    /// Reads a folder of a Sphinx model. NotFound, Io or InvalidInput.
    [[nodiscard]] static Result<AcousticModel> read(const std::filesystem::path& folder);

    [[nodiscard]] const ModelDefinition& definition() const { return definition_; }
    [[nodiscard]] const GaussianMixtures& mixtures() const { return mixtures_; }
    [[nodiscard]] const TransitionLogs& transitions(PhoneId phone) const {
        return transitions_[static_cast<std::size_t>(definition_.transition(phone))];
    }

private:
    AcousticModel(ModelDefinition definition, GaussianMixtures mixtures,
                  std::vector<TransitionLogs> transitions)
        : definition_(std::move(definition))
        , mixtures_(std::move(mixtures))
        , transitions_(std::move(transitions)) {}

    ModelDefinition definition_;
    GaussianMixtures mixtures_;
    std::vector<TransitionLogs> transitions_;
};

} // namespace gesture::speech
