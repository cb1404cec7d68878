// SPDX-License-Identifier: Apache-2.0
#include "core/io/figures/coordinate_text.h"

#include <cmath>
#include <fmt/format.h>

namespace gesture::io {

std::string coordinateText(double value) {
    if (!std::isfinite(value)) value = 0.0;
    std::string text = fmt::format("{:.3f}", value);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return text == "-0" ? "0" : text;
}

} // namespace gesture::io
