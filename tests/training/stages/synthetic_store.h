// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/networks/generator_sizes.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace gesture::test {

struct SyntheticClip {
    std::string id;
    std::string split;
    std::int64_t seconds = 4;
};

/// Writes a store of clips whose values follow from names, with every stream that stages want.
/// `speech` widths, vocabulary and speakers are those of `sizes`; the motion is made of rotations;
/// channel 0 of "beat" is the frame's number, that of "mel" the row's.
void writeSyntheticStore(const std::filesystem::path& folder,
                         const std::vector<SyntheticClip>& clips,
                         const models::GeneratorSizes& sizes);

} // namespace gesture::test
