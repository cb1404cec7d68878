// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/io/bundle/manifest.h"
#include "core/io/weights/key_report.h"
#include "core/io/weights/safetensors.h"
#include "core/models/layers/scope.h"

#include <span>
#include <vector>

namespace gesture::models {

/// The tensors of a bundle's network, in the order of its construction, each once; nothing is read
/// or computed. InvalidInput when the kind or the sizes are not to be had.
[[nodiscard]] Result<std::vector<TensorSpec>> tensorsOf(const io::NetworkEntry& network);

/// Other names under which released files hold the tensors of a kind of network.
[[nodiscard]] std::span<const io::KeyAlias> aliasesOf(std::string_view kind);

/// How the tensors of a file agree with those of a network. Whole numbers of 8 bits that have a
/// companion "<name>.scale" count as numbers with a point.
[[nodiscard]] io::KeyReport compareTensors(const io::SafetensorsReader& file,
                                           std::span<const TensorSpec> network,
                                           std::span<const io::KeyAlias> aliases);

/// What the scale of a tensor's rows is called.
inline constexpr std::string_view kScaleSuffix = ".scale";

} // namespace gesture::models
