// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inference/bundle_report.h"
#include "core/io/bundle/bundle.h"

#include <vector>

namespace gesture::models {

/// Holds every file of a bundle against its network, without reading weights. Any thread.
[[nodiscard]] std::vector<inference::NetworkReport> checkNetworks(const io::Bundle& bundle);

} // namespace gesture::models
