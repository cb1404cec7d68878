// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/figures/figure.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace gesture::io {

/// Colours for numbers. All but Difference run evenly, for the eye, from dark to light (Greys: from
/// white to black); Difference runs from blue by white (the middle) to red, ColorBrewer's RdBu.
enum class ColourMap : std::uint8_t { Inferno, Viridis, Magma, Cividis, Greys, Difference };

/// By its name in lower case.
[[nodiscard]] std::optional<ColourMap> findColourMap(std::string_view name);

/// Colour of a share 0..1 of the scale; values beyond get the ends.
[[nodiscard]] Colour colourAt(ColourMap map, double share);

} // namespace gesture::io
