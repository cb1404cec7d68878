// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/io/bundle/bundle.h"

#include <filesystem>

namespace gesture::test {

/// Writes a bundle with networks of the smallest sizes and weights that follow from their names:
/// whatever it says is nonsense, but always the same, and every path of the program runs. Holds a
/// start pose; for SemTalk a vocabulary of a few words; motion features for all but EMAGE.
[[nodiscard]] Result<io::Bundle> writeTinyBundle(io::Architecture architecture,
                                                 const std::filesystem::path& folder);

} // namespace gesture::test
