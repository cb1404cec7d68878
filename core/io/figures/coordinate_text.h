// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace gesture::io {

/// A coordinate with at most three decimals and none that say nothing: "12.5", "0"; the point is a
/// dot whatever the locale.
[[nodiscard]] std::string coordinateText(double value);

} // namespace gesture::io
