// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/npy.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace gesture::fuzz {

using Arrays = std::vector<std::pair<std::string, io::NpyArray>>;

/// An archive with right checksums from whatever the fuzzer gives, so that it reaches what lies
/// behind them: the good arrays, of which the input drops some, changes bytes or shapes of others.
/// An input that begins with 'P' is taken for an archive itself.
[[nodiscard]] std::vector<std::byte> fuzzedArchive(const std::uint8_t* data, std::size_t size,
                                                   const Arrays& good);

/// A float array whose elements are small and differ.
[[nodiscard]] io::NpyArray rampArray(std::vector<std::size_t> shape);

} // namespace gesture::fuzz
