// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "training/stages/trainable_tensors.h"

#include <filesystem>
#include <string_view>

namespace gesture::training {

/// The tensors of a bundle's network as initial values, so that training goes on from it; tensors
/// that it lacks, or has in another shape, begin by the rule. NotFound, InvalidInput, Io.
[[nodiscard]] Result<decltype(InitialValues::known)>
knownValues(const std::filesystem::path& bundle, std::string_view role);

} // namespace gesture::training
